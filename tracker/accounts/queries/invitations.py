"""Reads about places that are offered: invitations, and what an address has or is offered already."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.accounts.links import hash_of
from tracker.accounts.models import Invitation, Membership, Person
from tracker.accounts.queries.aliases import ids_of
from tracker.accounts.queries.people import visible_organisations
from tracker.calendar.now import now
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.languages.addresses import normal_email
from tracker.rights.actor import Actor

MOST_OPEN = 50


def open_invitations(organisation_id: int) -> list[Invitation]:
    """Invitations neither used nor revoked, the newest first."""
    return list(
        db.session.scalars(
            sa.select(Invitation)
            .where(
                Invitation.organisation_id.in_(ids_of(organisation_id)),
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
            )
            .options(
                joinedload(Invitation.organisation), joinedload(Invitation.office), joinedload(Invitation.proposals)
            )
            .order_by(Invitation.id.desc())
        ).unique()
    )


def invitations_to_follow(actor: Actor) -> sa.Select[str, list[str], datetime]:
    """The select of the open invitations of the actor's State, for its administrator; of nobody for everybody else."""
    mine = Invitation.organisation_id == actor.organisation_id if actor.has("state_administrator") else sa.false()
    return (
        sa.select(Invitation.name, Invitation.roles, Invitation.expires_at)
        .where(mine, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        .order_by(Invitation.expires_at)
        .limit(MOST_OPEN)
    )


def get_invitation(public_id: uuid.UUID, actor: Actor) -> Invitation:
    """One open invitation of an organisation that the actor may see; else NotFound."""
    found = db.session.scalars(
        sa.select(Invitation)
        .join(Invitation.organisation)
        .where(
            Invitation.public_id == public_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            visible_organisations(actor),
        )
        .options(contains_eager(Invitation.organisation), joinedload(Invitation.office))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def invitation_by_token(token: str) -> Invitation | None:
    """The open invitation behind a link, with organisation and office; None when it is used, revoked or too old."""
    return db.session.scalars(
        sa.select(Invitation)
        .where(
            Invitation.token_hash == hash_of(token),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now(),
        )
        .options(joinedload(Invitation.organisation), joinedload(Invitation.office))
    ).one_or_none()


def places_of(email: str, *, besides: Membership | Invitation | None = None) -> list[tuple[str, frozenset[str]]]:
    """Kind of organisation and roles of every place that this (normal) address has or is offered, but one."""
    held = (
        sa.select(Membership)
        .join(Membership.person)
        .where(Person.email == email, Membership.ended_at.is_(None))
        .options(joinedload(Membership.organisation), selectinload(Membership.role_rows))
    )
    offered = (
        sa.select(Invitation)
        .where(
            Invitation.email == email,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now(),
        )
        .options(joinedload(Invitation.organisation))
    )
    places: list[Membership | Invitation] = [*db.session.scalars(held), *db.session.scalars(offered)]
    return [(place.organisation.kind, frozenset(place.roles)) for place in places if place is not besides]


def invitations_to(email: str) -> list[Invitation]:
    """The open invitations of one address, for the operator's command."""
    unused = Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
    return list(db.session.scalars(sa.select(Invitation).where(Invitation.email == normal_email(email), *unused)))


def addresses_in_another_form() -> list[str]:
    """Addresses of people and open invitations that another row has in the form that is compared: who signs in with
    one comes to that other account."""
    open_ = Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
    kept = sa.union(sa.select(Person.email), sa.select(Invitation.email).where(*open_))
    return sorted(email for email in db.session.scalars(kept) if normal_email(email) != email)
