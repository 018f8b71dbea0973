"""Who helps, on the page of the delegate."""

from collections.abc import Mapping
from typing import Any

from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.cards import DelegateCard
from tracker.participation.helping.queries import helper_of
from tracker.participation.travel.lifecycle import ON_THE_WAY
from tracker.participation.travel.queries import Travelling


def _shown(here: Here, found: Travelling) -> Mapping[str, Any] | None:
    """None once the journey is settled: nobody can be named any more, and the help has ended."""
    if found.status not in ON_THE_WAY:
        return None
    return {"token": here.token, "helper": helper_of(found.seat.id)}


CARD = DelegateCard(70, "participation/helping/_card.html", _shown)
