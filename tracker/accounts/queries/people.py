"""Reads about people and their memberships, limited to what the actor may see."""

import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from tracker.accounts.lifecycle import SESSION_HOLDS, SESSION_IDLE
from tracker.accounts.links import hash_of
from tracker.accounts.models import (
    Membership,
    MembershipRole,
    Office,
    Organisation,
    PasswordReset,
    Person,
    WebSession,
)
from tracker.accounts.queries.aliases import HOME_ID, ids_of
from tracker.calendar.now import now
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.languages.addresses import part_of_email
from tracker.rights.actor import Actor


def person_by_email(email: str) -> Person | None:
    """The person with this (normal) address, whoever asks: for signing in and inviting only."""
    return db.session.scalars(sa.select(Person).where(Person.email == email)).one_or_none()


def myself(actor: Actor) -> Person:
    """The signed-in person's own row."""
    return db.session.get_one(Person, actor.person_id)


def sessions_of(actor: Actor) -> list[WebSession]:
    """The actor's living sessions, the one used last first."""
    moment = now()
    return list(
        db.session.scalars(
            sa.select(WebSession)
            .where(
                WebSession.person_id == actor.person_id,
                WebSession.ended_at.is_(None),
                WebSession.touched_at > moment - SESSION_IDLE,
                WebSession.created_at > moment - SESSION_HOLDS,
            )
            .order_by(WebSession.touched_at.desc(), WebSession.id.desc())
        )
    )


def visible_organisations(actor: Actor) -> Any:
    """The condition on Organisation for what `actor` may see: its own, and all for the office's people."""
    if actor.is_staff or actor.is_system:
        return sa.true()
    return (actor.organisation_id or 0) == HOME_ID


def members(organisation_id: int) -> list[Membership]:
    """The living memberships of one organisation and its aliases, by name, with person, office and roles, in one
    statement."""
    return list(
        db.session.scalars(
            sa.select(Membership)
            .join(Membership.person)
            .where(Membership.organisation_id.in_(ids_of(organisation_id)), Membership.ended_at.is_(None))
            .options(
                contains_eager(Membership.person),
                joinedload(Membership.organisation),
                joinedload(Membership.office),
                joinedload(Membership.role_rows),
                joinedload(Membership.proposals),
            )
            .order_by(Person.name, Membership.id)
        ).unique()
    )


def get_membership(public_id: uuid.UUID, actor: Actor) -> Membership:
    """One living membership that the actor may see, with person, office, organisation and roles; else NotFound."""
    found = db.session.scalars(
        sa.select(Membership)
        .join(Membership.organisation)
        .where(Membership.public_id == public_id, Membership.ended_at.is_(None), visible_organisations(actor))
        .options(
            contains_eager(Membership.organisation),
            joinedload(Membership.person),
            joinedload(Membership.office),
            selectinload(Membership.role_rows),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def reset_by_token(token: str) -> PasswordReset | None:
    """The usable password reset behind a link, with its person; else None."""
    return db.session.scalars(
        sa.select(PasswordReset)
        .join(PasswordReset.person)
        .where(
            PasswordReset.token_hash == hash_of(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now(),
            Person.disabled_at.is_(None),
        )
        .options(contains_eager(PasswordReset.person))
    ).one_or_none()


def people_page(actor: Actor, *, text: str = "", after: tuple[str, int] | None = None, limit: int = 50) -> list[Any]:
    """People for the office's settings page, by name: at most `limit` + 1 rows of (Person, organisation codes).

    `text` is looked for in names and addresses; `after` is the (name, id) of the last row seen.
    """
    if not actor.is_staff:
        return []
    home = aliased(Organisation)
    codes = (
        sa.select(sa.func.aggregate_strings(home.code, ", "))
        .select_from(Membership)
        .join(Organisation, Membership.organisation_id == Organisation.id)
        .join(home, home.id == HOME_ID)
        .where(Membership.person_id == Person.id, Membership.ended_at.is_(None))
        .scalar_subquery()
    )
    query = sa.select(Person, codes.label("codes")).order_by(Person.name, Person.id).limit(limit + 1)
    for word in text.split()[:5]:
        in_name = Person.name.icontains(word, autoescape=True)
        query = query.where(sa.or_(in_name, Person.email.contains(part_of_email(word), autoescape=True)))
    if after is not None:
        query = query.where(sa.tuple_(Person.name, Person.id) > after)
    return list(db.session.execute(query).all())


def get_person(public_id: uuid.UUID, actor: Actor) -> Person:
    """A person, for the office; NotFound for everybody else."""
    found = (
        db.session.scalars(sa.select(Person).where(Person.public_id == public_id)).one_or_none()
        if actor.is_staff
        else None
    )
    if found is None:
        raise NotFound
    return found


def people_with_roles(
    roles: Iterable[str], *, organisation_id: int | None = None, office_id: int | None = None
) -> list[Any]:
    """Who holds one of `roles` now, once each: rows of (person_id, membership_id, organisation_id, office_id,
    name, email, language); of one organisation or office only where given. For audiences and assigning."""
    query = (
        sa.select(
            Person.id.label("person_id"),
            Membership.id.label("membership_id"),
            HOME_ID.label("organisation_id"),
            Membership.office_id,
            Person.name,
            Person.email,
            Person.language,
        )
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
            Organisation.active.is_(True),
            sa.exists().where(MembershipRole.membership_id == Membership.id, MembershipRole.role.in_(sorted(roles))),
        )
        .order_by(Person.name, Membership.id)
    )
    if organisation_id is not None:
        query = query.where(organisation_id == HOME_ID)
    if office_id is not None:
        query = query.where(Membership.office_id == office_id)
    return list(db.session.execute(query).all())


def number_of_administrators() -> int:
    """How many people can act as administrators of the office now, for the operator's commands."""
    return len({row.person_id for row in people_with_roles(["administrator"])})


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Names by person id, in one statement; for histories."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    if not wanted:
        return {}
    rows = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(wanted))).all()
    return {row.id: row.name for row in rows}


def offices_of(organisation_id: int) -> list[Office]:
    """The offices of one organisation and its aliases, authorities first."""
    return list(
        db.session.scalars(
            sa.select(Office)
            .where(Office.organisation_id.in_(ids_of(organisation_id)))
            .order_by(Office.is_authority.desc(), Office.name)
        )
    )


def demonstration_people() -> list[Membership]:
    """The demonstration's accounts with their organisations and roles, in the order they were made."""
    return list(
        db.session.scalars(
            sa.select(Membership)
            .join(Membership.person)
            .join(Membership.organisation)
            .where(Person.demonstration.is_(True), Person.disabled_at.is_(None), Membership.ended_at.is_(None))
            .options(
                contains_eager(Membership.person),
                contains_eager(Membership.organisation),
                joinedload(Membership.office),
                selectinload(Membership.role_rows),
            )
            .order_by(Membership.id)
        )
    )


def demonstration_accounts_exist() -> bool:
    """Whether a demonstration account is in this database: production refuses to start with one."""
    return db.session.scalar(sa.select(sa.exists().where(Person.demonstration.is_(True)))) or False
