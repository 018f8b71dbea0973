"""Reads about who is away and who stands in."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from tracker.accounts.models import Membership, MembershipRole, Organisation, Person
from tracker.accounts.models.absences import Absence, goes_on
from tracker.accounts.queries.aliases import HOME_ID
from tracker.extensions import db
from tracker.rights.actor import Actor


def people_stood_in_for(day: date | sa.ColumnElement[date]) -> sa.ScalarSelect[Any]:
    """The select of the ids of people for whom the membership of the enclosing statement stands in on a day, joined."""
    away = aliased(Membership)
    ids = sa.func.aggregate_strings(sa.cast(away.person_id, sa.String), ",")
    mine = Absence.stand_in_id == Membership.id, away.ended_at.is_(None), *goes_on(day)
    joined = sa.select(ids).select_from(Absence).join(away, away.id == Absence.membership_id)
    return joined.where(*mine).correlate(Membership).scalar_subquery()


def stands_in_for(person_id: Any) -> sa.ColumnElement[bool]:
    """The condition that the membership of the enclosing statement stands in today for a person who is away, given as a
    value or as an expression."""
    away = aliased(Membership)
    mine = Absence.stand_in_id == Membership.id, away.id == Absence.membership_id, away.ended_at.is_(None), *goes_on()
    return sa.exists().where(*mine, away.person_id == person_id).correlate(Membership)


def absence_of(membership_id: int | None) -> Absence | None:
    """The absence of a membership that goes on, with who stands in."""
    return next(iter(absences_of([membership_id])), None)


def absences_of(membership_ids: Iterable[int | None]) -> list[Absence]:
    """The absences of these memberships that go on, with who stands in; one statement."""
    query = _whole().where(Absence.membership_id.in_([one for one in membership_ids if one is not None]))
    return list(db.session.scalars(query))


def stood_in_for_by(membership_id: int | None) -> list[Absence]:
    """The absences in which a membership stands in, with who is away."""
    return list(db.session.scalars(_whole().where(Absence.stand_in_id == membership_id).order_by(Absence.back_on)))


def _whole() -> sa.Select[Absence]:
    return (
        sa.select(Absence)
        .where(*goes_on())
        .options(
            joinedload(Absence.stand_in).joinedload(Membership.person),
            joinedload(Absence.membership).joinedload(Membership.person),
        )
    )


def possible_stand_ins(actor: Actor) -> list[Any]:
    """Colleagues of the actor's organisation who hold one of the actor's roles and are there: rows of (id, public_id,
    person_id, name), by name."""
    is_away = sa.exists().where(Absence.membership_id == Membership.id, *goes_on()).correlate(Membership)
    shares = sa.exists().where(
        MembershipRole.membership_id == Membership.id, MembershipRole.role.in_(sorted(actor.roles))
    )
    rows = db.session.execute(
        sa.select(Membership.id, Membership.public_id, Membership.person_id, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            actor.organisation_id == HOME_ID,
            Membership.person_id != actor.person_id,
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
            Organisation.active.is_(True),
            shares,
            ~is_away,
        )
        .order_by(Person.name, Membership.id)
    )
    return list(rows)


def find_stand_in(public_id: uuid.UUID, actor: Actor) -> Any | None:
    """One of those who could stand in; None when it is nobody of them."""
    return next((row for row in possible_stand_ins(actor) if row.public_id == public_id), None)
