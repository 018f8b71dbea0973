"""Reads about roles that wait for a second person."""

import uuid
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.accounts.models import Invitation, Membership, RoleProposal
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.rights.actor import ROLE_WATCHERS, Actor

MOST = 200
WAITING = RoleProposal.status == "waiting", RoleProposal.held.is_(False)


def role_proposals(actor: Actor, *, held: bool) -> list[RoleProposal]:
    """What waits for an administrator of the office, the oldest first; with `held`, what is to be looked over."""
    if not actor.has(*ROLE_WATCHERS):
        return []
    query = _whole().where(RoleProposal.status == "waiting", RoleProposal.held.is_(held))
    return list(db.session.scalars(query.order_by(RoleProposal.id).limit(MOST)))


def get_role_proposal(public_id: uuid.UUID, actor: Actor) -> RoleProposal:
    """One proposal with its place and who asked, for those who watch over roles; else NotFound."""
    query = _whole().where(RoleProposal.public_id == public_id)
    found = db.session.scalars(query).one_or_none() if actor.has(*ROLE_WATCHERS) else None
    if found is None:
        raise NotFound
    return found


def _whole() -> sa.Select[RoleProposal]:
    place = joinedload(RoleProposal.membership)
    offered = joinedload(RoleProposal.invitation)
    return sa.select(RoleProposal).options(
        place.joinedload(Membership.person),
        place.joinedload(Membership.organisation),
        place.joinedload(Membership.office),
        place.selectinload(Membership.role_rows),
        offered.joinedload(Invitation.organisation),
        offered.joinedload(Invitation.office),
        joinedload(RoleProposal.asker).joinedload(Membership.person),
    )


def waiting_proposal(place: Membership | Invitation) -> RoleProposal | None:
    """What waits for this membership or invitation, besides what is held already."""
    column = RoleProposal.membership_id if isinstance(place, Membership) else RoleProposal.invitation_id
    return db.session.scalars(sa.select(RoleProposal).where(column == place.id, *WAITING)).one_or_none()


def waiting_roles() -> sa.ScalarSelect[Any]:
    """The select of the roles that wait for the membership of the enclosing statement."""
    waits = sa.select(RoleProposal.roles).where(RoleProposal.membership_id == Membership.id, *WAITING)
    return waits.correlate(Membership).scalar_subquery()


def roles_given_to(invitation: Invitation) -> frozenset[str]:
    """What a second person has given to whoever takes the invitation up. The operator's command needs none."""
    given = sa.select(RoleProposal.roles).where(
        RoleProposal.invitation_id == invitation.id, RoleProposal.status == "given"
    )
    by_command = {"administrator"} if invitation.invited_by is None else set[str]()
    return frozenset(by_command).union(*db.session.scalars(given))


@cache
def proposals_to_answer() -> sa.ScalarSelect[int]:
    """The select of how many proposals wait for an administrator who did not ask them. Built once, for the menu."""
    others = sa.func.coalesce(RoleProposal.asked_by, 0) != sa.bindparam("membership_id")
    return sa.select(sa.func.count()).select_from(RoleProposal).where(*WAITING, others).scalar_subquery()
