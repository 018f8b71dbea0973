"""Deadlines follow the rules of the office, also those that come into force on a later day."""

import sqlalchemy as sa

from tracker.assistance import clocks
from tracker.assistance.lifecycle import Status
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.reference.lifecycle import REQUEST_CLOCKS

R = AssistanceRequest


@verb(events=0)
def follow_rules() -> int:
    """Give every running clock the days of the rule in force today; gives how many moved. Beat has it called hourly."""
    _begin_what_waits()
    return sum(clocks.rule_changed(name) for name in REQUEST_CLOCKS)


def _begin_what_waits() -> None:
    """Give what waits for an authority its clock, from the day on which it began to wait, where it has none: it was
    asked before there was this clock."""
    running = sa.exists().where(Clock.request_id == R.id, Clock.name == "authorise", Clock.stopped_at.is_(None))
    waits = R.status == Status.AWAITING_AUTHORISATION, R.origin != "imported"
    for assistance_request in db.session.scalars(sa.select(R).where(*waits, ~running)).all():
        clocks.start(assistance_request, "authorise", at=assistance_request.status_since)
