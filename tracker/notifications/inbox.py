"""A person's own notifications, each in the reader's language and with the rights of this moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import subjects
from tracker.notifications.catalogue import CATALOGUE
from tracker.notifications.lifecycle import Channel, Side
from tracker.notifications.messages import wording
from tracker.notifications.models import Delivery
from tracker.notifications.subjects import Subject, View
from tracker.rights.actor import Actor

PAGE = 25
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list. `reference` and `status` are empty where there is none."""

    id: int
    public_id: Any
    at: datetime
    headline: str
    status: str | None
    reference: str
    read: bool
    view: View


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of the list. Go on below the row id `further` (None at the end); `newest` is the highest row id that was
    looked at, also where the line itself is not shown."""

    entries: list[Entry]
    further: int | None
    newest: int


def own(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    """The actor's notifications: those told under the present membership, or to the person alone."""
    mine = sa.or_(Delivery.membership_id == actor.membership_id, Delivery.membership_id.is_(None))
    return Delivery.person_id == actor.person_id, Delivery.channel == Channel.INAPP, mine


@cache
def unread() -> sa.ScalarSelect[int]:
    """The select of how many notifications a person has not read, counted up to MOST_COUNTED. Built once: every page
    of a signed-in person shows the figure."""
    mine = sa.or_(Delivery.membership_id == sa.bindparam("membership_id"), Delivery.membership_id.is_(None))
    rows = sa.select(Delivery.id).where(
        Delivery.person_id == sa.bindparam("person_id"),
        Delivery.channel == Channel.INAPP,
        mine,
        Delivery.read_at.is_(None),
    )
    return sa.select(sa.func.count()).select_from(rows.limit(MOST_COUNTED).subquery()).scalar_subquery()


def unread_count(actor: Actor) -> int:
    """How many notifications the actor has not read, counted up to MOST_COUNTED."""
    ids = {"person_id": actor.person_id, "membership_id": actor.membership_id}
    return db.session.scalar(sa.select(unread()), ids) or 0


def page(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> Page:
    """The actor's notifications, newest first.

    At most three statements, however many lines. What the actor may no longer know of is left out.
    """
    older = (Delivery.id < before,) if before is not None else ()
    rows = db.session.execute(
        sa.select(Delivery, Event)
        .join(Event, Event.id == Delivery.event_id)
        .where(*own(actor), *older)
        .order_by(Delivery.id.desc())
        .limit(limit + 1)
    ).all()
    shown = [(delivery, event) for delivery, event in rows[:limit]]
    about = subjects.of_events([event for _delivery, event in shown], actor)
    entries = [entry for delivery, event in shown if (entry := _entry(delivery, event, about))]
    return Page(entries, shown[-1][0].id if len(rows) > limit else None, shown[0][0].id if shown else 0)


def one(actor: Actor, public_id: Any) -> Entry | None:
    """One of the actor's notifications, None when it is not theirs or its subject is gone."""
    row = db.session.execute(
        sa.select(Delivery, Event)
        .join(Event, Event.id == Delivery.event_id)
        .where(*own(actor), Delivery.public_id == public_id)
    ).one_or_none()
    return _entry(row[0], row[1], subjects.of_events([row[1]], actor)) if row else None


def _entry(delivery: Delivery, event: Event, about: Mapping[int, Subject]) -> Entry | None:
    notice, subject = CATALOGUE.get(event.name), about.get(event.id)
    if notice is None or subject is None:
        return None
    words = wording(notice, subject, Side(delivery.side), inside=True)
    return Entry(
        id=delivery.id,
        public_id=delivery.public_id,
        at=event.at,
        headline=words["headline"],
        status=words["status"],
        reference=words["reference"],
        read=delivery.read_at is not None,
        view=words["view"],
    )
