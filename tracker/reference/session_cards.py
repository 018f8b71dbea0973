"""Cards of a session's page that belong to higher rooms: each registers its own, so that the page knows none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.reference.models import Session
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One card: its template is included with what `shown` gives under the name `card_`; None leaves it out. It stands
    beside the session's facts, or below them where it is `wide`; there in the order of `order`."""

    order: int
    template: str
    shown: Callable[[Session, Actor], Mapping[str, Any] | None]
    wide: bool = False


Drawn = list[tuple[str, Mapping[str, Any]]]
_cards: list[SessionCard] = []


def register(*cards: SessionCard) -> None:
    """Make cards known, once in create_app."""
    _cards.extend(card for card in cards if card not in _cards)
    _cards.sort(key=lambda card: card.order)


def rendered(session: Session, actor: Actor) -> tuple[Drawn, Drawn]:
    """Templates and what they show to who reads: those below the facts, and those beside them."""
    below: Drawn = []
    beside: Drawn = []
    for card in _cards:
        shown = card.shown(session, actor)
        if shown is not None:
            (below if card.wide else beside).append((card.template, shown))
    return below, beside
