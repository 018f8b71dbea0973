"""What a change of a promise would do to its figures, as rows of now and then: read by both sides before their yes."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.extensions import db
from tracker.languages.formatting import format_day, format_money
from tracker.money import FUND_CURRENCY
from tracker.pledges import queries
from tracker.pledges.lifecycle import AccountKind, AllocationStatus
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.proposed_acts.lifecycle import ActName, ActStatus
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.services.changes import parts_to_cancel
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Row:
    """One figure or fact as it is and as it would be; the same text twice is what does not change."""

    label: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows, and what of it somebody should know before they say yes."""

    rows: list[Row]
    warnings: list[str]


def what_changes(act: ProposedAct, pledge: Pledge, actor: Actor) -> Shown:
    """What a change would do as things stand; of one that was answered, what it named."""
    if act.kind not in (ActName.RAISE, ActName.REDUCE):
        raise KeyError(act.kind)
    if act.status == ActStatus.WAITING:
        return _amounts(act, pledge, actor)
    was, change = act.payload["was_minor"], _change(act)
    return Shown(
        [Row(_("Pledged"), format_money(was, pledge.currency), format_money(was + change, pledge.currency))], []
    )


def _change(act: ProposedAct) -> int:
    amount: int = act.payload["amount_minor"]
    return amount if act.kind == ActName.RAISE else -amount


def _amounts(act: ProposedAct, pledge: Pledge, actor: Actor) -> Shown:
    change, currency = _change(act), pledge.currency
    sums = queries.sums_of([pledge.id])[pledge.id]
    expected = sums[AccountKind.EXPECTED]

    def row(label: str, now_minor: int, then_minor: int, in_currency: str = currency) -> Row:
        return Row(label, format_money(now_minor, in_currency), format_money(then_minor, in_currency))

    rows = [
        row(_("Pledged"), pledge.amount_minor, pledge.amount_minor + change),
        row(_("Still expected"), expected, max(0, expected + change)),
        *_instalments(act, pledge),
    ]
    now, then = (
        queries.coverage_of(pledge, {**sums, AccountKind.EXPECTED: max(0, one)})
        for one in (expected, expected + change)
    )
    rows.append(row(_("Coverage, support cost off"), now.whole_minor, then.whole_minor, FUND_CURRENCY))
    if not actor.is_staff:
        return Shown(rows, [])
    planned = _planned(pledge.id)
    taken = now.allocated_minor + planned
    free_now, free_then = now.whole_minor - taken, then.whole_minor - taken
    rows.append(row(_("Planned against it"), planned, planned, FUND_CURRENCY))
    rows.append(row(_("Free after what is planned"), free_now, free_then, FUND_CURRENCY))
    short = format_money(-free_then, FUND_CURRENCY)
    warning = _("Plans that nobody approved yet would be %(amount)s more than the pledge can pay.", amount=short)
    return Shown(rows, [warning] if free_then < 0 else [])


def _instalments(act: ProposedAct, pledge: Pledge) -> list[Row]:
    amount, currency = act.payload["amount_minor"], pledge.currency
    if act.kind == ActName.RAISE:
        due_on = date.fromisoformat(act.payload["due_on"])
        return [Row(_("New instalment, due on %(day)s", day=format_day(due_on)), "–", format_money(amount, currency))]
    return [
        Row(
            _("Instalment due on %(day)s", day=format_day(one.due_on)),
            format_money(one.outstanding_minor, currency),
            format_money(one.outstanding_minor - part, currency),
        )
        for one, part in parts_to_cancel(pledge.instalments, amount)
    ]


def _planned(pledge_id: int) -> int:
    total = sa.select(sa.func.coalesce(sa.func.sum(Allocation.amount_minor), 0))
    planned = Allocation.pledge_id == pledge_id, Allocation.status == AllocationStatus.PLANNED
    return int(db.session.scalar(total.where(*planned)) or 0)
