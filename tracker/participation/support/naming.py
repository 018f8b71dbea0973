"""What sessions name of the office's rates and rules, so that an import is not undone under them."""

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.costs.naming import Named
from tracker.extensions import db
from tracker.participation.support.models import SessionSupport
from tracker.reference.models import Session


def named_costs() -> list[Named]:
    """What sessions that are not over name of the office's rates and rules."""
    over = sa.and_(Session.ends_on.is_not(None), Session.ends_on < today())
    rows = db.session.execute(
        sa.select(Session.code, SessionSupport.rule_set, Session.airport_iata, Session.ends_on)
        .join(SessionSupport, SessionSupport.session_id == Session.id)
        .where(sa.not_(over))
        .order_by(Session.code)
    )
    return [Named(*row) for row in rows]
