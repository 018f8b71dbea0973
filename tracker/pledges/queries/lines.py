"""The ledger of one pledge, line by line."""

from collections import defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.extensions import db
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, LedgerAccount, Pledge, Transfer
from tracker.pledges.queries.requests import sums_of

COLUMNS = (AccountKind.EXPECTED, AccountKind.AVAILABLE, AccountKind.SUPPORT, AccountKind.HELD, AccountKind.PAID)


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


def ledger_of(pledge: Pledge, *, newest: int | None = None) -> tuple[list[LedgerLine], dict[str, int]]:
    """(the acts of a pledge in order with the columns' balances after each, what its accounts hold now).

    `newest` limits the acts to so many of the latest. One statement, a second one where that leaves some out.
    """
    first = max(pledge.acts_posted - newest, 0) if newest else 0
    lines = _lines_after(pledge, first)
    sums = sums_of([pledge.id])[pledge.id] if first else _added_up(lines)
    running: dict[str, int] = {kind: sums[kind] for kind in COLUMNS}
    for line in reversed(lines):
        line.after = dict(running)
        running = {kind: total - line.changes.get(kind, 0) for kind, total in running.items()}
    return lines, sums


def _added_up(lines: list[LedgerLine]) -> dict[str, int]:
    sums: dict[str, int] = dict.fromkeys(AccountKind, 0)
    for line in lines:
        for kind, change in line.changes.items():
            sums[kind] += change
    return sums


def _lines_after(pledge: Pledge, number: int) -> list[LedgerLine]:
    source, target, reversal, reversed_act = (
        aliased(LedgerAccount),
        aliased(LedgerAccount),
        aliased(Act),
        aliased(Act),
    )
    statement = (
        sa.select(Act, Person.name, Transfer.amount_minor, source, target, reversal.number, reversed_act.number)
        .join(Transfer, Transfer.act_id == Act.id)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .outerjoin(Person, Person.id == Act.actor_person_id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .outerjoin(reversed_act, reversed_act.id == Act.reverses_id)
        .where(Act.pledge_id == pledge.id, Act.number > number)
        .order_by(Act.number, Transfer.id)
    )
    lines: dict[int, LedgerLine] = {}
    for act, name, amount, went_from, went_to, reversed_by, reverses in db.session.execute(statement):
        line = lines.setdefault(act.id, LedgerLine(act, name, reversed_by=reversed_by, reverses=reverses))
        line.changes[went_from.kind] -= amount
        line.changes[went_to.kind] += amount
        line.allocation_id = went_from.allocation_id or went_to.allocation_id or line.allocation_id
    return list(lines.values())
