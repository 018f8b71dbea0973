"""What was learned of reaching a State. Its time to answer, or to ask for a second look, begins once it was reached."""

import uuid
from datetime import date, datetime, time

import sqlalchemy as sa

from tracker import events
from tracker.assistance import clocks
from tracker.assistance.checked_request import change, load_for_action
from tracker.assistance.lifecycle import Action, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.reasons import keep_reason
from tracker.assistance.rule_facts import unreached
from tracker.calendar.now import VIENNA, now, today
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

R = AssistanceRequest
LETTER, OPENED, RECORDED = "letter", "opened", "recorded"
"""How a State was reached."""


@verb(events=None)
def miss(request_id: int) -> bool:
    """No letter reached anybody of the State: say so, once until it is reached. Whether it was said now.

    A request that was never submitted is the State's own matter, and a mail inside the State nothing for the office.
    """
    silent = (R.id == request_id, R.unreached_since.is_(None), R.submitted_at.is_not(None))
    if not update_where(R, *silent, unreached_since=now()):
        return False
    events.record("assistance.state_missed", db.session.get_one(R, request_id), actor=Actor.system)
    return True


@verb(events=None)
def reach(request_id: int, *, how: str, actor: Actor) -> bool:
    """The State was reached by a letter, or opened the request: its time to answer begins. Whether that was new."""
    if not update_where(R, R.id == request_id, unreached(), unreached_since=None):
        return False
    request = db.session.scalars(sa.select(R).where(R.id == request_id).execution_options(populate_existing=True)).one()
    _begin_to_count(request, now(), actor)
    events.record("assistance.state_reached", request, actor=actor, how=how)
    return True


@verb
def record_contact(public_id: uuid.UUID, *, actor: Actor, version: int | None, day: date | None, reason: str) -> None:
    """Write down that the office reached the State on `day`, and how, for those whom no letter reached."""
    request = load_for_action(public_id, Action.RECORD_CONTACT, actor=actor, version=version)
    since = request.status_since if request.status == Status.CLARIFICATION else request.unreached_since
    if day is None or since is None or not since.astimezone(VIENNA).date() <= day <= today():
        raise Invalid(fields={"day": lazy("Enter a day between the letter and today.")})
    keep_reason(request, Action.RECORD_CONTACT, reason, actor=actor, day=day)
    change(request, version=version, unreached_since=None)
    _begin_to_count(request, max(since, min(now(), datetime.combine(day, time(12), VIENNA))), actor)
    events.record("assistance.state_reached", request, actor=actor, how=RECORDED, day=day)


def _begin_to_count(request: AssistanceRequest, at: datetime, actor: Actor) -> None:
    """The State reads only now what it is asked, or that it may ask for a second look: its days begin `at` then."""
    if request.status == Status.CLARIFICATION:
        clocks.follow(request, Action.RECORD_CONTACT, actor=actor, at=at)
    elif request.status == Status.DECLINED:
        clocks.begin_anew(request, "reopen", at=at)
