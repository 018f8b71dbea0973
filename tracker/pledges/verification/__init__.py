"""Proves the ledger: replays every transfer and compares what it gives with what is stored, with the facts beside the
ledger and with the record of events. Whoever rewrites one of them has to rewrite them all."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from tracker.database.append_only import unguarded
from tracker.extensions import db
from tracker.pledges.models import Act, LedgerAccount, Transfer
from tracker.pledges.verification import facts, record, replay, seats
from tracker.pledges.verification.finding import Finding

CHECKS = (*replay.CHECKS, *facts.CHECKS, *seats.CHECKS, *record.CHECKS)


@dataclass(frozen=True, slots=True)
class Report:
    """What was compared, and the first wrong row if there is one."""

    accounts: int
    acts: int
    transfers: int
    first_wrong: Finding | None


def verify() -> Report:
    """Compare everything; reads only."""
    counts = [db.session.scalar(sa.select(sa.func.count()).select_from(m)) or 0 for m in (LedgerAccount, Act, Transfer)]
    return Report(counts[0], counts[1], counts[2], next(findings(), None))


def findings() -> Iterator[Finding]:
    """Every wrong row, the most telling kind first; then every table that is left without its guard."""
    for check in CHECKS:
        yield from check()
    for table in unguarded(db.session.connection()):
        yield Finding(table, "as a whole", "the trigger that refuses to change its rows is missing")
