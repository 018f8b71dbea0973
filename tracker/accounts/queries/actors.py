"""Who acts: the session of a browser and the Actor with its rights, in one statement."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.accounts.lifecycle import SESSION_HOLDS, SESSION_IDLE, SESSION_REMEMBERED
from tracker.accounts.models import Membership, MembershipRole, Organisation, Person, WebSession
from tracker.accounts.queries.absences import people_stood_in_for
from tracker.accounts.queries.aliases import HOME_ID
from tracker.accounts.queries.proposals import waiting_roles
from tracker.calendar.now import now, today
from tracker.extensions import db
from tracker.rights.actor import Actor


@dataclass(frozen=True)
class SignedIn:
    """A living session: its actor, and what the page's header shows: `name` is the organisation's, `waiting_roles` are
    those that the actor has once a second person gives them."""

    session_id: int
    touched_at: datetime
    actor: Actor
    organisation_public_id: Any
    name: str
    state_iso3: str | None
    memberships: int
    waiting_roles: tuple[str, ...] = ()


Home = sa.orm.aliased(Organisation)
"""The organisation under which a membership counts: its own, or the one into which that was merged."""


def _home() -> sa.ColumnElement[bool]:
    return Home.id == HOME_ID


def _roles() -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.aggregate_strings(MembershipRole.role, ","))
        .where(MembershipRole.membership_id == Membership.id)
        .scalar_subquery()
    )


def _actor_columns(day: Any) -> list[Any]:
    return [
        Person.id.label("person_id"),
        Person.name,
        Person.language,
        Person.timezone,
        Membership.id.label("membership_id"),
        Home.id.label("organisation_id"),
        Membership.office_id,
        Home.code,
        _roles().label("roles"),
        people_stood_in_for(day).label("stands_in_for"),
    ]


def _actor(row: Any) -> Actor:
    return Actor(
        person_id=row.person_id,
        membership_id=row.membership_id,
        organisation_id=row.organisation_id,
        organisation_code=row.code,
        office_id=row.office_id,
        roles=frozenset((row.roles or "").split(",")) - {""},
        language=row.language,
        name=row.name,
        timezone=row.timezone,
        stands_in_for=frozenset(int(one) for one in (row.stands_in_for or "").split(",") if one),
    )


def _alive() -> tuple[Any, ...]:
    return Membership.ended_at.is_(None), Person.disabled_at.is_(None), Home.active.is_(True)


def actor_for(person_id: int, membership_id: int) -> Actor | None:
    """The Actor of a person under a membership, read in one statement; None when either has ended."""
    row = db.session.execute(
        sa.select(*_actor_columns(today()))
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(Home, _home())
        .where(Person.id == person_id, Membership.id == membership_id, *_alive())
    ).one_or_none()
    return _actor(row) if row else None


@cache
def _living_session() -> sa.Select[Any]:
    """Built once: every page of a signed-in person asks this, and building it costs more than running it."""
    other = sa.orm.aliased(Membership)
    memberships = (
        sa.select(sa.func.count()).where(other.person_id == Person.id, other.ended_at.is_(None)).scalar_subquery()
    )
    return (
        sa.select(
            *_actor_columns(sa.bindparam("today", type_=sa.Date)),
            WebSession.id.label("session_id"),
            WebSession.touched_at,
            Home.public_id,
            Home.name.label("organisation_name"),
            Home.state_iso3,
            memberships.label("memberships"),
            waiting_roles().label("waiting_roles"),
        )
        .select_from(WebSession)
        .join(Person, Person.id == WebSession.person_id)
        .join(Membership, Membership.id == WebSession.membership_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(Home, _home())
        .where(
            WebSession.token_hash == sa.bindparam("token_hash"),
            WebSession.ended_at.is_(None),
            WebSession.touched_at > sa.bindparam("touched_after"),
            WebSession.created_at > sa.bindparam("created_after"),
            *_alive(),
        )
    )


def signed_in(token_hash: str) -> SignedIn | None:
    """The living session with this token's hash, with its actor, in one statement; else None."""
    moment = now()
    limits = {"touched_after": moment - SESSION_IDLE, "created_after": moment - SESSION_HOLDS, "today": today()}
    row = db.session.execute(_living_session(), {"token_hash": token_hash, **limits}).one_or_none()
    if row is None:
        return None
    return SignedIn(
        session_id=row.session_id,
        touched_at=row.touched_at,
        actor=_actor(row),
        organisation_public_id=row.public_id,
        name=row.organisation_name,
        state_iso3=row.state_iso3,
        memberships=row.memberships,
        waiting_roles=tuple(row.waiting_roles or ()),
    )


def person_before(token_hash: str) -> int | None:
    """Whose session this was, when it ended at most a day ago, by whatever ended it, and the account is open."""
    day_ago = now() - SESSION_REMEMBERED
    return db.session.scalar(
        sa.select(WebSession.person_id)
        .join(Person, Person.id == WebSession.person_id)
        .where(
            WebSession.token_hash == token_hash,
            Person.disabled_at.is_(None),
            sa.or_(WebSession.ended_at.is_(None), WebSession.ended_at > day_ago),
            WebSession.touched_at > day_ago - SESSION_IDLE,
            WebSession.created_at > day_ago - SESSION_HOLDS,
        )
    )


def same_person(token_hash: str, other: str) -> bool:
    """Whether two sessions, ended or not, are one person's."""
    hashes = {token_hash, other}
    people = db.session.scalars(sa.select(WebSession.person_id).where(WebSession.token_hash.in_(hashes))).all()
    return len(people) == len(hashes) and len(set(people)) == 1


def memberships_of(person_id: int) -> list[Membership]:
    """The memberships that a person can act under now, oldest first, with organisation, office and roles."""
    return list(
        db.session.scalars(
            sa.select(Membership)
            .join(Membership.organisation)
            .where(Membership.person_id == person_id, Membership.ended_at.is_(None), Organisation.active.is_(True))
            .options(
                sa.orm.contains_eager(Membership.organisation),
                sa.orm.joinedload(Membership.office),
                sa.orm.selectinload(Membership.role_rows),
            )
            .order_by(Membership.started_at, Membership.id)
        )
    )


def default_membership(person_id: int) -> int | None:
    """The membership a person acted under last, else the oldest living one, else None."""
    last = sa.select(sa.func.max(WebSession.id)).where(WebSession.membership_id == Membership.id).scalar_subquery()
    return db.session.scalars(
        sa.select(Membership.id)
        .join(Membership.organisation)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None), Organisation.active.is_(True))
        .order_by(sa.func.coalesce(last, 0).desc(), Membership.id)
        .limit(1)
    ).first()
