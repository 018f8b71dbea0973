"""Where the delegate takes the page to keep."""

from collections.abc import Mapping
from typing import Any

from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.cards import DelegateCard
from tracker.participation.papers.lifecycle import By
from tracker.participation.travel.queries import Travelling


def _shown(here: Here, _found: Travelling) -> Mapping[str, Any] | None:
    """Where it is taken; a helper keeps no page about what somebody else is paid."""
    return {"token": here.token} if here.by.who is By.DELEGATE else None


CARDS = (DelegateCard(80, "participation/page_to_keep/_card.html", _shown),)
