"""The card of the estimates on the request's page, for the State and the office alike."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.lifecycle import LIVE, Kind, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.page.cards import Card, CardData
from tracker.participation import queries
from tracker.participation.costing import costing
from tracker.participation.support.queries import support_of

SHOWN = LIVE | {Status.DRAFT}


def estimates_shown(found: AssistanceRequest) -> Mapping[str, Any] | None:
    """What the card of the estimates shows; None once it ended, or while the session has no support set up."""
    if found.kind != Kind.PARTICIPATION or found.session_id is None or found.status not in SHOWN:
        return None
    support = support_of(found.session_id)
    shown = costing(queries.delegates_of(found.id), support) if support is not None else None
    return {"costing": shown} if shown is not None else None


def _estimates(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    return estimates_shown(seen.found)


CARDS = (Card("estimates", 60, "components/case/estimates.html", _estimates),)
