"""Pledge money for seats: held in one step for all that a round or a promotion gives, topped up and freed by seat."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.costs.lines import Payer
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.events import record
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy, one_text
from tracker.money import FUND_CURRENCY
from tracker.pledges import funding, ledger, queries, seat_people
from tracker.pledges.actions import Action
from tracker.pledges.ledger import fund
from tracker.pledges.lifecycle import AccountKind, AllocationStatus
from tracker.pledges.models import Allocation, Pledge, SeatLine
from tracker.pledges.policies import RULES
from tracker.pledges.rule_facts import SeatMoneyFacts
from tracker.pledges.services.allocations import release_all, set_aside, set_aside_more
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@dataclass(frozen=True, slots=True)
class SeatMoney:
    """What one pledge gives to one seat of a request, in the fund's minor units (USD)."""

    seat_id: int
    request_id: int
    pledge_id: int
    amount_minor: int


class Moved(Conflict):
    """Nothing was given, because something moved since the seats were proposed; `reasons` says what, in sentences."""

    def __init__(self, reasons: Iterable[Any]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(one_text((lazy("Nothing was approved, because something has changed:"), *self.reasons)))


@verb(events=None)
def hold_for_seats(items: Sequence[SeatMoney], *, proposed_by_id: int, actor: Actor) -> list[int]:
    """Approve and hold the money of seats, all or nothing; gives the id of the allocation of each item, in order.

    The caller holds the rows of the requests. Money of requests is taken in the order of their ids, then pledges in
    the order of theirs, as everywhere. Raises Moved.
    """
    authorize(RULES, Action.HOLD_FOR_SEATS, actor, SeatMoneyFacts(proposed_by_id=proposed_by_id))
    if len({(item.seat_id, item.pledge_id) for item in items if item.amount_minor > 0}) != len(items):
        raise ValueError("A pledge gives to a seat once, and an amount above zero.")
    reasons = _count_in(items)
    pledges = _held({item.pledge_id for item in items})
    reasons += _lacking(items, pledges)
    found: dict[SeatMoney, int] = {}
    for item in sorted(items, key=lambda one: (one.pledge_id, one.seat_id)):
        pledge = pledges[item.pledge_id]
        refusal = _refusal(pledge, item)
        if refusal is not None:
            reasons.append(lazy("%(pledge)s: %(reason)s", pledge=pledge.reference, reason=refusal))
        elif not reasons:
            # Posted before the next is asked for: what a share of the pledge leaves counts it.
            found[item] = _hold(item, pledge, proposed_by_id, actor)
    if reasons:
        raise Moved({str(reason): reason for reason in reasons}.values())
    _tell_donors(items, pledges, actor)
    return [found[item] for item in items]


def _tell_donors(items: Sequence[SeatMoney], pledges: dict[int, Pledge], actor: Actor) -> None:
    """Record once for each pledge what all its seats take."""
    for pledge_id, pledge in sorted(pledges.items()):
        mine = [item for item in items if item.pledge_id == pledge_id]
        record(
            "pledges.seats_funded",
            pledge,
            actor=actor,
            seats=len(mine),
            amount_minor=sum(item.amount_minor for item in mine),
        )


@verb(events=None)
def hold_more(item: SeatMoney, *, line: str, proposed_by_id: int, actor: Actor) -> int:
    """Approve and hold more for one line of a seat that has money, whole or not at all; gives the allocation's id.

    The pledge that pays the line already gives more in the same allocation; another one gives an allocation of its
    own, and the line a further share. The caller holds the row of the request. Raises Moved.
    """
    authorize(RULES, Action.HOLD_FOR_SEATS, actor, SeatMoneyFacts(proposed_by_id=proposed_by_id))
    reasons = _count_in([item])
    allocations = _standing(item.seat_id)
    if not allocations:
        reasons.append(lazy("Nothing is held for this seat any more: it has ended."))
    pledges = _held({item.pledge_id})
    pledge = pledges[item.pledge_id]
    reasons += _lacking([item], pledges)
    refusal = _refusal(pledge, item)
    if refusal is not None:
        reasons.append(lazy("%(pledge)s: %(reason)s", pledge=pledge.reference, reason=refusal))
    if reasons:
        raise Moved(reasons)
    allocation_id = allocations.get(pledge.id)
    if allocation_id is None:
        refuse_a_mans_part(pledge, item.seat_id)
        allocation_id = _hold(item, pledge, proposed_by_id, actor)
    else:
        _hold_further(allocation_id, item.amount_minor, pledge, actor)
    _tell_donors([item], pledges, actor)
    _approve_line(item, line, allocation_id)
    return allocation_id


def _standing(seat_id: int) -> dict[int, int]:
    """The allocations of a seat out of which payments are made, by the pledge."""
    statement = sa.select(Allocation.pledge_id, Allocation.id).where(
        Allocation.seat_id == seat_id, Allocation.status == AllocationStatus.APPROVED
    )
    return {row.pledge_id: row.id for row in db.session.execute(statement)}


def refuse_a_mans_part(pledge: Pledge, seat_id: int) -> None:
    """Raise Conflict where a pledge that does not pay a seat already may not by the share of women that it asks for."""
    against = None if pledge.id in _standing(seat_id) else seat_people.against_part(pledge, seat_id)
    if against is not None:
        raise Conflict(lazy("%(pledge)s: %(reason)s", pledge=pledge.reference, reason=against))


def _hold_further(allocation_id: int, amount_minor: int, pledge: Pledge, actor: Actor) -> None:
    update_where(
        Allocation,
        Allocation.id == allocation_id,
        amount_minor=Allocation.amount_minor + amount_minor,
        version=Allocation.version + 1,
    )
    allocation = db.session.get_one(Allocation, allocation_id, populate_existing=True)
    set_aside_more(pledge, allocation, amount_minor, actor)


def _approve_line(item: SeatMoney, kind: str, allocation_id: int) -> None:
    """Raise what is approved for the line, in the share that the allocation pays: its own one, or a new one."""
    of_kind = (SeatLine.seat_id == item.seat_id, SeatLine.kind == kind)
    more = {"approved_minor": SeatLine.approved_minor + item.amount_minor}
    if update_where(SeatLine, *of_kind, SeatLine.allocation_id == allocation_id, **more):
        return
    # A line that was to cost the fund nothing has no allocation yet.
    unpaid = (SeatLine.payer == Payer.FUND, SeatLine.allocation_id.is_(None))
    if update_where(SeatLine, *of_kind, *unpaid, **more, allocation_id=allocation_id):
        return
    shares = db.session.scalar(sa.select(sa.func.max(SeatLine.number)).where(*of_kind))
    share = SeatLine(
        seat_id=item.seat_id,
        kind=kind,
        number=(shares or 0) + 1,
        payer=Payer.FUND.value,
        estimate_minor=0,
        approved_minor=item.amount_minor,
        allocation_id=allocation_id,
    )
    db.session.add(share)
    db.session.flush()


def _count_in(items: Sequence[SeatMoney]) -> list[Any]:
    """Raise what the requests may get; the reasons why some may not."""
    sums: dict[int, int] = defaultdict(int)
    for item in items:
        sums[item.request_id] += item.amount_minor
    statement = sa.select(AssistanceRequest.id, AssistanceRequest.reference, AssistanceRequest.kind)
    requests = db.session.execute(statement.where(AssistanceRequest.id.in_(sums)).order_by(AssistanceRequest.id))
    return [
        lazy("%(reference)s takes no seats now: it does not stand as accepted.", reference=row.reference)
        for row in requests.all()
        if row.kind != Kind.PARTICIPATION or not funding.give_seats(row.id, sums[row.id])
    ]


def _held(pledge_ids: set[int]) -> dict[int, Pledge]:
    """The pledges as they stand; other acts on them wait until the commit."""
    for pledge_id in sorted(pledge_ids):
        ledger.hold(pledge_id)
    statement = sa.select(Pledge).where(Pledge.id.in_(pledge_ids)).options(selectinload(Pledge.earmarks))
    return {row.id: row for row in db.session.scalars(statement.execution_options(populate_existing=True))}


def _lacking(items: Sequence[SeatMoney], pledges: dict[int, Pledge]) -> list[Any]:
    """A sentence for each pledge that has less than its seats need."""
    found = []
    for pledge_id, pledge in sorted(pledges.items()):
        needed = sum(item.amount_minor for item in items if item.pledge_id == pledge_id)
        left = ledger.balance(pledge_id, fund(AccountKind.AVAILABLE))
        if needed > left:
            sums = {"needed": format_money(needed, FUND_CURRENCY), "left": format_money(left, FUND_CURRENCY)}
            sentence = lazy(
                "%(pledge)s: the seats need %(needed)s, %(left)s is there now.", pledge=pledge.reference, **sums
            )
            found.append(sentence)
    return found


def _refusal(pledge: Pledge, item: SeatMoney) -> Any:
    """Why the pledge may not pay the seat; None when it may."""
    try:
        queries.must_suit(pledge, item.request_id, item.amount_minor)
    except (Conflict, Invalid) as refusal:
        return refusal.message
    return None


def _hold(item: SeatMoney, pledge: Pledge, proposed_by_id: int, actor: Actor) -> int:
    at = now()
    allocation = Allocation(
        pledge_id=pledge.id,
        request_id=item.request_id,
        seat_id=item.seat_id,
        amount_minor=item.amount_minor,
        status=AllocationStatus.APPROVED.value,
        planned_by_id=proposed_by_id,
        planned_at=at,
        approved_by_id=actor.person_id,
        approved_at=at,
    )
    db.session.add(allocation)
    db.session.flush()
    set_aside(pledge, allocation, actor)
    return allocation.id


@verb(events=None)
def free_seat(seat_id: int, *, actor: Actor, reason: str | None) -> int:
    """Give back to the pledges what is held for a seat that ended and not paid; gives the amount (USD).

    Whoever ends the seat asks rule and reason; what may be approved for the request goes down by the same amount.
    """
    whose = sa.select(Allocation.request_id).where(Allocation.seat_id == seat_id).limit(1)
    request_id = db.session.scalar(whose)
    if request_id is None:
        return 0
    funding.hold(request_id)
    return release_all(Allocation.seat_id == seat_id, actor=actor, reason=reason)
