"""Making and revoking the private address of one's calendar."""

import sqlalchemy as sa

from tracker import events
from tracker.accounts import links
from tracker.accounts.models import Membership
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.deadlines.models import CalendarAddress
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor


@verb
def make_address(*, actor: Actor) -> None:
    """Make an address for the place under which the actor acts; an earlier one ends with it."""
    place = _place_of(actor)
    _revoke(place)
    row = CalendarAddress(membership_id=place.id, nonce=links.new_nonce(), key_id=links.current_key_id())
    db.session.add(row)
    db.session.flush()
    links.store_token_hash(row)
    events.record("deadlines.address_made", place, actor=actor)


@verb
def revoke_address(*, actor: Actor) -> None:
    """End the address: calendars that read it get nothing any more. Raises Conflict when there is none."""
    place = _place_of(actor)
    if not _revoke(place):
        raise Conflict(lazy("There is no calendar address any more."))
    events.record("deadlines.address_revoked", place, actor=actor)


def _place_of(actor: Actor) -> Membership:
    """The actor's place; a second press waits for it until the commit."""
    own = sa.select(Membership).where(Membership.id == actor.membership_id)
    return db.session.scalars(own.with_for_update(of=Membership)).one()


def _revoke(place: Membership) -> int:
    living = CalendarAddress.membership_id == place.id, CalendarAddress.revoked_at.is_(None)
    return update_where(CalendarAddress, *living, revoked_at=now())
