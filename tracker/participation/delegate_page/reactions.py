"""A confirmed seat gives its person a personal link."""

from typing import Any

from tracker.events import Event, react
from tracker.participation.delegate_page.services import make_links
from tracker.rights.actor import Actor


def register() -> None:
    """Called once by the application."""
    react("participation.seat_confirmed", send_links)


def send_links(event: Event, _request: Any, actor: Actor) -> None:
    """Each person whose seat was confirmed gets a link, in the transaction of the confirmation."""
    make_links(event.data["seat_ids"], event.data["delegate_ids"], actor=actor)
