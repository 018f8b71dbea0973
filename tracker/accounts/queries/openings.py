"""Which auditor looked at whom, for those who watch over reading that is recorded."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tracker.accounts.models import Person
from tracker.events.models import Event
from tracker.events.opening import OPENED
from tracker.extensions import db
from tracker.rights.actor import SECRET_READERS, Actor

NEWEST = 20


@dataclass(frozen=True, slots=True)
class Opening:
    """When somebody opened a page, and who it was."""

    at: datetime
    by: str


def openings_of_person(person_id: int, actor: Actor) -> list[Opening]:
    """The newest openings of a person's page, newest first."""
    if not actor.has(*SECRET_READERS):
        return []
    about = Event.subject_type == Person.__event_subject__, Event.subject_id == person_id, Event.name == OPENED
    query = sa.select(Event.at, Person.name).join(Person, Person.id == Event.actor_person_id).where(*about)
    return [Opening(*row) for row in db.session.execute(query.order_by(Event.id.desc()).limit(NEWEST))]
