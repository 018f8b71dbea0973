"""An officer leaves: their open requests pass to one colleague, or to all of them."""

from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts.models import Organisation, Person
from tracker.accounts.waiting_work import Leaver
from tracker.assistance.handling.services.assigning import fits_officer
from tracker.assistance.lifecycle import CLOSED
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.rights.actor import Actor

R = AssistanceRequest


@verb(events=None)
def pass_on_requests(leaver: Leaver, successor_id: int | None, actor: Actor) -> None:
    """Give an officer's open requests to a colleague; those that the colleague may not have, or all where nobody is
    named, have no officer then, and every officer is told. Two statements each, however many there are."""
    held = sa.select(R.id).where(R.assigned_to_id == leaver.person_id, R.status.not_in(CLOSED)).order_by(R.id)
    ids = list(db.session.scalars(held.with_for_update()))
    given = [] if successor_id is None else list(db.session.scalars(held.where(*fits_officer(successor_id))))
    if given:
        _assign(given, successor_id)
        person = db.session.get_one(Person, successor_id)
        facts: dict[str, Any] = {"from_officer_id": leaver.person_id, "officer_id": successor_id, "request_ids": given}
        events.record("assistance.handed_over", person, actor=actor, also_about=(R, given), **facts)
    left = sorted(set(ids) - set(given))
    if left:
        _assign(left, None)
        office = db.session.get_one(Organisation, leaver.organisation_id)
        facts = {"from_officer_id": leaver.person_id, "request_ids": left}
        events.record("assistance.left_without_officer", office, actor=actor, also_about=(R, left), **facts)


def _assign(ids: list[int], person_id: int | None) -> None:
    update_where(R, R.id.in_(ids), assigned_to_id=person_id, version=R.version + 1, updated_at=now())
