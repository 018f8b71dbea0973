"""Every change of what people may do, for those who watch over it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Invitation, Membership, Organisation, Person
from tracker.events.models import Event
from tracker.extensions import db
from tracker.rights.actor import ROLE_WATCHERS, Actor

TOLD = (
    "accounts.invited",
    "accounts.invitation_accepted",
    "accounts.invitation_revoked",
    "accounts.role_changed",
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
    by = sa.orm.aliased(Person)
    kind = Event.subject_type
    person_id = sa.func.coalesce(Membership.person_id, sa.case((kind == "person", Event.subject_id)))
    return (
        sa.select(
            Event, sa.func.coalesce(Person.name, Invitation.name).label("whom"), Organisation, by.name.label("by")
        )
        .outerjoin(Membership, sa.and_(kind == "membership", Membership.id == Event.subject_id))
        .outerjoin(Invitation, sa.and_(kind == "invitation", Invitation.id == Event.subject_id))
        .outerjoin(Person, Person.id == person_id)
        .outerjoin(Organisation, Organisation.id == Event.organisation_id)
        .outerjoin(by, by.id == Event.actor_person_id)
        .where(kind.in_(("membership", "invitation", "person")), Event.name.in_(TOLD))
    )


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
