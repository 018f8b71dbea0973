"""What a change of a promise would do to its figures, as rows of now and then: read by both sides before their yes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.extensions import db
from tracker.languages.formatting import format_day, format_money
from tracker.money import FUND_CURRENCY
from tracker.pledges import queries
from tracker.pledges.changing.terms import rules_in
from tracker.pledges.earmarks import Rule, judge, rules_of
from tracker.pledges.lifecycle import AccountKind, AllocationStatus
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.presenting import level_name, terms_of
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
class Plan:
    """An allocation that nobody approved yet, and why the earmark would not let it through."""

    public_id: uuid.UUID
    reference: str
    amount_minor: int
    why: Any


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows (amounts or not), and what of it somebody should know before they say yes: in the office, the plans that
    a new earmark would not let through."""

    rows: list[Row]
    warnings: list[str]
    plans: Sequence[Plan] = ()
    amounts: bool = True


def what_changes(act: ProposedAct, pledge: Pledge, actor: Actor) -> Shown:
    """What a change would do as things stand; of one that was answered, what it named."""
    if act.kind == ActName.EXTEND:
        return Shown([_days(act, pledge)], [], amounts=False)
    if act.kind == ActName.EARMARK:
        return _uses(act, pledge, actor)
    if act.status == ActStatus.WAITING:
        return _amounts(act, pledge, actor)
    was, change = act.payload["was_minor"], _change(act)
    return Shown(
        [Row(_("Pledged"), format_money(was, pledge.currency), format_money(was + change, pledge.currency))], []
    )


def _days(act: ProposedAct, pledge: Pledge) -> Row:
    was = pledge.ends_on if act.status == ActStatus.WAITING else _day(act.payload["was"])
    label = _("Last day on which money is allocated")
    return Row(label, format_day(was) if was else "–", format_day(date.fromisoformat(act.payload["ends_on"])))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _uses(act: ProposedAct, pledge: Pledge, actor: Actor) -> Shown:
    waits, then = act.status == ActStatus.WAITING, rules_in(act.payload["rules"])
    now = rules_of(pledge.earmarks) if waits else rules_in(act.payload["was"])
    rows = [Row(_("Earmarking"), level_name(now), level_name(then))]
    both = _by_label(now), _by_label(then)
    rows += [Row(label, both[0].get(label, "–"), both[1].get(label, "–")) for label in {**both[0], **both[1]}]
    plans = plans_kept_out(pledge, then, actor) if waits and actor.is_staff else []
    return Shown(rows, [], plans, amounts=False)


def _by_label(rules: tuple[Rule, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for label, words in terms_of(rules):
        found[label] = f"{found[label]}; {words}" if label in found else words
    return found


def plans_kept_out(pledge: Pledge, rules: tuple[Rule, ...], actor: Actor) -> list[Plan]:
    """The plans for requests that the reader may know which could not be approved under these earmarks."""
    uses = [use for use in queries.uses_of_pledge(pledge, actor) if use.named]
    planned = [use for use in uses if use.allocation.status == AllocationStatus.PLANNED]
    facts = queries.facts_of({use.allocation.request_id for use in planned}, today())
    uncapped = [rule for rule in rules if not rule.is_cap]
    judged = {number: judge(uncapped, one, on=today(), received_minor=0, used={}) for number, one in facts.items()}
    found = ((use, judged[use.allocation.request_id]) for use in planned)
    return [
        Plan(use.allocation.public_id, use.request.reference, use.allocation.amount_minor, verdict.reasons[0])
        for use, verdict in found
        if not verdict.suits
    ]


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
