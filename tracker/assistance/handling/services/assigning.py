"""Who works on what: one request, many at once, or everything that an officer had."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from tracker import events
from tracker.accounts.models import Person
from tracker.assistance.checked_request import change, load_for_action_with_facts
from tracker.assistance.lifecycle import OPEN, SECOND_LOOK, Action
from tracker.assistance.models import AssistanceRequest, Decision, Recusal
from tracker.assistance.policies import ANOTHER_OFFICER, barred_people, is_manager, is_officer
from tracker.assistance.queries.nobody import working_officers
from tracker.assistance.queries.visible import visible_to
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Forbidden, Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

R = AssistanceRequest
MOST_AT_ONCE = 500


@verb
def assign(public_id: uuid.UUID, *, actor: Actor, version: int | None, officer: uuid.UUID) -> None:
    """Give a request to an officer (`officer`: the person's public id), who is told."""
    assistance_request, facts = load_for_action_with_facts(public_id, Action.ASSIGN, actor=actor, version=version)
    person = working_officer(officer)
    if person.id in facts.recused_ids:
        raise Invalid(fields={"officer": lazy("This officer declared a conflict of interest with the request.")})
    if person.id in barred_people(facts):
        raise Invalid(fields={"officer": ANOTHER_OFFICER})
    change(assistance_request, version=version, assigned_to_id=person.id)
    events.record("assistance.assigned", assistance_request, actor=actor, officer_id=person.id)


@verb
def bulk_assign(public_ids: Sequence[uuid.UUID], *, actor: Actor, officer: uuid.UUID) -> dict[str, int]:
    """Give many open requests to one officer in one act, one event. Gives how many were `assigned` and `left`.

    Left are those that are closed, not visible to the actor, from which the actor or the officer recused, or that the
    officer decided before and that are looked at again.
    """
    _refuse_unless(is_officer(actor, None))
    if not public_ids or len(public_ids) > MOST_AT_ONCE:
        raise Invalid(fields={"requests": lazy("Tick between 1 and %(most)d requests.", most=MOST_AT_ONCE)})
    person = working_officer(officer)
    ids = _movable(R.public_id.in_(public_ids), actor, person)
    _move(ids, person.id)
    events.record(
        "assistance.bulk_assigned",
        person,
        actor=actor,
        organisation_id=actor.organisation_id,
        officer_id=person.id,
        also_about=(R, ids),
        request_ids=ids,
    )
    return {"assigned": len(ids), "left": len(set(public_ids)) - len(ids)}


@verb
def hand_over(*, actor: Actor, from_officer: uuid.UUID | None, to_officer: uuid.UUID) -> dict[str, int]:
    """Give all open work of one officer to another, in one act; managers do it, and officers with their own.

    Gives how many were `assigned` and `left` (the new officer recused from them, or decided them before).
    """
    giver = db.session.scalars(sa.select(Person).where(Person.public_id == from_officer)).one_or_none()
    if giver is None:
        raise Invalid(fields={"from_officer": lazy("Choose an officer.")})
    if giver.id == actor.person_id:
        _refuse_unless(is_officer(actor, None))
    else:
        _refuse_unless(is_manager(actor, None))
    person = working_officer(to_officer, field="to_officer")
    if person.id == giver.id:
        raise Invalid(fields={"to_officer": lazy("Choose somebody else.")})
    held = R.assigned_to_id == giver.id
    ids = _movable(held, actor, person, own=True)
    left = db.session.scalar(
        sa.select(sa.func.count()).select_from(R).where(held, R.status.in_(OPEN), R.id.not_in(ids))
    )
    _move(ids, person.id)
    events.record(
        "assistance.handed_over",
        person,
        actor=actor,
        organisation_id=actor.organisation_id,
        from_officer_id=giver.id,
        officer_id=person.id,
        also_about=(R, ids),
        request_ids=ids,
    )
    return {"assigned": len(ids), "left": left or 0}


def working_officer(public_id: uuid.UUID, field: str = "officer") -> Person:
    """The person, when they can work on requests now. Raises Invalid at `field`."""
    # Whoever takes this person's roles away at the same moment waits here, or is waited for; then it is looked anew.
    db.session.execute(sa.select(Person.id).where(Person.public_id == public_id).with_for_update(read=True))
    working = Person.public_id == public_id, Person.id.in_(working_officers())
    found = db.session.scalars(sa.select(Person).where(*working)).one_or_none()
    if found is None:
        raise Invalid(fields={field: lazy("Choose an officer.")})
    return found


def _movable(condition: sa.ColumnElement[bool], actor: Actor, person: Person, *, own: bool = False) -> list[int]:
    """Ids of the open requests that the actor sees and that may be assigned to this person, in order."""
    fit = fits_officer(person.id)
    statement = sa.select(R.id).where(condition, R.status.in_(OPEN), visible_to(actor), *fit)
    if not own:
        statement = statement.where(sa.not_(_recused(actor.person_id)))
    return list(db.session.scalars(statement.order_by(R.id).with_for_update()))


def fits_officer(person_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions that a request may be assigned to this person: who did not recuse, nor decided what is looked at
    again."""
    decided = sa.exists().where(
        Decision.id == R.decision_id,
        R.status.in_(SECOND_LOOK),
        sa.or_(Decision.prepared_by_id == person_id, Decision.signed_by_id == person_id),
    )
    return sa.not_(_recused(person_id)), sa.not_(decided)


def _recused(person_id: int | None) -> sa.ColumnElement[bool]:
    return sa.exists().where(Recusal.request_id == R.id, Recusal.person_id == person_id)


def _move(ids: list[int], person_id: int) -> None:
    if not ids:
        raise Invalid(fields={"requests": lazy("None of these requests can be handed over.")})
    update_where(R, R.id.in_(ids), assigned_to_id=person_id, version=R.version + 1, updated_at=now())


def _refuse_unless(refusal: object) -> None:
    if refusal is not None:
        raise Forbidden(refusal)
