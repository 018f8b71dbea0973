"""Nominating. Each verb changes the delegation of one request and leaves one event."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import get_visible
from tracker.calendar.now import now
from tracker.database.seen import refuse_stale
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation import queries
from tracker.participation.lifecycle import same_person
from tracker.participation.models import Delegate
from tracker.participation.policies import RULES
from tracker.participation.rule_facts import delegation_facts_of
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

MOST_DELEGATES = 20


@dataclass(frozen=True, slots=True)
class Nomination:
    """What a State says of one delegate; nothing here is checked for completeness before authorisation is asked."""

    name: str
    function: str = ""
    office: str = ""
    email: str = ""
    language: str = "en"
    gender: str = "not_stated"
    nationality_iso3: str | None = None
    departure_airport: str = ""
    alternate: bool = False
    head: bool = False
    needs_fare: bool = True
    needs_dsa: bool = True
    needs_terminals: bool = True
    needs_visa: bool = False


def _open(request_id: uuid.UUID, actor: Actor) -> AssistanceRequest:
    assistance_request = get_visible(request_id, actor)
    authorize(RULES, "nominate", actor, delegation_facts_of(assistance_request))
    # First of all, because it locks the row: of two who nominate one person at once the later sees the earlier.
    update_where(
        AssistanceRequest,
        AssistanceRequest.id == assistance_request.id,
        version=AssistanceRequest.version + 1,
        updated_at=now(),
    )
    return assistance_request


def _refuse_again(present: Sequence[Delegate], nomination: Nomination) -> None:
    """Raise Invalid at the field by which somebody of the delegation is the same person."""
    fields = {
        name: lazy("%(name)s is nominated already.", name=other.name)
        for other in present
        for name in same_person(other, nomination)
    }
    if fields:
        raise Invalid(fields=fields)


def _one_head(delegate: Delegate) -> None:
    if delegate.head:
        update_where(Delegate, Delegate.request_id == delegate.request_id, Delegate.id != delegate.id, head=False)


@verb
def nominate(request_id: uuid.UUID, *, actor: Actor, nomination: Nomination) -> str:
    """Add a person at the end of the delegation; gives the delegate's public id."""
    assistance_request = _open(request_id, actor)
    present = queries.delegates_of(assistance_request.id)
    if len(present) >= MOST_DELEGATES:
        raise Conflict(lazy("A delegation has at most %(number)d people here.", number=MOST_DELEGATES))
    _refuse_again(present, nomination)
    delegate = Delegate(
        request_id=assistance_request.id,
        position=max((d.position for d in present), default=0) + 1,
        **asdict(nomination),
    )
    db.session.add(delegate)
    db.session.flush()
    _one_head(delegate)
    events.record("participation.nominated", assistance_request, actor=actor, delegate_id=delegate.id)
    return str(delegate.public_id)


@verb
def change(delegate_id: uuid.UUID, *, actor: Actor, version: int | None, nomination: Nomination) -> str:
    """Replace what the State says of a delegate. Raises Stale when somebody changed it since."""
    delegate, assistance_request = _changeable(delegate_id, actor)
    _refuse_again([d for d in queries.delegates_of(delegate.request_id) if d.id != delegate.id], nomination)
    values = asdict(nomination)
    changed = update_where(
        Delegate, Delegate.id == delegate.id, Delegate.version == version, version=Delegate.version + 1, **values
    )
    if not changed:
        raise Stale(lazy("Somebody changed this delegate while you had the page open."), theirs={"name": delegate.name})
    db.session.refresh(delegate)
    _one_head(delegate)
    events.record("participation.nomination_changed", assistance_request, actor=actor, delegate_id=delegate.id)
    return str(delegate.public_id)


@verb
def remove(delegate_id: uuid.UUID, *, actor: Actor, version: int | None) -> str:
    """Take a person off the delegation before it is authorised; gives the request's public id. The name alone is
    kept: the State reads in the history who was nominated and who is no longer."""
    delegate, assistance_request = _changeable(delegate_id, actor)
    refuse_stale(version, delegate)
    forgotten = asdict(Nomination(name=delegate.name))
    update_where(Delegate, Delegate.id == delegate.id, version=Delegate.version + 1, removed_at=now(), **forgotten)
    events.record("participation.nomination_removed", assistance_request, actor=actor, delegate_id=delegate.id)
    return str(assistance_request.public_id)


@verb
def move_up(delegate_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Raise a delegate by one place in the State's order of priority."""
    delegate, assistance_request = _changeable(delegate_id, actor)
    refuse_stale(version, delegate)
    above = db.session.scalars(
        sa.select(Delegate)
        .where(
            Delegate.request_id == delegate.request_id,
            Delegate.alternate == delegate.alternate,
            Delegate.position < delegate.position,
        )
        .order_by(Delegate.position.desc())
        .limit(1)
    ).first()
    if above is None:
        raise Conflict(lazy("This delegate already stands first."))
    above.position, delegate.position = delegate.position, above.position
    events.record("participation.order_changed", assistance_request, actor=actor, delegate_id=delegate.id)


@verb
def copy_last_delegation(request_id: uuid.UUID, *, actor: Actor) -> int:
    """Nominate the people of the State's last delegation again; gives how many were added.

    Somebody who is nominated already is not nominated twice.
    """
    assistance_request = _open(request_id, actor)
    present = queries.delegates_of(assistance_request.id)
    position = max((d.position for d in present), default=0)
    added: list[Delegate] = []
    for last in queries.last_delegation(assistance_request):
        already = any(same_person(other, last) for other in (*present, *added))
        if already or len(present) + len(added) >= MOST_DELEGATES:
            continue
        position += 1
        values = {name: getattr(last, name) for name in Nomination.__dataclass_fields__}
        added.append(Delegate(request_id=assistance_request.id, position=position, **values))
    if not added:
        raise Conflict(lazy("There is no earlier delegation to copy, or everybody is already nominated."))
    db.session.add_all(added)
    db.session.flush()
    ids = [delegate.id for delegate in added]
    events.record(
        "participation.delegation_copied", assistance_request, actor=actor, count=len(added), delegate_ids=ids
    )
    return len(added)


def _changeable(delegate_id: uuid.UUID, actor: Actor) -> tuple[Delegate, AssistanceRequest]:
    delegate, found = queries.get_delegate(delegate_id, actor)
    assistance_request = _open(found.public_id, actor)
    if delegate.request_id != assistance_request.id:
        raise NotFound
    return delegate, assistance_request
