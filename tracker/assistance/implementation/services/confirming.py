"""The State's word on what was delivered."""

import uuid

import sqlalchemy as sa

from tracker import events
from tracker.assistance import queries
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import Activity, AssistanceRequest, Confirmation
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def confirm_implementation(
    public_id: uuid.UUID, *, actor: Actor, activity_public_id: uuid.UUID, rating: int, comment: str = ""
) -> None:
    """Confirm that an activity took place and rate it from one (poor) to five (very good); once."""
    request = queries.get_visible(public_id, actor)
    authorize(RULES, Action.CONFIRM_IMPLEMENTATION, actor, rule_facts_of(request.id))
    activity = db.session.scalars(
        sa.select(Activity).where(Activity.request_id == request.id, Activity.public_id == activity_public_id)
    ).one_or_none()
    if activity is None:
        raise NotFound
    if activity.delivered_on is None:
        raise Conflict(lazy("This activity has not been delivered yet."))
    if not 1 <= rating <= 5:
        raise Invalid(fields={"rating": lazy("Choose a rating from 1 to 5.")})
    known = sa.select(Confirmation.id).where(Confirmation.activity_id == activity.id)
    if db.session.scalar(known) is not None:
        raise Conflict(lazy("Somebody of your State has confirmed this delivery already."))
    db.session.add(
        Confirmation(
            activity_id=activity.id,
            rating=rating,
            comment=comment.strip(),
            language=actor.language,
            confirmed_by_id=actor.person_id,
        )
    )
    db.session.flush()
    _wait_for_the_office_again(request)
    events.record("assistance.implementation_confirmed", request, actor=actor, activity_id=activity.id, rating=rating)


def _wait_for_the_office_again(request: AssistanceRequest) -> None:
    """Once nothing is left to confirm it is the office's turn, from now on."""
    confirmed = sa.exists().where(Confirmation.activity_id == Activity.id)
    left = sa.select(Activity.id).where(
        Activity.request_id == request.id, Activity.delivered_on.is_not(None), ~confirmed
    )
    if db.session.scalar(left.limit(1)) is None:
        update_where(AssistanceRequest, AssistanceRequest.id == request.id, waits_since=now())
