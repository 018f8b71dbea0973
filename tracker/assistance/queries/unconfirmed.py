"""What was delivered and waits for the State's word, as a part of larger selects of requests."""

from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import Status
from tracker.assistance.models import Activity, AssistanceRequest, Confirmation

R = AssistanceRequest
_UNCONFIRMED = (
    Activity.request_id == R.id,
    Activity.delivered_on.is_not(None),
    ~sa.exists().where(Confirmation.activity_id == Activity.id),
)


def unconfirmed_since() -> sa.Label[Any]:
    """When the result of the first activity was recorded that waits for the State's word, as a column of a list."""
    first = sa.select(sa.func.min(Activity.recorded_at)).where(*_UNCONFIRMED)
    return first.correlate(R).scalar_subquery().label("unconfirmed_since")


def waits_for_confirmation() -> sa.ColumnElement[bool]:
    """Whether the State has to act next because something delivered is not confirmed, as `waiting.next_to_act` says."""
    return sa.and_(R.status == Status.IN_IMPLEMENTATION, sa.exists().where(*_UNCONFIRMED).correlate(R))
