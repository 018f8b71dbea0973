"""An offer ends with the seat that it is of, in the transaction of that act."""

from typing import Any

from tracker.events import Event, react
from tracker.participation.offers.services import end_offers
from tracker.participation.seats.paying import why_unpayable
from tracker.pledges import paying_seats
from tracker.rights.actor import Actor


def register() -> None:
    """Called once by the application."""
    react("participation.seats_cancelled", end_with_the_seats)
    paying_seats.register(why_unpayable)


def end_with_the_seats(event: Event, _request: Any, actor: Actor) -> None:
    """Nobody answers for a seat that was cancelled."""
    end_offers(event.data["seat_ids"], actor=actor)
