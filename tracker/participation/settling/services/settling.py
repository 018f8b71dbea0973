"""A finance officer settles seats: the money that is left goes back to the pledges in the same transaction."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy, one_text
from tracker.money import FUND_CURRENCY
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.offers.services.moving import hold_requests, move_person
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.participation.settling import queries
from tracker.participation.settling.models import Settlement, SettlementLine
from tracker.participation.settling.policies import RULES, SettleAction
from tracker.participation.settling.queries import Settling
from tracker.participation.settling.recording import facts_of, name_of, record
from tracker.participation.settling.services.entering import ticked
from tracker.pledges import funding
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.queries import seats_with
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.pledges.services.seats import free_seat
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize, can

REVERSAL_WAITS = lazy("A reversal of what was paid or recovered for it waits: it is confirmed or refused first.")


@verb
def settle(public_id: uuid.UUID, *, actor: Actor, version: int | None, seen_minor: int) -> int:
    """Settle one seat; gives what goes back to the pledges (USD). What was paid above what is due is a claim from now
    on: `seen_minor` is how much of it whoever settles has read, `version` is the seat's. Raises Conflict while more is
    to be paid, and where more or less is owed by now, or nobody said why."""
    request_id = queries.get(public_id, actor).request.id
    hold_requests({request_id})
    funding.hold(request_id)  # nobody pays or recovers meanwhile
    one = queries.get(public_id, actor)
    authorize(RULES, SettleAction.SETTLE, actor, facts_of(one))
    if seats_with(ActName.REVERSAL, [one.seat.id]):
        raise Conflict(REVERSAL_WAITS)
    if one.to_pay:
        raise Conflict(one_text((lazy("This is to be paid first:"), *map(_to_pay, one.to_pay))))
    _must_be_seen(one, seen_minor)
    back = _settle(one, actor=actor, version=version)
    record(one.told_as, [one], actor)
    return back


@verb(events=None)
def settle_many(code: str, seats: Collection[uuid.UUID], *, actor: Actor) -> int:
    """Settle several seats of a session of which nothing differs; gives how many. All or none: raises Conflict with a
    sentence for each that cannot be settled so. One event for each request."""
    authorize(RULES, SettleAction.SETTLE_MANY, actor, None)
    session = reference.get_session(code)
    found = ticked(session.id, seats, actor)
    for request_id in sorted({one.request.id for one in found}):
        funding.hold(request_id)
    rows = queries.of_session(session.id, actor, Seat.id.in_([one.seat.id for one in found]))
    if refused := [why for one, why in why_not_settled(rows, actor) if why]:
        raise Conflict(one_text((lazy("No seat was settled:"), *refused)))
    for one in rows:
        _settle(one, actor=actor, version=None)
    record("participation.seats_settled", rows, actor)
    return len(rows)


def why_not_settled(rows: Sequence[Settling], actor: Actor) -> list[tuple[Settling, Any]]:
    """Each seat with why it cannot be settled with others, in a sentence; None when it can. One statement."""
    waiting = seats_with(ActName.REVERSAL, [one.seat.id for one in rows])
    return [(one, _why_not(one, actor, one.seat.id in waiting)) for one in rows]


def _why_not(one: Settling, actor: Actor, waits: bool) -> Any:
    refusal = can(RULES, SettleAction.SETTLE, actor, facts_of(one))
    if refusal is not None or waits:
        reason = REVERSAL_WAITS if refusal is None else refusal.message
        return lazy("%(seat)s: %(reason)s", seat=name_of(one), reason=reason)
    if one.differs:
        return lazy("%(seat)s: something differs, it is settled on its own page.", seat=name_of(one))
    return None


def _must_be_seen(one: Settling, seen_minor: int) -> None:
    """Raises Conflict for a claim that a payment raised after what is due was entered, or after the page was read."""
    owed = one.total("owed_minor")
    if owed and not (one.settlement and one.settlement.remark):
        why = lazy("Something was paid after what is due was entered, and comes back: enter it again, with why.")
        raise Conflict(why)
    if owed != seen_minor:
        amounts = {"now": format_money(owed, FUND_CURRENCY), "seen": format_money(seen_minor, FUND_CURRENCY)}
        raise Conflict(lazy("%(now)s is owed back now, not %(seen)s: read it again below, then settle.", **amounts))


def _to_pay(line: Any) -> Any:
    amount = format_money(line.to_pay_minor, FUND_CURRENCY)
    return lazy("%(line)s, %(amount)s.", line=LINE_LABELS[line.kind], amount=amount)


def _settle(one: Settling, *, actor: Actor, version: int | None) -> int:
    one.seat.apply(SeatAction.SETTLE, version=version)
    if not one.seat.given_back:  # whose seat ended before the journey stays cancelled
        move_person(one.person.id, DelegateStatus.SETTLED)
    update_where(Settlement, Settlement.seat_id == one.seat.id, settled_by_id=actor.person_id, settled_at=now())
    for line in one.owed:
        of_line = (SettlementLine.seat_id == one.seat.id, SettlementLine.kind == line.kind)
        update_where(SettlementLine, *of_line, owed_minor=line.owed_minor, owes=str(line.owes))
    back: int = free_seat(one.seat.id, actor=actor, reason=None)
    return back
