"""Reads of calendar addresses."""

import sqlalchemy as sa

from tracker.accounts import links
from tracker.accounts.models import Membership
from tracker.accounts.queries.actors import actor_for
from tracker.deadlines.models import CalendarAddress
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.rights.actor import Actor


def address_of(actor: Actor) -> CalendarAddress | None:
    """The address of the place under which the actor acts; None when there is none."""
    living = CalendarAddress.membership_id == actor.membership_id, CalendarAddress.revoked_at.is_(None)
    return db.session.scalars(sa.select(CalendarAddress).where(*living)).one_or_none()


def reader_of(token: str) -> Actor:
    """Whose deadlines an address shows, with the rights of this moment. Raises NotFound for an address that was
    revoked, never was, was made with a key that is gone, or whose person or place has ended."""
    row = db.session.execute(
        sa.select(Membership.person_id, Membership.id, CalendarAddress.key_id)
        .join(CalendarAddress, CalendarAddress.membership_id == Membership.id)
        .where(CalendarAddress.token_hash == links.hash_of(token), CalendarAddress.revoked_at.is_(None))
    ).one_or_none()
    if row is None or not links.is_known(row.key_id):
        raise NotFound
    actor = actor_for(row.person_id, row.id)
    if actor is None:
        raise NotFound
    return actor
