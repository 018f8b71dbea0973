"""Cards of a delegate's page that belong to other rooms: each registers its own, so that the page knows none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.presenting import Thing
from tracker.participation.papers.lifecycle import By
from tracker.participation.travel.queries import Travelling


@dataclass(frozen=True, slots=True)
class DelegateCard:
    """One card: its template is included with what `shown` gives under the name `card_`; None leaves it out, and one
    without a template has things alone. It stands behind what is paid, in the order of `order`. `things` are what the
    office waits for, or has."""

    order: int
    template: str
    shown: Callable[[Here, Travelling], Mapping[str, Any] | None]
    things: Callable[[Here, Mapping[str, Any]], Sequence[Thing]] = lambda _here, _shown: ()
    for_helpers: bool = False
    """Whether the helper reads it, too."""


_cards: list[DelegateCard] = []


def register(*cards: DelegateCard) -> None:
    """Make cards known, once in create_app."""
    _cards.extend(card for card in cards if card not in _cards)
    _cards.sort(key=lambda card: card.order)


def drawn(here: Here, found: Travelling) -> tuple[list[tuple[str, Mapping[str, Any]]], list[Thing]]:
    """Templates with what they show, and what is missing or there by them."""
    pages: list[tuple[str, Mapping[str, Any]]] = []
    things: list[Thing] = []
    for card in _cards:
        mine = card.for_helpers or here.by.who is not By.HELPER
        shown = card.shown(here, found) if mine else None
        if shown is not None:
            pages += [(card.template, shown)] if card.template else []
            things += card.things(here, shown)
    return pages, things
