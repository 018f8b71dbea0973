"""Making deliveries of those whom an event tells: first of those it names, then, party by party, of those behind them
when nobody of a party could be reached."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Membership, MembershipRole, Organisation, Person
from tracker.calendar.now import now
from tracker.database.wake_ups import wake
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import audience, subjects
from tracker.notifications.audience import Recipient
from tracker.notifications.catalogue import CATALOGUE, Notice
from tracker.notifications.lifecycle import Cadence, Channel, Status, Turn
from tracker.notifications.models import Delivery, Preference, new_message_id
from tracker.notifications.services.addressing import addressees_of
from tracker.notifications.services.digesting import digest_for
from tracker.notifications.subjects import About, Subject

BAD = (Status.BOUNCED, Status.FAILED, Status.SUPPRESSED)
"""How mail ends that reached nobody."""


@dataclass
class _Telling:
    """One event, and how far those whom it tells were told: the status of the mail to each, empty without mail."""

    event: Event
    notice: Notice
    subject: Subject
    muted: bool
    told: dict[str, str] = field(default_factory=dict)
    cadences: dict[int, str] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)


def tell(event: Event, *, muted: bool = False) -> list[str]:
    """Write the deliveries that are due for the event: of the first turn, and of a later one where all mail to a party
    ended badly. Safe to ask again. Gives the parties that nobody is left to tell in; wakes a sender after the commit.
    With `muted` all mail is suppressed on purpose, and nobody is told in another's stead.
    """
    notice = CATALOGUE.get(event.name)
    subject = subjects.of_event(event) if notice is not None else None
    if notice is None or subject is None:
        return []
    telling = _Telling(event, notice, subject, muted, told=_told(event))
    fixed = sorted(addressees_of(event), key=lambda one: one.party)
    unreached = [party for party, ours in groupby(fixed, lambda one: one.party) if not _reach(telling, list(ours))]
    if telling.rows:
        db.session.execute(sa.insert(Delivery), telling.rows)
    if any(row["status"] == Status.PENDING and row["digest_id"] is None for row in telling.rows):
        wake("notifications.deliver")
    return unreached


def _told(event: Event) -> dict[str, str]:
    rows = db.session.execute(
        sa.select(Delivery.recipient_key, Delivery.channel, Delivery.status)
        .where(Delivery.event_id == event.id)
        .order_by(Delivery.channel.desc())
    )
    return {key: status if channel == Channel.EMAIL else "" for key, channel, status in rows}


def _reach(telling: _Telling, party: list[Recipient]) -> bool:
    """Tell the party turn by turn until somebody of it is told or may still be; whether anybody is."""
    for turn in (Turn.FIRST,) if telling.muted else Turn:
        people = _present([one for one in party if one.turn is turn], telling)
        new = [one for one in people if one.key not in telling.told]
        telling.cadences |= _cadences(telling, people)
        for one in new:
            _add(telling, one)
        if any(_may_be_reached(telling, one) for one in people):
            return True
    return telling.muted


def _may_be_reached(telling: _Telling, one: Recipient) -> bool:
    """Its mail is sent, or on its way; or it wants none and was told inside the application."""
    wants_none = telling.cadences.get(one.person_id or 0) == Cadence.NONE
    return one.key in telling.told and (wants_none or telling.told[one.key] not in BAD)


def _present(fixed: Sequence[Recipient], telling: _Telling) -> list[Recipient]:
    """Those of them who are still there: whose membership lives and has a role that its rule meant. A group is whoever
    belongs to it now, but for the person who did it."""
    people, about, actor_key = [], About.of(telling.event), f"person:{telling.event.actor_person_id}"
    roles = _roles([one.membership_id for one in fixed if one.membership_id is not None])
    for one in fixed:
        if one.is_group:
            people += [member for member in audience.members(one.rule, about) if member.key != actor_key]
        elif one.membership_id is None or audience.standing_for(one.rule, roles.get(one.membership_id, frozenset())):
            people.append(one)
    return people


def _roles(membership_ids: list[int]) -> dict[int, frozenset[str]]:
    """The roles of those memberships that are living."""
    if not membership_ids:
        return {}
    rows = db.session.execute(
        sa.select(Membership.id, MembershipRole.role)
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(MembershipRole, MembershipRole.membership_id == Membership.id)
        .where(Membership.id.in_(membership_ids), *audience.living())
        .order_by(Membership.id)
    )
    return {key: frozenset(row.role for row in held) for key, held in groupby(rows, lambda row: row.id)}


def _cadences(telling: _Telling, people: Iterable[Recipient]) -> dict[int, str]:
    """What each person chose for this kind; strictly confidential matters are in no digest."""
    ids = [person.person_id for person in people if person.person_id is not None]
    if telling.notice.always or not ids:
        return {}
    chosen = sa.select(Preference.person_id, Preference.cadence).where(
        Preference.person_id.in_(ids), Preference.kind == telling.notice.kind
    )
    found: dict[int, str] = dict(db.session.execute(chosen).all())
    if not telling.subject.strict:
        return found
    return {person: Cadence.NONE if cadence == Cadence.NONE else Cadence.AT_ONCE for person, cadence in found.items()}


def _add(telling: _Telling, person: Recipient) -> None:
    """One row for each channel by which this recipient is told."""
    telling.told[person.key] = ""
    if telling.notice.inapp and person.person_id is not None:
        inapp = _row(telling, person, Channel.INAPP)
        telling.rows.append(inapp | {"status": Status.SENT, "sent_at": telling.event.at})
    cadence = telling.cadences.get(person.person_id or 0, Cadence.AT_ONCE)
    if cadence == Cadence.NONE:
        return
    mail = _row(telling, person, Channel.EMAIL)
    if telling.muted:
        mail |= {"status": Status.SUPPRESSED, "followed_at": now()}
    elif cadence != Cadence.AT_ONCE and person.person_id is not None:
        mail["digest_id"] = digest_for(person.person_id, cadence)
    telling.told[person.key] = mail["status"]
    telling.rows.append(mail)


def _row(telling: _Telling, person: Recipient, channel: Channel) -> dict[str, Any]:
    return {
        "public_id": uuid.uuid4(),
        "event_id": telling.event.id,
        "recipient_key": person.key,
        "person_id": person.person_id,
        "membership_id": person.membership_id,
        "side": person.side,
        "channel": channel,
        "kind": telling.notice.kind,
        "cadence": Cadence.AT_ONCE,
        "digest_id": None,
        "subject_key": telling.subject.key,
        "status": Status.PENDING,
        "due_at": now(),
        "sent_at": None,
        "created_at": telling.event.at,
        "followed_at": None,
        "message_id": new_message_id(telling.event.random_id, person.key, channel),
    }
