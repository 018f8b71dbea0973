"""What the pages of a decision show beside it."""

from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest, Decision
from tracker.extensions import db


def joined_request(decision: Decision) -> Any:
    """Reference and title of the request that a merger joins, or None."""
    if decision.merged_into_id is None:
        return None
    columns = (AssistanceRequest.public_id, AssistanceRequest.reference, AssistanceRequest.title)
    return db.session.execute(sa.select(*columns).where(AssistanceRequest.id == decision.merged_into_id)).one_or_none()
