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
        "participation.own_claim",
        "participation.own_claim_days",
        "participation.own_claim_boarding",
        "participation.own_claim_receipt",
        "participation.own_claim_paper",
        "participation.remove_own_claim_paper",
        "participation.take_delegate_piece",
    }
)
"""What a helper opens: papers, and the claim as far as it is prepared. All else is the delegate's alone: money,
accounts, conditions, sending a claim, and whatever comes to be."""


def must_be_allowed(who: By, endpoint: str) -> None:
    """Raise Forbidden where a helper opens what is the delegate's."""
    if who is By.HELPER and endpoint not in HELPER_MAY:
        raise Forbidden(lazy("Only the person who travels does this, on the page behind their own link."))
