"""Nominating. Each verb changes the delegation of one request and leaves one event."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import get_visible
from tracker.calendar.now import now
from tracker.database.seen import version_of
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.extensions import db
from tracker.languages.addresses import normal_email
from tracker.languages.formatting import format_days
from tracker.languages.marking import lazy
from tracker.participation import queries
from tracker.participation.lifecycle import full_name, is_twice, same_person
from tracker.participation.models import Delegate
from tracker.participation.policies import RULES
from tracker.participation.rule_facts import delegation_facts_of
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

MOST_DELEGATES = 20


@dataclass(frozen=True, slots=True)
class Nomination:
    """What a State says of one delegate; nothing here is checked for completeness before authorisation is asked.

    `name` counts only while the names as in the passport are not said. `departure_airport` is an airport's code, or
    what it is called. A payer is one of `lifecycle.PAYERS_OF`, None while nobody said who pays."""

    name: str = ""
    given_name: str = ""
    family_name: str = ""
    function: str = ""
    office: str = ""
    email: str = ""
    language: str = "en"
    gender: str = "not_stated"
    nationality_iso3: str | None = None
    departure_airport: str = ""
    arrives_on: date | None = None
    leaves_on: date | None = None
    alternate: bool = False
    head: bool = False
    payer_fare: str | None = None
    payer_allowance: str | None = None
    payer_terminals: str | None = None
    payer_visa: str | None = None
    payer_insurance: str | None = None
    payer_other: str = ""

    @property
    def shown_name(self) -> str:
        """What the person is called everywhere."""
        return full_name(self.given_name, self.family_name) or self.name


_COPIED = (
    *("name", "given_name", "family_name", "function", "office", "email", "language", "gender", "nationality_iso3"),
    *("departure_airport", "departure_iata", "alternate", "head"),
)
"""What a delegation of another session says of its people that holds for this one, too."""


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


_FIELDS_OF = {"name": "family_name", "email": "email"}
"""Where the form says that somebody is the same person as another."""


def _refuse_twice(assistance_request: AssistanceRequest, people: Sequence[Nomination]) -> None:
    """Raise Invalid at the row and field by which somebody stands here twice, or on overlapping days elsewhere."""
    elsewhere = queries.people_elsewhere(assistance_request)
    named = [replace(one, name=one.shown_name) for one in people]
    fields: dict[str, Any] = {}
    for place, one in enumerate(named):
        for other in named[:place]:
            sentence = lazy("%(name)s is nominated already.", name=other.name)
            fields |= {f"{place}.{_FIELDS_OF[name]}": sentence for name in same_person(other, one)}
        for other, session in elsewhere:
            if is_twice(one, other):
                sentence = is_elsewhere(other, session)
                fields |= {f"{place}.{_FIELDS_OF[name]}": sentence for name in same_person(other, one)}
    if fields:
        raise Invalid(fields=fields)


def is_elsewhere(other: Delegate, session: str) -> Any:
    """The sentence about somebody who is nominated for another session on overlapping days."""
    days = format_days(other.arrives_on, other.leaves_on)
    said = {"name": other.name, "session": session, "days": days}
    return lazy("%(name)s is nominated for %(session)s already, %(days)s.", **said)


def _too_many() -> Conflict:
    return Conflict(lazy("A delegation has at most %(number)d people here.", number=MOST_DELEGATES))


def _said_of(nomination: Nomination) -> dict[str, Any]:
    """The columns of a delegate."""
    return {
        **asdict(nomination),
        "name": nomination.shown_name,
        "email": normal_email(nomination.email),
        "departure_iata": queries.airport_meant(nomination.departure_airport),
    }


def _as_said(delegate: Delegate) -> Nomination:
    return Nomination(**{name: getattr(delegate, name) for name in Nomination.__dataclass_fields__})


def _one_head(delegate: Delegate) -> None:
    if delegate.head:
        update_where(Delegate, Delegate.request_id == delegate.request_id, Delegate.id != delegate.id, head=False)


@verb
def nominate(request_id: uuid.UUID, *, actor: Actor, nomination: Nomination) -> str:
    """Add a person at the end of the delegation; gives the delegate's public id."""
    assistance_request = _open(request_id, actor)
    present = queries.delegates_of(assistance_request.id)
    if len(present) >= MOST_DELEGATES:
        raise _too_many()
    _refuse_twice(assistance_request, [*map(_as_said, present), nomination])
    delegate = Delegate(
        request_id=assistance_request.id,
        position=max((d.position for d in present), default=0) + 1,
        **_said_of(nomination),
    )
    db.session.add(delegate)
    db.session.flush()
    _one_head(delegate)
    events.record("participation.nominated", assistance_request, actor=actor, delegate_id=delegate.id)
    return str(delegate.public_id)


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the delegation's form: who it is about by the public id, None for somebody new, and what is said."""

    delegate: uuid.UUID | None
    nomination: Nomination


@verb(events=None)
def save_delegation(request_id: uuid.UUID, *, actor: Actor, version: int | None, people: Sequence[Listed]) -> str:
    """Make the delegation what the rows say, in their order; who is in no row is taken off. Gives the request's id.

    One event for each kind of change. `version` is `version_of` everybody who was shown. Raises Stale when they are
    others by now, Invalid with what is wrong by row and field ("0.email").
    """
    assistance_request = _open(request_id, actor)
    present = {one.public_id: one for one in queries.delegates_of(assistance_request.id)}
    known = [present.get(row.delegate) if row.delegate else None for row in people]
    gone = any(row.delegate and one is None for row, one in zip(people, known, strict=True))
    if gone or (version is not None and version != version_of(*present.values())):
        raise Stale(
            lazy("Somebody changed this delegation while you had the page open."),
            theirs={"people": ", ".join(one.name for one in present.values())},
        )
    if len(people) > MOST_DELEGATES:
        raise _too_many()
    _refuse_twice(assistance_request, [row.nomination for row in people])
    kept = [one for one in known if one is not None]
    moved = _moved_up([one for one in present.values() if one in kept], kept)
    said = {
        "nomination_removed": [_take_off(one) for one in present.values() if one not in kept],
        "order_changed": moved,
        **_write(assistance_request, known, people),
    }
    for name, ids in said.items():
        if ids:
            events.record(f"participation.{name}", assistance_request, actor=actor, delegate_ids=ids)
    return str(assistance_request.public_id)


def _moved_up(before: Sequence[Delegate], after: Sequence[Delegate]) -> list[int]:
    """Who stands further in front among those who stay."""
    return [one.id for place, one in enumerate(after) if place < before.index(one)]


def _take_off(delegate: Delegate) -> int:
    """The name alone is kept: the State reads in the history who was nominated and who is no longer."""
    forgotten = _said_of(Nomination(name=delegate.name))
    update_where(Delegate, Delegate.id == delegate.id, version=Delegate.version + 1, removed_at=now(), **forgotten)
    return delegate.id


def _write(
    assistance_request: AssistanceRequest, known: Sequence[Delegate | None], people: Sequence[Listed]
) -> dict[str, list[int]]:
    """Keep each row at its place; who is new and who was changed."""
    said: dict[str, list[int]] = {"nomination_changed": [], "nominated": []}
    for place, (delegate, row) in enumerate(zip(known, people, strict=True), start=1):
        values = _said_of(row.nomination)
        if delegate is None:
            added = Delegate(request_id=assistance_request.id, position=place, **values)
            db.session.add(added)
            db.session.flush()
            said["nominated"].append(added.id)
            continue
        if any(getattr(delegate, name) != value for name, value in values.items()):
            said["nomination_changed"].append(delegate.id)
            values["version"] = delegate.version + 1
        update_where(Delegate, Delegate.id == delegate.id, position=place, **values)
    return said


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
        # The days are of the other session, and so is who pays.
        stays = {name: getattr(last, name) for name in _COPIED}
        stays["head"] = last.head and not any(other.head for other in (*present, *added))
        added.append(Delegate(request_id=assistance_request.id, position=position, **stays))
    if not added:
        raise Conflict(lazy("There is no earlier delegation to copy, or everybody is already nominated."))
    db.session.add_all(added)
    db.session.flush()
    ids = [delegate.id for delegate in added]
    events.record(
        "participation.delegation_copied", assistance_request, actor=actor, count=len(added), delegate_ids=ids
    )
    return len(added)
