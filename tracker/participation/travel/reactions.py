"""What begins at the travel desk when a State confirms a seat."""

from typing import Any

from tracker.events import Event, react
from tracker.participation.travel.services import ask_payee
from tracker.rights.actor import Actor


def register() -> None:
    """Called once by the application."""
    react("participation.seat_confirmed", ask_how_to_pay)


def ask_how_to_pay(event: Event, request: Any, actor: Actor) -> None:
    """Finance is asked for the payee's number on the day of confirmation."""
    ask_payee(request, event.data["seat_ids"], event.data["delegate_ids"], actor=actor)
