"""Pledge money for a request: planned by one person, approved by another once the cash is there, released."""

import uuid

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.events import Event, record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges import funding, ledger, queries
from tracker.pledges.actions import Action
from tracker.pledges.ledger import Posting, Step, fund
from tracker.pledges.lifecycle import AccountKind, AllocationStatus
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.payment_doors import must_not_be_kept
from tracker.pledges.policies import RULES
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.services.promises import required_reason
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def plan_allocation(pledge_id: uuid.UUID, *, actor: Actor, request_id: uuid.UUID, amount_minor: int) -> str:
    """Plan pledge money (USD) for an accepted request; posts nothing. Gives the allocation's public id."""
    pledge = queries.get_visible(pledge_id, actor)
    authorize(RULES, Action.PLAN_ALLOCATION, actor, rule_facts_of(pledge))
    needed = queries.fundable_request(request_id, actor)
    if needed.is_given_by_rounds:
        raise Conflict(lazy("Money for taking part in a session comes from its rounds, seat by seat."))
    if amount_minor <= 0:
        raise Invalid(fields={"amount": lazy("Enter an amount above zero.")})
    if amount_minor > needed.open_minor:
        raise Invalid(fields={"amount": lazy("That is more than the request still needs.")})
    queries.must_suit(pledge, needed.request_id, amount_minor, planned=True)
    allocation = Allocation(
        pledge_id=pledge.id,
        request_id=needed.request_id,
        amount_minor=amount_minor,
        planned_by_id=actor.person_id,
    )
    db.session.add(allocation)
    db.session.flush()
    _record("pledges.allocation_planned", pledge, allocation, actor, amount_minor)
    return str(allocation.public_id)


@verb
def approve_allocation(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Hold the money for the request. Refused by the planner, without the cash, or beyond what was approved."""
    allocation, pledge = queries.get_allocation(public_id, actor)
    authorize(RULES, Action.APPROVE_ALLOCATION, actor, rule_facts_of(allocation))
    funding.allocate(allocation.request_id, allocation.amount_minor)
    ledger.hold(pledge.id)
    queries.must_suit(pledge, allocation.request_id, allocation.amount_minor)
    _move(allocation, AllocationStatus.APPROVED, version, approved_by_id=actor.person_id, approved_at=now())
    set_aside(pledge, allocation, actor)


def set_aside(pledge: Pledge, allocation: Allocation, actor: Actor) -> None:
    """Hold the money of an allocation that was approved just now."""
    ledger.open_allocation_accounts(pledge.id, allocation.id)
    set_aside_more(pledge, allocation, allocation.amount_minor, actor)


def set_aside_more(pledge: Pledge, allocation: Allocation, amount_minor: int, actor: Actor) -> None:
    """Hold so much for an allocation that has its accounts and was approved for it just now."""
    event = _record("pledges.allocation_approved", pledge, allocation, actor, amount_minor)
    held = Posting(fund(AccountKind.AVAILABLE), fund(AccountKind.HELD, allocation.id), amount_minor)
    ledger.post(pledge.id, [held], Step("approve", actor, event))


@verb
def cancel_plan(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Drop a plan that will not be approved; no money moves."""
    allocation, pledge = queries.get_allocation(public_id, actor)
    authorize(RULES, Action.CANCEL_PLAN, actor, rule_facts_of(allocation))
    _move(allocation, AllocationStatus.RELEASED, version, reason=required_reason(reason), ended_at=now())
    _record("pledges.allocation_dropped", pledge, allocation, actor, allocation.amount_minor)


@verb
def release_allocation(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Give back to the pledge what is held and not paid; the allocation takes no further payments."""
    allocation, pledge = queries.get_allocation(public_id, actor)
    authorize(RULES, Action.RELEASE_ALLOCATION, actor, rule_facts_of(allocation))
    funding.hold(allocation.request_id)
    ledger.hold(pledge.id)
    if not ledger.balance(pledge.id, fund(AccountKind.HELD, allocation.id)):
        raise Conflict(lazy("All of it is paid: nothing is left to release."))
    _release(allocation, pledge, actor=actor, version=version, reason=required_reason(reason))


@verb(events=None)
def release_for_request(request_id: int, *, actor: Actor) -> int:
    """Give back all that is held for a request that ended, and drop its plans. Gives the amount freed (USD)."""
    funding.shut(request_id)
    return release_all(Allocation.request_id == request_id, actor=actor, reason=None)


def release_all(whose: sa.ColumnElement[bool], *, actor: Actor, reason: str | None) -> int:
    """Give back what the allocations of one request or seat still hold; the request's money is held by now."""
    statement = (
        sa.select(Allocation, Pledge)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .where(whose, Allocation.status.in_((AllocationStatus.PLANNED, AllocationStatus.APPROVED)))
        .order_by(Allocation.pledge_id, Allocation.id)
        .execution_options(populate_existing=True)
    )
    freed = 0
    for allocation, pledge in db.session.execute(statement).all():
        freed += _release(allocation, pledge, actor=actor, version=None, reason=reason)
    return freed


def _release(allocation: Allocation, pledge: Pledge, *, actor: Actor, version: int | None, reason: str | None) -> int:
    must_not_be_kept(allocation)
    ledger.hold(pledge.id)
    planned = allocation.status == AllocationStatus.PLANNED
    held = ledger.balance(pledge.id, fund(AccountKind.HELD, allocation.id))
    paid = ledger.balance(pledge.id, fund(AccountKind.PAID, allocation.id))
    target = AllocationStatus.CLOSED if paid else AllocationStatus.RELEASED
    _move(allocation, target, version, reason=reason, ended_at=now())
    # Where everything was paid, nothing is released that somebody would have to be told of.
    unpaid = "pledges.allocation_released" if held else "pledges.allocation_closed"
    event = _record("pledges.allocation_dropped" if planned else unpaid, pledge, allocation, actor, held)
    if held:
        funding.give_back(allocation.request_id, held, of_seat=allocation.is_of_a_seat)
        back = Posting(fund(AccountKind.HELD, allocation.id), fund(AccountKind.AVAILABLE), held)
        ledger.post(pledge.id, [back], Step("release", actor, event, note=reason))
    return held


def _move(allocation: Allocation, target: AllocationStatus, version: int | None, **facts: object) -> None:
    changed = update_where(
        Allocation,
        Allocation.id == allocation.id,
        Allocation.status == allocation.status,
        Allocation.version == (allocation.version if version is None else version),
        status=target.value,
        version=Allocation.version + 1,
        **facts,
    )
    if not changed:
        raise Stale(lazy("Somebody changed this allocation while you had it open."))
    db.session.refresh(allocation)


def _record(name: str, pledge: Pledge, allocation: Allocation, actor: Actor, amount_minor: int) -> Event:
    return record(
        name,
        pledge,
        actor=actor,
        also_about=(AssistanceRequest, [allocation.request_id]),
        allocation_id=allocation.id,
        request_id=allocation.request_id,
        seat_id=allocation.seat_id,
        amount_minor=amount_minor,
    )
