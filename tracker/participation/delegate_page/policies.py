"""What stands behind a personal link, and for whom: one table."""

from tracker.errors import Forbidden
from tracker.languages.marking import lazy
from tracker.participation.papers.lifecycle import By

HELPER_MAY = frozenset(
    {
        "participation.delegate_page",
        "participation.hand_in_passport",
        "participation.hand_in_visa",
        "participation.say_access_needs",
    }
)
"""What a helper opens. All else is the delegate's alone: money, accounts, conditions, and whatever comes to be."""


def must_be_allowed(who: By, endpoint: str) -> None:
    """Raise Forbidden where a helper opens what is the delegate's."""
    if who is By.HELPER and endpoint not in HELPER_MAY:
        raise Forbidden(lazy("Only the person who travels does this, on the page behind their own link."))
