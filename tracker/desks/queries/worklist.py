"""What waits for finance: each list of a room beside the others, as rows with an age, an amount and a page."""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.desks.queries import paying, rounds_prepared, seats_over
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.participation.agency import refunds
from tracker.pledges import queries as pledges
from tracker.pledges.proposed_acts import kinds
from tracker.pledges.proposed_acts import queries as acts
from tracker.reconciling import queries as reconciling
from tracker.reconciling.queries import Listed
from tracker.rights.actor import Actor

AHEAD = timedelta(days=60)
MOST = 500
"""Rows of a kind that are read, at most."""


class Task(enum.StrEnum):
    """What finance does, in the order of the list."""

    RECEIVE = "receive"
    APPROVE = "approve"
    CONFIRM = "confirm"
    PAY = "pay"
    REFUND = "refund"
    RECOVER = "recover"
    RECONCILE = "reconcile"
    SETTLE = "settle"
    CLOSE = "close"


TASK_LABELS: dict[Task, Any] = {
    Task.RECEIVE: lazy("To receive"),
    Task.APPROVE: lazy("To approve"),
    Task.CONFIRM: lazy("To confirm"),
    Task.PAY: lazy("To pay"),
    Task.REFUND: lazy("To refund"),
    Task.RECOVER: lazy("To recover"),
    Task.RECONCILE: lazy("To reconcile"),
    Task.SETTLE: lazy("To settle"),
    Task.CLOSE: lazy("To close"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Something that waits since a day: `name` leads to its page, `about` says what it is, `pledge` whose money. What
    can be ticked has a `tick`."""

    task: Task
    name: str
    endpoint: str
    place: dict[str, Any]
    about: Any
    pledge: str
    since: date | None
    amount_minor: int | None = None
    currency: str = FUND_CURRENCY
    by: str = ""
    tick: str = ""
    iso3: str | None = None

    @property
    def age(self) -> int | None:
        """In days; below zero while the day lies ahead."""
        return (today() - self.since).days if self.since is not None else None


def rows(actor: Actor) -> list[Row]:
    """What waits, task by task, the oldest of each first."""
    planned, held = pledges.waiting(actor, limit=MOST)
    due, back, _earmarked = pledges.due_in_and_back(actor, until=today() + AHEAD)
    found = [
        *(_due(one) for one in due),
        *(_planned(one, actor) for one in planned),
        *(_round(*row) for row in rounds_prepared.prepared(actor)),
        *(_proposed(one, actor) for one in acts.waiting(actor) if _of_finance(one)),
        *(_to_pay(one, actor) for one in paying.to_pay(held)),
        *(row for one in back for row in _back(one)),
        *(_from_agency(one) for one in refunds.expected(actor)),
        *seats_rows(actor),
        *_to_reconcile(actor),
        *(_to_close(one) for one in seats_over.pledges_to_close(actor)),
    ]
    order = list(Task)
    return sorted(found, key=lambda one: (order.index(one.task), one.since or date.max, one.name))


def _due(one: Any) -> Row:
    place = {"public_id": one.public_id}
    return Row(
        Task.RECEIVE,
        one.reference,
        "pledges.show",
        place,
        one.donor,
        one.reference,
        one.due_on,
        one.outstanding_minor,
        one.currency,
    )


def _planned(one: Any, actor: Actor) -> Row:
    allocation = one.allocation
    own = allocation.planned_by_id == actor.person_id
    return Row(
        Task.APPROVE,
        one.request.reference,
        "finance.allocation",
        {"public_id": allocation.public_id},
        lazy("planned by you: somebody else approves it") if own else "",
        one.pledge.reference,
        day_of(allocation.planned_at),
        allocation.amount_minor,
        by=one.planned_by,
        tick="" if own or not actor.has("finance_officer") else f"{allocation.public_id}.{allocation.version}",
        iso3=one.request.state_iso3 if one.request.described else None,
    )


def _round(one: Any, session: str, by: str) -> Row:
    about = lazy("round %(number)d of seats", number=one.number)
    since = day_of(one.prepared_at)
    return Row(Task.APPROVE, session, "rounds.show", {"public_id": one.public_id}, about, "", since, by=by)


def _of_finance(one: acts.Listed) -> bool:
    """What changes a promise waits for its donor and a programme manager, never for finance."""
    return not kinds.named(one.act.kind).of_both


def _proposed(one: acts.Listed, actor: Actor) -> Row:
    """A step of two persons; whoever proposed it sees it there, too."""
    own = one.act.proposed_by_id == actor.person_id
    return Row(
        Task.CONFIRM,
        one.reference,
        "acts.show",
        {"public_id": one.act.public_id},
        lazy("proposed by you: somebody else confirms it") if own else one.sentence,
        one.reference if one.pledge is not None else "",
        day_of(one.act.proposed_at),
        by=one.proposed_by,
        iso3=one.request.state_iso3 if one.request is not None and one.described else None,
    )


def _to_pay(one: paying.ToPay, actor: Actor) -> Row:
    about = lazy("seat %(number)d: %(line)s", number=one.seat, line=one.line) if one.seat else ""
    return Row(
        Task.PAY,
        one.request,
        "finance.allocation",
        {"public_id": one.allocation},
        about,
        one.pledge,
        one.since,
        one.amount_minor,
        tick=one.name if actor.has("finance_officer") else "",
        iso3=one.iso3,
    )


def _back(one: Any) -> Iterator[Row]:
    unspent, beyond = lazy("%(donor)s: unspent", donor=one.donor), lazy("%(donor)s: beyond the pledge", donor=one.donor)
    for about, minor, currency in (
        (unspent, one.unspent_minor, FUND_CURRENCY),
        (beyond, one.surplus_minor, one.currency),
    ):
        if minor:
            since = one.over_since
            place = {"public_id": one.public_id}
            yield Row(Task.REFUND, one.reference, "pledges.show", place, about, "", since, minor, currency)


def _from_agency(one: refunds.Refund) -> Row:
    name, place = one.request.reference or "", {"public_id": one.seat.public_id}
    about = lazy("from the agency: seat %(number)d", number=one.seat.number)
    return Row(
        Task.RECOVER,
        name,
        "participation.settlement",
        place,
        about,
        one.pledges,
        one.since,
        one.amount_minor,
        iso3=one.iso3,
    )


def seats_rows(actor: Actor) -> Iterator[Row]:
    """Seats to settle, and what is owed of those that are settled."""
    for one in seats_over.settling(actor):
        seat = {"public_id": one.seat.public_id}
        name = one.request.reference or ""
        iso3 = one.iso3 if one.described else None
        if one.is_entered and one.settlement is not None:
            about = lazy("seat %(number)d: differs", number=one.seat.number)
            same = lazy("seat %(number)d: nothing differs", number=one.seat.number)
            minor = one.total("to_pay_minor") + one.total("owed_minor")
            at = day_of(one.settlement.entered_at)
            about = about if one.differs else same
            yield Row(Task.SETTLE, name, "participation.settlement", seat, about, "", at, minor, iso3=iso3)
        elif one.is_settled and (owed := seats_over.owed_by_the_state(one)):
            about = lazy("through the State: seat %(number)d", number=one.seat.number)
            ended = one.settlement.settled_at if one.settlement is not None else None
            since = day_of(ended) if ended is not None else None
            yield Row(Task.RECOVER, name, "participation.settlement", seat, about, "", since, owed, iso3=iso3)


def _to_reconcile(actor: Actor) -> Iterator[Row]:
    for listed, about in (
        (Listed.MISSING_HERE, lazy("paid or received there, missing here")),
        (Listed.DIFFERING, lazy("differs from what is here")),
    ):
        for one in reconciling.entries_of(listed, actor, limit=MOST):
            entry = one.entry
            name, place = entry.reference or one.source, {"public_id": entry.public_id}
            money = entry.amount_minor, entry.currency
            yield Row(Task.RECONCILE, name, "reconciling.explain_entry", place, about, "", entry.day, *money)
    for step in reconciling.missing_there(actor, limit=MOST):
        name, place = step.reference or str(step.number), {"public_id": step.act_public_id}
        money = step.amount_minor, step.currency
        about = lazy("recorded here, missing there")
        pledge = step.pledge_reference
        yield Row(Task.RECONCILE, name, "reconciling.explain_posting", place, about, pledge, step.day, *money, step.by)


def _to_close(one: Any) -> Row:
    place = {"public_id": one.public_id}
    about = lazy("ended, nothing left: a programme manager closes it")
    return Row(Task.CLOSE, one.reference, "pledges.show", place, about, one.reference, one.ends_on)


def counted(found: Iterable[Row]) -> dict[Task, int]:
    """How many rows each task has."""
    counts = dict.fromkeys(Task, 0)
    for one in found:
        counts[one.task] += 1
    return counts
