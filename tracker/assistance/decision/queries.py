"""What the pages of a decision show beside it."""

from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import CLOSED, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries.visible import visible_to
from tracker.assistance.rule_facts import DecisionFacts
from tracker.extensions import db
from tracker.rights.actor import Actor

MOST_OFFERED = 50


def joined_request(decision: DecisionFacts) -> Any:
    """Reference and title of the request that a merger joins, or None."""
    if decision.merged_into_id is None:
        return None
    columns = (AssistanceRequest.public_id, AssistanceRequest.reference, AssistanceRequest.title)
    return db.session.execute(sa.select(*columns).where(AssistanceRequest.id == decision.merged_into_id)).one_or_none()


def may_be_joined(assistance_request: AssistanceRequest, actor: Actor) -> tuple[Any, ...]:
    """Conditions on the requests that this one can join: open ones of the same State and kind."""
    other = AssistanceRequest
    return (
        other.id != assistance_request.id,
        other.organisation_id == assistance_request.organisation_id,
        other.kind == assistance_request.kind,
        other.status.not_in(CLOSED | {Status.DRAFT, Status.AWAITING_AUTHORISATION}),
        visible_to(actor),
    )


def joinable(assistance_request: AssistanceRequest, actor: Actor) -> list[Any]:
    """Reference and title of the requests that this one can join, the newest first, at most MOST_OFFERED."""
    return list(
        db.session.execute(
            sa.select(AssistanceRequest.reference, AssistanceRequest.title)
            .where(*may_be_joined(assistance_request, actor))
            .order_by(AssistanceRequest.id.desc())
            .limit(MOST_OFFERED)
        )
    )
