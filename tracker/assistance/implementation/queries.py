"""One activity of a request."""

import uuid

import sqlalchemy as sa

from tracker.assistance.models import Activity, AssistanceRequest
from tracker.errors import NotFound
from tracker.extensions import db


def planned_activity(assistance_request: AssistanceRequest, public_id: uuid.UUID) -> Activity:
    """The activity of a request that the actor may see. Raises NotFound."""
    found = db.session.scalars(
        sa.select(Activity).where(Activity.public_id == public_id, Activity.request_id == assistance_request.id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
