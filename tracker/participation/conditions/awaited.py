"""Whether a delegate is still to accept the conditions, as it is asked of many in one statement."""

from collections.abc import Collection

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.participation.conditions.models import ConditionsAnswer, ConditionsVersion
from tracker.participation.models import Delegate
from tracker.reference.models import Session


def conditions_awaited() -> sa.ColumnElement[bool]:
    """Of each delegate of a statement that reads `Delegate` and its request: conditions hold today, did so before the
    session was over, and the person has accepted none."""
    over = sa.select(Session.ends_on).where(Session.id == AssistanceRequest.session_id).correlate(AssistanceRequest)
    ends_on = sa.func.coalesce(over.scalar_subquery(), sa.cast(today(), sa.Date))
    holds = sa.exists().where(ConditionsVersion.holds_from <= today(), ConditionsVersion.holds_from <= ends_on)
    accepted = sa.exists().where(ConditionsAnswer.delegate_id == Delegate.id)
    return sa.and_(holds.correlate(AssistanceRequest), ~accepted.correlate(Delegate))


def standing_of(delegate_ids: Collection[int]) -> dict[int, bool]:
    """Of these delegates whether each has accepted; those of whom nothing is asked are left out. One statement."""
    accepted = sa.exists().where(ConditionsAnswer.delegate_id == Delegate.id).correlate(Delegate)
    rows = db.session.execute(
        sa.select(Delegate.id, accepted)
        .join(AssistanceRequest, AssistanceRequest.id == Delegate.request_id)
        .where(Delegate.id.in_(delegate_ids), sa.or_(accepted, conditions_awaited()))
    )
    return {row[0]: bool(row[1]) for row in rows}
