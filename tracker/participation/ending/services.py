"""Ending seats without a journey: money that was not paid goes back, what was paid has somebody who bears it."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker import events
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.ending import queries
from tracker.participation.ending.policies import RULES, EndAction, SessionFacts
from tracker.participation.ending.queries import Paid
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.offers.services import end_offers
from tracker.participation.offers.services.moving import hold_requests, move_person
from tracker.participation.seats.leaving import must_be_free_to_leave
from tracker.participation.seats.lifecycle import (
    BEARS,
    CAUSES_OF_A_STATE,
    CAUSES_OF_THE_OFFICE,
    Bearer,
    Cause,
    SeatAction,
)
from tracker.participation.seats.models import Seat
from tracker.pledges.services.promises import required_reason
from tracker.pledges.services.seats import free_seat
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@dataclass(frozen=True, slots=True)
class Why:
    """Why nobody travels on a seat. `borne_by` counts where the cause leaves a choice."""

    cause: Cause | None
    reason: str
    borne_by: Bearer | None = None


@verb
def end_seat(public_id: uuid.UUID, *, actor: Actor, version: int | None, why: Why) -> str:
    """End one seat before its journey; gives the session's code. What is held and not paid goes back in the same
    transaction, an open offer is closed. Raises Invalid where the cause leaves it to the manager who bears the cost."""
    found = _held(public_id, actor)
    authorize(RULES, EndAction.END, actor, queries.facts_of(found))
    facts = _facts(why, CAUSES_OF_THE_OFFICE)
    if "borne_by" not in facts:
        facts |= _chosen(why.borne_by, why.reason, actor)
    _end([found], actor, version, facts)
    _record("participation.seats_ended", [found], actor, facts)
    return _code(found)


@verb(events=None)
def end_session_seats(code: str, *, actor: Actor, reason: str) -> int:
    """End every seat of a session that was cancelled, in one step; gives how many. Journeys that were made stay to be
    settled. Raises Conflict when none is left. One event for each request."""
    session = reference.get_session(code)
    authorize(RULES, EndAction.END_ALL, actor, SessionFacts(is_cancelled=session.status == "cancelled"))
    facts = _facts(Why(Cause.SESSION_MOVED, reason), CAUSES_OF_THE_OFFICE)
    hold_requests({paid.one.request.id for paid in queries.before_travel(session.id, actor)})
    found = queries.before_travel(session.id, actor)
    if not found:
        raise Conflict(lazy("No seat of this session is left to be ended."))
    _end(found, actor, None, facts)
    by_request: dict[int, list[Paid]] = defaultdict(list)
    for paid in found:
        by_request[paid.one.request.id].append(paid)
    for seats in by_request.values():
        _record("participation.seats_ended", seats, actor, facts)
    return len(found)


@verb
def give_up_seat(offer_id: uuid.UUID, *, actor: Actor, version: int | None, why: Why) -> str:
    """The authority gives up a seat that it had confirmed; gives the request's public id. Who bears what was paid stays
    open for another reason than those of `BEARS`: the manager says it."""
    hold_requests({queries.seat_of_offer(offer_id, actor).one.request.id})
    found = queries.seat_of_offer(offer_id, actor)
    authorize(RULES, EndAction.GIVE_UP, actor, queries.facts_of(found))
    facts = _facts(why, CAUSES_OF_A_STATE)
    _end([found], actor, version, facts)
    _record("participation.seat_given_up", [found], actor, facts)
    return str(found.one.request.public_id)


@verb
def miss_journey(public_id: uuid.UUID, *, actor: Actor, version: int | None, why: Why) -> str:
    """Note that somebody who had a ticket did not travel; gives the session's code. What is held stays until the seat
    is settled, because bills may still come. For another reason than those of `BEARS` a travel officer leaves it open
    who bears the cost."""
    found = _held(public_id, actor)
    authorize(RULES, EndAction.MISS, actor, queries.facts_of(found))
    facts = _facts(why, CAUSES_OF_THE_OFFICE)
    if "borne_by" not in facts and actor.has("programme_manager"):
        facts |= _chosen(why.borne_by, why.reason, actor)
    must_be_free_to_leave([found.one.seat.id])
    found.one.seat.apply(SeatAction.MISS, version=version, **facts)
    move_person(found.one.seat.delegate_id, DelegateStatus.NO_SHOW)
    _record("participation.journey_missed", [found], actor, facts)
    return _code(found)


@verb
def say_who_bears(public_id: uuid.UUID, *, actor: Actor, version: int | None, borne_by: Bearer | None, why: str) -> str:
    """The manager says who bears what was paid for a seat whose cause leaves it open; gives the session's code."""
    found = _held(public_id, actor)
    authorize(RULES, EndAction.SAY_WHO_BEARS, actor, queries.facts_of(found))
    facts, seat = _chosen(borne_by, required_reason(why), actor), found.one.seat
    seen = seat.version if version is None else version
    if not update_where(Seat, Seat.id == seat.id, Seat.version == seen, version=Seat.version + 1, **facts):
        raise Stale(lazy("Somebody changed this seat while you had it open."))
    _record("participation.cost_borne", [found], actor, facts)
    return _code(found)


def _held(public_id: uuid.UUID, actor: Actor) -> Paid:
    """The seat with its request held: whoever else acts on it waits."""
    hold_requests({queries.get_seat(public_id, actor).one.request.id})
    return queries.get_seat(public_id, actor)


def _facts(why: Why, causes: Sequence[Cause]) -> dict[str, Any]:
    """What the seat keeps of a cause, with who bears the cost where the cause says it. Raises Invalid by field."""
    if why.cause is None or why.cause not in causes:
        raise Invalid(fields={"cause": lazy("Choose why nobody travels on this seat.")})
    facts: dict[str, Any] = {"cause": why.cause.value}
    facts["reason"] = shown(why.reason) or None if why.cause is Cause.NO_REASON else required_reason(why.reason)
    bearer = BEARS[why.cause]
    return facts | ({"borne_by": bearer.value} if bearer is not None else {})


def _chosen(bearer: Bearer | None, why: str, actor: Actor) -> dict[str, Any]:
    """What the manager says where the cause leaves a choice. Raises Invalid for anybody else, and without a choice."""
    if not actor.has("programme_manager"):
        message = lazy("Who bears the cost is then for the programme manager to say: leave this seat to a manager.")
        raise Invalid(fields={"cause": message})
    if bearer is None:
        raise Invalid(fields={"borne_by": lazy("Choose who bears what was paid.")})
    return {"borne_by": bearer.value, "borne_why": required_reason(why)}


def _end(found: Sequence[Paid], actor: Actor, version: int | None, facts: dict[str, Any]) -> None:
    must_be_free_to_leave([paid.one.seat.id for paid in found])
    for paid in found:
        seat = paid.one.seat
        seat.apply(SeatAction.CANCEL, version=version, **facts)
        move_person(seat.delegate_id, DelegateStatus.CANCELLED)
        free_seat(seat.id, actor=actor, reason=facts["reason"])
    end_offers([paid.one.seat.id for paid in found], actor=actor)


def _record(name: str, found: Sequence[Paid], actor: Actor, facts: dict[str, Any]) -> None:
    """One event about seats of one request. What was paid says whether finance officers hear of it."""
    events.record(
        name,
        found[0].one.request,
        actor=actor,
        seat_ids=[paid.one.seat.id for paid in found],
        delegate_ids=[paid.one.person.id for paid in found],
        paid_minor=sum(paid.sums.paid_minor for paid in found),
        **{key: facts[key] for key in ("cause", "borne_by") if key in facts},
    )


def _code(found: Paid) -> str:
    return db.session.get_one(Session, found.one.request.session_id).code
