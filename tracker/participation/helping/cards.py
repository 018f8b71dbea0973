"""Who helps, on the page of the delegate."""

from collections.abc import Mapping
from typing import Any

from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.cards import DelegateCard
from tracker.participation.helping.queries import helper_of
from tracker.participation.travel.queries import Travelling


def _shown(here: Here, found: Travelling) -> Mapping[str, Any]:
    return {"token": here.token, "helper": helper_of(found.seat.id)}


CARD = DelegateCard(70, "participation/helping/_card.html", _shown)
