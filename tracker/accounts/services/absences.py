"""Being away until a day: what waits stands in the list of the stand-in as well, and messages go to both. Rights do not
move: whoever stands in acts with their own role, in their own name, and the record says for whom."""

import uuid
from datetime import date, timedelta

import sqlalchemy as sa

from tracker import events
from tracker.accounts import queries
from tracker.accounts.models import Absence, Membership, Person
from tracker.accounts.models.absences import goes_on
from tracker.accounts.services.versions import raise_version
from tracker.accounts.waiting_work import Leaver
from tracker.calendar.now import now, today
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Doubtful, Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

LONGEST = timedelta(days=366)


@verb
def begin_absence(*, actor: Actor, back_on: date, stand_in: uuid.UUID, sure: bool = False) -> None:
    """Say that the actor is away from the place under which they act, until the day on which they are back.

    Raise Invalid where the day or the stand-in cannot be, Doubtful where the actor stands in for somebody.
    """
    if not today() < back_on <= today() + LONGEST:
        raise Invalid(fields={"back_on": lazy("Enter a day within a year from now, tomorrow at the earliest.")})
    place = db.session.get_one(Membership, actor.membership_id)
    chosen = queries.find_stand_in(stand_in, actor)
    if chosen is None:
        raise Invalid(fields={"stand_in": lazy("Choose a colleague who holds the same role and is not away.")})
    # Who goes away, and who is chosen, cannot leave or go away at the same moment.
    people = sa.select(Person.id).where(Person.id.in_([actor.person_id, chosen.person_id])).order_by(Person.id)
    db.session.execute(people.with_for_update())
    if queries.find_stand_in(stand_in, actor) is None or queries.absence_of(place.id) is not None:
        raise Conflict(lazy("Somebody else changed this meanwhile. Look at it as it is now."))
    if queries.stood_in_for_by(place.id) and not sure:
        said = lazy("You stand in for a colleague who is away. What waits for both of you then stands in few lists.")
        raise Doubtful(fields={"back_on": said})
    update_where(Absence, Absence.membership_id == place.id, Absence.ended_at.is_(None), ended_at=now())
    db.session.add(Absence(membership_id=place.id, stand_in_id=chosen.id, back_on=back_on))
    events.record("accounts.absence_begun", place, actor=actor, back_on=back_on, stand_in_id=chosen.id)


@verb
def end_absence(*, actor: Actor, version: int | None) -> None:
    """Be back before the day."""
    absence = queries.absence_of(actor.membership_id)
    if absence is None:
        raise Conflict(lazy("You are not away."))
    raise_version(Absence, absence, version)
    _end(absence, actor)


def _end(absence: Absence, actor: Actor) -> None:
    update_where(Absence, Absence.id == absence.id, ended_at=now())
    events.record("accounts.absence_ended", absence.membership, actor=actor, stand_in_id=absence.stand_in_id)


def stand_ins(leaver: Leaver) -> sa.ScalarSelect[int]:
    """The select of for how many people somebody stands in who leaves."""
    number = sa.select(sa.func.count()).select_from(Absence).join(Membership, Membership.id == Absence.stand_in_id)
    return number.where(Membership.person_id == leaver.person_id, *goes_on()).scalar_subquery()


@verb(events=None)
def pass_on_stand_ins(leaver: Leaver, successor_id: int | None, actor: Actor) -> None:
    """Let the successor stand in where somebody does who leaves; without one the person who is away is told that nobody
    stands in any more."""
    standing = sa.select(Membership.id).where(Membership.person_id == leaver.person_id, Membership.ended_at.is_(None))
    for membership_id in db.session.scalars(standing).all():
        for absence in queries.stood_in_for_by(membership_id):
            _pass_on(absence, successor_id, actor)


def _pass_on(absence: Absence, successor_id: int | None, actor: Actor) -> None:
    away = absence.membership
    their = sa.select(Membership.id).where(
        Membership.person_id == successor_id,
        Membership.person_id != away.person_id,
        Membership.organisation_id == away.organisation_id,
        Membership.ended_at.is_(None),
    )
    new = db.session.scalar(their) if successor_id is not None else None
    if new is None:
        _end(absence, actor)
        return
    update_where(Absence, Absence.id == absence.id, stand_in_id=new, version=Absence.version + 1)
    events.record("accounts.stand_in_changed", away, actor=actor, back_on=absence.back_on, stand_in_id=new)
