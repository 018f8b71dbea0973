"""Telling the request whether its State was reached: that no letter came through, and that one did at last."""

from collections.abc import Collection

import sqlalchemy as sa

from tracker.accounts.models import Membership
from tracker.assistance.lifecycle import Status as Stands
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.assistance.reaching import services as reaching
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications.lifecycle import Channel, Side, Status
from tracker.notifications.models import Delivery
from tracker.notifications.subjects import About
from tracker.rights.actor import Actor

D, R = Delivery, AssistanceRequest


def say_missed(event: Event, parties: Collection[str]) -> None:
    """No mail about `event` reached anybody of `parties`: where the State is among them, and it was not the State
    that acted, the request says that it was not reached yet."""
    request_id = About.of(event).request_id
    if request_id is None or not parties:
        return
    state = db.session.scalar(sa.select(R.organisation_id).where(R.id == request_id))
    acted = sa.select(Membership.organisation_id).where(Membership.id == event.actor_membership_id)
    if f"organisation:{state}" in parties and db.session.scalar(acted) != state:
        reaching.miss(request_id)


def notice_arrivals() -> int:
    """Begin the time to answer of those whom a letter has reached, and take back what was said of others that it has
    reached since; the number of requests."""
    request_ids = db.session.scalars(sa.union(_missed_before(), _asked_and_uncounted())).all()
    return sum(reaching.reach(number, how=reaching.LETTER, actor=Actor.system) for number in request_ids)


def _missed_before() -> sa.Select[int]:
    """Requests whose State was not reached, until a mail was sent after all."""
    return sa.select(R.id).where(R.unreached_since.is_not(None), _sent().where(D.sent_at >= R.unreached_since).exists())


def _asked_and_uncounted() -> sa.Select[int]:
    """Requests whose State was asked by a mail that was sent, and whose time to answer has not begun."""
    counted = sa.exists().where(Clock.request_id == R.id, Clock.name == "answer", Clock.stopped_at.is_(None))
    asked = _sent().join(Event, Event.id == D.event_id).where(Event.at >= R.status_since)
    return sa.select(R.id).where(R.status == Stands.CLARIFICATION, ~counted, asked.exists())


def _sent() -> sa.Select[int]:
    """Mail about a request that was sent to somebody of its State, or to its official address."""
    key = sa.literal("request:") + sa.cast(R.id, sa.String)
    to_the_state = D.side.in_((Side.STATE, Side.ADDRESS))
    sent = (D.channel == Channel.EMAIL, D.status == Status.SENT, D.subject_key == key, to_the_state)
    return sa.select(D.id).where(*sent).correlate(R)


def reached_in_a_demonstration(event: Event) -> None:
    """Mail that is kept back on purpose counts as sent: the demonstration's States answer in time."""
    if event.name == "assistance.clarification_asked":
        reaching.reach(event.subject_id, how=reaching.LETTER, actor=Actor.system)
