"""The ledger of one pledge, line by line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.extensions import db
from tracker.pledges.ledger_columns import COLUMNS, RECEIVED, RETURNED, figures
from tracker.pledges.lifecycle import CONFIRMED_STEPS, AccountKind
from tracker.pledges.models import Act, LedgerAccount, Pledge, PostingConfirmation, Receipt, ReceiptShare, Transfer


@dataclass(slots=True)
class LedgerLine:
    """One act: what it changed and what each column holds after it, in minor units."""

    act: Act
    by: str | None
    allocation_id: int | None = None
    changes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    after: dict[str, int] = field(default_factory=dict)
    reversed_by: int | None = None
    reverses: int | None = None
    confirmed: bool = False

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it is a receipt or payment that stands and that nobody confirmed yet."""
        return self.act.name in CONFIRMED_STEPS and not self.confirmed and self.reversed_by is None

    def confirmed_in(self, said: tuple[Any, Any]) -> Any:
        """For a table: `said` is how it says yes and no; empty where a step needs no confirmation."""
        if self.act.name not in CONFIRMED_STEPS or self.reversed_by is not None:
            return ""
        return said[0] if self.confirmed else said[1]


def ledger_of(pledge: Pledge, *, newest: int | None = None) -> tuple[list[LedgerLine], dict[str, int]]:
    """(the acts of a pledge in order with the columns' figures after each, what its columns and accounts hold now).

    `newest` limits the acts to so many of the latest. One statement, a second one where that leaves some out.
    """
    first = max(pledge.acts_posted - newest, 0) if newest else 0
    lines = _lines_after(pledge, first)
    sums = _sums(_all_figures(pledge) if first else (line.changes for line in lines))
    running: dict[str, int] = {column.name: sums[column.name] for column in COLUMNS}
    for line in reversed(lines):
        line.after = dict(running)
        running = {name: total - line.changes.get(name, 0) for name, total in running.items()}
    return lines, sums


def _sums(changes: Iterable[dict[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = dict.fromkeys((*AccountKind, RECEIVED, RETURNED), 0)
    for change in changes:
        for name, amount in change.items():
            sums[name] += amount
    return sums


def _all_figures(pledge: Pledge) -> list[Any]:
    """What all acts of a pledge changed together, from one row for each pair of accounts."""
    source, target = aliased(LedgerAccount), aliased(LedgerAccount)
    reversal = Act.reverses_id.is_not(None)
    rows = db.session.execute(
        sa.select(source.kind, target.kind, reversal, sa.func.sum(Transfer.amount_minor))
        .join(Act, Act.id == Transfer.act_id)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .where(Act.pledge_id == pledge.id)
        .group_by(source.kind, target.kind, reversal)
    )
    return [figures(row[0], row[1], int(row[3]), reversal=row[2]) for row in rows]


def _lines_after(pledge: Pledge, number: int) -> list[LedgerLine]:
    source, target, reversal, reversed_act = (
        aliased(LedgerAccount),
        aliased(LedgerAccount),
        aliased(Act),
        aliased(Act),
    )
    statement = (
        sa.select(
            *(Act, Person.name, Transfer.amount_minor, source, target, reversal.number, reversed_act.number),
            PostingConfirmation.act_id,
        )
        .join(Transfer, Transfer.act_id == Act.id)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .outerjoin(Person, Person.id == Act.actor_person_id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .outerjoin(reversed_act, reversed_act.id == Act.reverses_id)
        .outerjoin(PostingConfirmation, PostingConfirmation.act_id == Act.id)
        .where(Act.pledge_id == pledge.id, Act.number > number)
        .order_by(Act.number, Transfer.id)
    )
    lines: dict[int, LedgerLine] = {}
    for act, name, amount, went_from, went_to, reversed_by, reverses, confirmed in db.session.execute(statement):
        line = LedgerLine(act, name, reversed_by=reversed_by, reverses=reverses, confirmed=confirmed is not None)
        line = lines.setdefault(act.id, line)
        changed = figures(went_from.kind, went_to.kind, amount, reversal=act.reverses_id is not None)
        for kind, change in changed.items():
            line.changes[kind] += change
        line.allocation_id = went_from.allocation_id or went_to.allocation_id or line.allocation_id
    return list(lines.values())


@dataclass(frozen=True, slots=True)
class CameIn:
    """What one receipt settled of an instalment, in the pledge's currency, charges that banks kept included."""

    number: int
    value_date: date
    amount_minor: int
    charge_minor: int


def receipts_of_instalments(pledge: Pledge) -> dict[int, list[CameIn]]:
    """What came of each instalment, by its row id, the earliest first; what was reversed is left out."""
    if not any(part.received_minor for part in pledge.instalments):
        return {}
    reversal = aliased(Act)
    statement = (
        sa.select(
            ReceiptShare.instalment_id, Act.number, Act.value_date, ReceiptShare.amount_minor, Receipt.charge_minor
        )
        .join(Act, Act.id == ReceiptShare.act_id)
        .join(Receipt, Receipt.act_id == Act.id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .where(Act.pledge_id == pledge.id, reversal.id.is_(None))
        .order_by(Act.value_date, Act.number)
    )
    found: dict[int, list[CameIn]] = defaultdict(list)
    for row in db.session.execute(statement):
        came = CameIn(row.number, row.value_date, row.amount_minor, row.charge_minor)
        found[row.instalment_id].append(came)
    return found
