"""The claim on the delegate's page: when it opens, how far it is, and the way to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from tracker.participation.claims import presenting, queries
from tracker.participation.claims.lifecycle import CLAIM_LABELS, ClaimStatus, opens_on
from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.cards import DelegateCard
from tracker.participation.delegate_page.presenting import Thing
from tracker.participation.papers.lifecycle import By
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.queries import Travelling


def _shown(here: Here, of_seat: Travelling) -> Mapping[str, Any] | None:
    """How far it is; where nothing was claimed before the settlement what is due, and nothing for a helper."""
    found, helps = queries.get_own(here.seat_id, here.by), here.by.who is By.HELPER
    only_due = of_seat.status is SeatStatus.SETTLED and found.sent is None
    if only_due and (helps or presenting.settled_of(found) is None):
        return None
    way = {"token": here.token, "helps": helps, "labels": CLAIM_LABELS, "only_due": only_due}
    return {"one": found, "opens_on": opens_on(found.last_day), **way}


def _things(_here: Here, shown: Mapping[str, Any]) -> Sequence[Thing]:
    """A claim is the delegate's to make: it is missing only once it was begun or is to be completed. Nothing of it is
    missing of a helper, who does not send it."""
    one = shown["one"]
    if shown["helps"]:
        return []
    if one.is_over and one.draft is not None:
        return [Thing(_("Claim"), _("You have not sent it yet."), done=False)]
    if one.is_over and one.sent is not None:
        asked = one.sent.row.status == ClaimStatus.ASKED
        words = _("The office asks you to complete it.") if asked else str(CLAIM_LABELS[one.sent.row.status])
        return [Thing(_("Claim"), words, done=not asked)]
    return []


CARD = DelegateCard(80, "participation/claims/_card.html", _shown, _things, for_helpers=True)
