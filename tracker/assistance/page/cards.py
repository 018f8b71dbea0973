"""The cards of the request's page that belong to stages: each stage registers its own, so that the page knows none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.assistance.rule_facts import RuleFacts
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class CardData:
    """What a card is given: the request, its lists (`queries.parts_of`), what rules ask of it, and who reads."""

    found: Any
    parts: Any
    facts: RuleFacts
    actor: Actor


@dataclass(frozen=True, slots=True)
class Card:
    """One card: its template is included with what `shown` gives under the name `card_`; None leaves it out.

    `shown` gets what is seen and the form that was refused on this card, or None. Cards below `order` AFTER_FACTS
    stand before what the request says, the others behind it.
    """

    name: str
    order: int
    template: str
    shown: Callable[[CardData, Any], Mapping[str, Any] | None]


AFTER_FACTS = 50
Drawn = list[tuple[str, Mapping[str, Any]]]
_cards: dict[str, Card] = {}


def register(*cards: Card) -> None:
    """Make cards known, once in create_app."""
    for card in cards:
        _cards[card.name] = card


def rendered(seen: CardData, refused: Mapping[str, Any]) -> tuple[Drawn, Drawn]:
    """Templates and what they show, before and behind the facts; `refused` are forms that came back, by card."""
    before: Drawn = []
    behind: Drawn = []
    for card in sorted(_cards.values(), key=lambda card: card.order):
        shown = card.shown(seen, refused.get(card.name))
        if shown is not None:
            (before if card.order < AFTER_FACTS else behind).append((card.template, shown))
    return before, behind
