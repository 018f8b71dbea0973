"""What follows acceptance: activities are planned, delivered and recorded, until the request is completed."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance import clocks
from tracker.assistance.checked_request import load_for_action, load_for_action_with_facts, stale_with_present_state
from tracker.assistance.conflicts import RECORDED_ALREADY
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.assistance.models import Activity, AssistanceRequest, NoteVerbale
from tracker.assistance.required_texts import required
from tracker.assistance.rule_facts import RuleFacts
from tracker.calendar.now import now, today
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound, Stale
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.kinds import DOCUMENTS
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Result:
    """What was delivered: the day, the place, how many people by gender, in words, and a document of it."""

    delivered_on: date
    place: str
    result: str
    women: int = 0
    men: int = 0
    not_stated: int = 0


@verb
def plan_activity(
    public_id: uuid.UUID, *, actor: Actor, title: str, planned_on: date | None = None, place: str = ""
) -> str:
    """Plan a workshop, mission, text or trip for an accepted request. Gives the activity's public id."""
    required(title=title)
    assistance_request = load_for_action(public_id, Action.PLAN_ACTIVITY, actor=actor, version=None)
    activity = Activity(
        request_id=assistance_request.id,
        title=title.strip(),
        language=actor.language,
        planned_on=planned_on,
        place=place.strip(),
        planned_by_id=actor.person_id,
    )
    db.session.add(activity)
    db.session.flush()
    events.record("assistance.activity_planned", assistance_request, actor=actor, activity_id=activity.id)
    return str(activity.public_id)


@verb
def record_implementation(
    public_id: uuid.UUID,
    activity_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    result: Result,
    document: Any = None,
) -> None:
    """Record what an activity brought; the State is asked to confirm it. `version` is the activity's."""
    assistance_request = load_for_action(public_id, Action.RECORD_IMPLEMENTATION, actor=actor, version=None)
    activity = _activity(assistance_request, activity_id)
    _check(result, assistance_request)
    if activity.delivered_on is not None:
        raise Conflict(RECORDED_ALREADY)
    stored = files.put(document, actor=actor, subject=assistance_request, kinds=DOCUMENTS) if document else None
    changed = update_where(
        Activity,
        Activity.id == activity.id,
        Activity.version == (activity.version if version is None else version),
        Activity.delivered_on.is_(None),
        version=Activity.version + 1,
        **_facts(result),
        file_id=stored.id if stored else None,
        recorded_by_id=actor.person_id,
        recorded_at=now(),
    )
    if not changed:
        raise Stale(lazy("Somebody changed this activity while you had it open."), theirs={"title": activity.title})
    events.record("assistance.implementation_recorded", assistance_request, actor=actor, activity_id=activity.id)


def _activity(assistance_request: AssistanceRequest, public_id: uuid.UUID) -> Activity:
    """One of the request's activities, as it stands now. Raises NotFound."""
    found = db.session.scalars(
        sa.select(Activity)
        .where(Activity.public_id == public_id, Activity.request_id == assistance_request.id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def _facts(result: Result) -> dict[str, Any]:
    return {**asdict(result), "place": result.place.strip(), "result": result.result.strip()}


def _check(result: Result, assistance_request: AssistanceRequest) -> None:
    required(place=result.place, result=result.result)
    if result.delivered_on > today():
        raise Invalid(fields={"delivered_on": lazy("This day is still to come.")})
    note = db.session.get(NoteVerbale, assistance_request.note_id) if assistance_request.note_id else None
    if note and result.delivered_on < note.dated:
        message = lazy("This day is before the State asked, on %(day)s.", day=format_day(note.dated))
        raise Invalid(fields={"delivered_on": message})
    for name in ("women", "men", "not_stated"):
        if not 0 <= getattr(result, name) <= 100_000:
            raise Invalid(fields={name: lazy("Write how many people, 0 when nobody.")})


@verb
def start_implementation(
    public_id: uuid.UUID, *, actor: Actor, version: int | None, paid_by_id: int | None = None
) -> None:
    """Begin the implementation: a manager says so, or the first disbursement does (`Actor.system`), which the person
    `paid_by_id` recorded."""
    assistance_request = load_for_action(public_id, Action.START_IMPLEMENTATION, actor=actor, version=version)
    with stale_with_present_state(assistance_request):
        assistance_request.apply(Action.START_IMPLEMENTATION, version=version)
    clocks.follow(assistance_request, Action.START_IMPLEMENTATION, actor=actor)
    by: dict[str, Any] = {} if paid_by_id is None else {"paid_by_id": paid_by_id}
    events.record("assistance.implementation_started", assistance_request, actor=actor, **by)


@verb
def complete(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Close a request whose assistance was delivered. Raises Invalid with what still stands in the way."""
    assistance_request, facts = load_for_action_with_facts(public_id, Action.COMPLETE, actor=actor, version=version)
    open_ends = obstacles(assistance_request, facts)
    if open_ends:
        raise Invalid(next(iter(open_ends.values())), fields=open_ends)
    with stale_with_present_state(assistance_request):
        assistance_request.apply(Action.COMPLETE, version=version)
    clocks.follow(assistance_request, Action.COMPLETE, actor=actor)
    events.record("assistance.completed", assistance_request, actor=actor)


def obstacles(assistance_request: AssistanceRequest, facts: RuleFacts) -> dict[str, Any]:
    """What stands in the way of completing: no delivered activity, and what higher capabilities say (money held).
    An amendment that waits is an open end too: whoever signs it later would change what is over."""
    found = {}
    delivered = sa.select(Activity.id).where(
        Activity.request_id == assistance_request.id, Activity.delivered_on.is_not(None)
    )
    if db.session.scalar(delivered.limit(1)) is None:
        found["delivered"] = lazy("Record first what was delivered.")
    if facts.prepared_decision is not None:
        found["amendment"] = lazy("An amendment waits for a signature: sign it or drop it first.")
    return found | missing(Kind(assistance_request.kind), Action.COMPLETE, assistance_request)
