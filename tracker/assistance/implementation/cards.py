"""The card of the implementation on the request's page: what is planned, and what was delivered."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.lifecycle import Action
from tracker.assistance.page.cards import Card, CardData
from tracker.assistance.policies import RULES
from tracker.rights.rules import can


def _activities(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    if not seen.parts.activities:
        return None
    return {"may_confirm": can(RULES, Action.CONFIRM_IMPLEMENTATION, seen.actor, seen.facts) is None}


CARDS = (Card("implementation", 30, "assistance/implementation/_activities.html", _activities),)
