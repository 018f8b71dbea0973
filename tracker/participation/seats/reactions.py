"""What happens to seats when their request ends, in the transaction of that act, and what stands in the way of that."""

from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import Action, Kind, gate
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.transactions import update_where
from tracker.events import Event, react
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.participation.seats.lifecycle import ENDED
from tracker.participation.seats.models import Seat
from tracker.participation.seats.queries import is_mans, sitting_in_seats_of
from tracker.participation.seats.services import cancel_seats
from tracker.pledges import seat_people
from tracker.pledges.proposed_acts.services import drop_for_seats
from tracker.reference.models import Session
from tracker.rights.actor import Actor

ENDS_SEATS = (
    *("participation.seat_declined", "participation.seats_taken_back", "participation.seats_cancelled"),
    *("participation.seats_ended", "participation.seat_given_up"),
)
"""Events that say which seats ended before the journey."""
SETTLE_SEATS = ("participation.seats_settled", "participation.seats_claimed")
"""Events that say which seats were settled; a write-off is proposed after them."""


def register() -> None:
    """Called once by the application."""
    react("assistance.withdrawn", end_seats)
    for name in (*ENDS_SEATS, *SETTLE_SEATS):
        react(name, drop_acts)
    react("participation.seats_given", say_that_seats_were_given)
    for name in ENDS_SEATS:
        react(name, say_that_no_seat_is_left)
    react("assistance.ended_unfunded", say_whether_given_up)
    gate(Kind.PARTICIPATION, Action.END_UNFUNDED, is_over_for_the_state)
    seat_people.register(sitting_in_seats_of, is_mans)


def drop_acts(event: Event, _request: Any, actor: Actor) -> None:
    """What was proposed for the money of a seat ends with it."""
    drop_for_seats(event.data["seat_ids"], actor=actor)


def end_seats(_event: Event, request: Any, actor: Actor) -> None:
    """A State that withdraws its request gives its seats up."""
    cancel_seats(request.id, actor=actor)


def is_over_for_the_state(request: Any) -> dict[str, Any]:
    """The gate before ending without a seat: all seats ended, or there was none and the session is over."""
    statuses = db.session.scalars(sa.select(Seat.status).where(Seat.request_id == request.id)).all()
    if any(status not in ENDED for status in statuses):
        return {"seats": lazy("Seats of this State stand: they end first.")}
    session = db.session.get(Session, request.session_id) if request.session_id else None
    if statuses or session is None or is_over(session):
        return {}
    if session.ends_on is None:
        return {"session": lazy("The session is still to come: a seat can still be given.")}
    day = format_day(session.ends_on)
    return {"session": lazy("The session is over after %(day)s: until then a seat can be given.", day=day)}


def is_over(session: Session) -> bool:
    """The session took place, or will not."""
    return session.status == "cancelled" or (session.ends_on is not None and session.ends_on < today())


def say_that_seats_were_given(_event: Event, request: Any, _actor: Actor) -> None:
    """From now on its State does not read that it awaits the round."""
    update_where(AssistanceRequest, AssistanceRequest.id == request.id, round_result="seats")


def say_that_no_seat_is_left(_event: Event, request: Any, _actor: Actor) -> None:
    """A State all of whose seats came back does not read any more that it has some."""
    standing = sa.exists().where(Seat.request_id == AssistanceRequest.id, ~Seat.given_back)
    had = AssistanceRequest.id == request.id, AssistanceRequest.round_result == "seats"
    update_where(AssistanceRequest, *had, ~standing, round_result="returned")


def say_whether_given_up(_event: Event, request: Any, _actor: Actor) -> None:
    """A State that had seats reads that it gave them up; another that it had none."""
    had = sa.exists().where(Seat.request_id == AssistanceRequest.id)
    update_where(AssistanceRequest, AssistanceRequest.id == request.id, had, seats_given_up=True)
