"""Every change of what people may do, for those who watch over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Invitation, Membership, Organisation, Person, RoleProposal
from tracker.events.models import Event
from tracker.extensions import db
from tracker.rights.actor import ROLE_WATCHERS, Actor

TOLD = (
    "accounts.invited",
    "accounts.invitation_accepted",
    "accounts.invitation_revoked",
    "accounts.invitation_prepared",
    "accounts.role_changed",
    "accounts.role_asked",
    "accounts.role_given",
    "accounts.role_refused",
    "accounts.membership_ended",
    "accounts.person_disabled",
    "accounts.person_enabled",
)
"""The events that change what somebody may do."""


@dataclass(frozen=True, slots=True)
class RoleChange:
    """One change: whose roles in which organisation (None: in all of theirs), and who did it (None: the operator's
    command). `before` and `after` are empty where the event does not say."""

    id: int
    at: datetime
    event: str
    whom: str
    organisation: Organisation | None
    by: str | None
    before: list[str]
    after: list[str]


def role_changes(actor: Actor, *, before: int | None = None, limit: int = 25) -> list[RoleChange]:
    """The changes below the event `before`, newest first: at most `limit` + 1."""
    if not actor.has(*ROLE_WATCHERS):
        return []
    query = _changes().order_by(Event.id.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(Event.id < before)
    return [_change(row) for row in db.session.execute(query)]


def _changes() -> sa.Select[*tuple[Any, ...]]:
    by, kind = sa.orm.aliased(Person), Event.subject_type
    of_proposal = sa.and_(kind == "role_proposal", RoleProposal.id == Event.subject_id)
    membership_id = sa.func.coalesce(RoleProposal.membership_id, sa.case((kind == "membership", Event.subject_id)))
    invitation_id = sa.func.coalesce(RoleProposal.invitation_id, sa.case((kind == "invitation", Event.subject_id)))
    person_id = sa.func.coalesce(Membership.person_id, sa.case((kind == "person", Event.subject_id)))
    whom = sa.func.coalesce(Person.name, Invitation.name).label("whom")
    return (
        sa.select(Event, whom, Organisation, by.name.label("by"))
        .outerjoin(RoleProposal, of_proposal)
        .outerjoin(Membership, Membership.id == membership_id)
        .outerjoin(Invitation, Invitation.id == invitation_id)
        .outerjoin(Person, Person.id == person_id)
        .outerjoin(Organisation, Organisation.id == Event.organisation_id)
        .outerjoin(by, by.id == Event.actor_person_id)
        .where(kind.in_(("membership", "invitation", "role_proposal", "person")), Event.name.in_(TOLD))
    )


def how_places_came(membership_ids: Iterable[int | None]) -> dict[int, tuple[str, str | None, datetime]]:
    """By whom the roles of these memberships were last changed, or the invitation to them was sent: the event's name,
    who did it (None: the operator) and when."""
    ids = [one for one in membership_ids if one is not None]
    if not ids:
        return {}
    invited = (
        sa.select(Invitation.membership_id, sa.literal("accounts.invited"), Person.name, Invitation.invited_at)
        .outerjoin(Membership, Membership.id == Invitation.invited_by)
        .outerjoin(Person, Person.id == Membership.person_id)
        .where(Invitation.membership_id.in_(ids))
    )
    changed = (
        sa.select(Event.subject_id, Event.name, Person.name, Event.at)
        .outerjoin(Person, Person.id == Event.actor_person_id)
        .where(Event.subject_type == "membership", Event.subject_id.in_(ids), Event.name == "accounts.role_changed")
        .order_by(Event.id)
    )
    rows = [*db.session.execute(invited), *db.session.execute(changed)]
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _change(row: Any) -> RoleChange:
    data = row.Event.data
    return RoleChange(
        id=row.Event.id,
        at=row.Event.at,
        event=row.Event.name,
        whom=row.whom or "",
        organisation=row.Organisation,
        by=row.by,
        before=data.get("before", []),
        after=data.get("after", []),
    )
