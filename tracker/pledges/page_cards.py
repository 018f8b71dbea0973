"""Cards of a pledge's page that belong to higher rooms: each registers its own, so that the page knows none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.pledges.models import Pledge
from tracker.pledges.queries.uses import Use
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class PledgeCard:
    """One card: its template is included with what `shown` gives under the name `card_`; None leaves it out. It stands
    behind what became of the money, in the order of `order`; `shown` gets the uses that the page has read."""

    order: int
    template: str
    shown: Callable[[Pledge, Sequence[Use], Actor], Mapping[str, Any] | None]


_cards: list[PledgeCard] = []


def register(*cards: PledgeCard) -> None:
    """Make cards known, once in create_app."""
    _cards.extend(card for card in cards if card not in _cards)
    _cards.sort(key=lambda card: card.order)


def rendered(pledge: Pledge, uses: Sequence[Use], actor: Actor) -> list[tuple[str, Mapping[str, Any]]]:
    """Templates and what they show to who reads."""
    drawn = ((card.template, card.shown(pledge, uses, actor)) for card in _cards)
    return [(template, shown) for template, shown in drawn if shown is not None]
