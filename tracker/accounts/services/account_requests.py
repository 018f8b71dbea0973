"""The first account of a State: asked for by a mission, checked by the office against the note verbale."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts import links, queries
from tracker.accounts.models import (
    AUTHORITY_KINDS,
    AccountRequest,
    AccountRequestPerson,
    Organisation,
)
from tracker.accounts.policies import RULES, Action
from tracker.accounts.roles import SIGNING_ROLES
from tracker.accounts.rule_facts import AccountRequestFacts
from tracker.accounts.services.attempts import count_letter
from tracker.accounts.services.invitations import invite
from tracker.accounts.services.notes import KeptNote, NoteVerbale
from tracker.accounts.services.organisations import add_office, add_organisation
from tracker.accounts.services.proposals import give_on_kept_note
from tracker.accounts.services.versions import raise_version
from tracker.calendar.now import now, today
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.files import services as file_services
from tracker.files.models import File
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.reference.models import State
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.search.folding import flatten

MAXIMUM_PEOPLE = 3
MOST_WAITING = 500 * 1024 * 1024
"""Bytes of scans that came with requests which nobody has answered yet."""


@dataclass(frozen=True)
class NamedPerson:
    """Somebody whom the note verbale names."""

    name: str
    title: str
    email: str
    language: str


def ask(
    *,
    address: str,
    key: str | None,
    state_iso3: str,
    office_name: str,
    office_kind: str,
    official_email: str,
    people: Sequence[NamedPerson],
    note: NoteVerbale,
    language: str,
) -> None:
    """Hand in a request for a State's first account. The answer is the same whether the State has one already.

    Raise TooOften when this network address hands in too many.
    """
    count_letter("account", email=people[0].email, address=address)
    ask_for_account(
        key=key,
        actor=Actor.anonymous,
        state_iso3=state_iso3,
        office_name=office_name,
        office_kind=office_kind,
        official_email=official_email,
        people=people,
        note=note,
        language=language,
    )


@verb
def ask_for_account(
    *,
    actor: Actor,
    state_iso3: str,
    office_name: str,
    office_kind: str,
    official_email: str,
    people: Sequence[NamedPerson],
    note: NoteVerbale,
    language: str,
) -> None:
    """Write the request with its people and its note verbale."""
    if db.session.get(State, state_iso3) is None:
        raise Invalid(fields={"state": lazy("Choose a State.")})
    if note.date > today():
        raise Invalid(fields={"note_date": lazy("This day is still to come.")})
    asked = AccountRequest(
        state_iso3=state_iso3,
        office_name=" ".join(office_name.split()),
        office_kind=office_kind,
        official_email=normal_email(official_email),
        note_reference=note.reference.strip(),
        note_date=note.date,
        language=language,
        nonce=links.new_nonce(),
        key_id=links.current_key_id(),
        people=[_person(position, person) for position, person in enumerate(people[:MAXIMUM_PEOPLE])],
    )
    db.session.add(asked)
    db.session.flush()
    links.store_token_hash(asked)
    if note.file is not None:
        _leave_room_for(note.file)
        asked.note_file_id = file_services.put(note.file, actor=actor, subject=asked).id
    events.record("accounts.account_asked", asked, actor=actor)


def _leave_room_for(scan: Any) -> None:
    """Anybody may hand in a scan: those that wait for an answer cannot fill the disk."""
    waiting = sa.select(sa.func.coalesce(sa.func.sum(File.size), 0)).join(
        AccountRequest, AccountRequest.note_file_id == File.id
    )
    size = db.session.scalar(waiting.where(AccountRequest.status == "waiting")) or 0
    if int(size) + getattr(scan, "size", 0) > MOST_WAITING:
        raise Invalid(
            fields={"note_file": lazy("No more scans can be taken now. Send the form without: it can follow on paper.")}
        )


def _person(position: int, person: NamedPerson) -> AccountRequestPerson:
    return AccountRequestPerson(
        position=position,
        name=person.name.strip(),
        title=person.title.strip(),
        email=normal_email(person.email),
        language=person.language,
    )


@verb
def approve(public_id: uuid.UUID, *, actor: Actor, version: int | None, roles: Sequence[Sequence[str]]) -> uuid.UUID:
    """Make the State's organisation and the authority where absent, and invite the people with the roles chosen.

    `roles` has one list for each person in their order; somebody without a role is not invited. Who signs for the State
    may do so at once where the note verbale came with the request; else another administrator adds it.
    Gives the organisation's public id.
    """
    asked = queries.get_account_request(public_id, actor)
    authorize(RULES, Action.CHECK_ACCOUNT_REQUEST, actor, AccountRequestFacts.of(asked))
    if not any(roles):
        raise Invalid(lazy("Choose a role for at least one person."))
    people = [(person, list(chosen)) for person, chosen in zip(asked.people, roles, strict=True) if chosen]
    raise_version(AccountRequest, asked, version)  # first: a second press of somebody else waits here and stops
    organisation = _organisation(asked, actor)
    office = _office(asked, organisation, actor)
    file_id = asked.note_file_id
    note = KeptNote(asked.note_reference, asked.note_date, file_id) if file_id is not None else None
    for person, chosen in people:
        invitation = invite(
            organisation.public_id,
            actor=actor,
            email=person.email,
            name=person.name,
            title=person.title,
            language=person.language,
            roles=chosen,
            office=office,
        )
        if note is not None and SIGNING_ROLES & set(chosen):
            give_on_kept_note(invitation, actor=actor, note=note)
    _answer(asked, actor, status="approved", organisation_id=organisation.id)
    events.record("accounts.account_approved", asked, actor=actor, organisation_id=organisation.id)
    return organisation.public_id


def _organisation(asked: AccountRequest, actor: Actor) -> Organisation:
    found = queries.organisation_of_state(asked.state_iso3)
    if found is None:
        add_organisation(
            actor=actor,
            kind="state",
            state_iso3=asked.state_iso3,
            official_email=asked.official_email,
            official_language=asked.language,
        )
        found = queries.organisation_of_state(asked.state_iso3)
    if found is None:
        raise RuntimeError("The organisation that was just added is not there.")
    return found


def _office(asked: AccountRequest, organisation: Organisation, actor: Actor) -> uuid.UUID:
    same = (one for one in queries.offices_of(organisation.id) if flatten(one.name) == flatten(asked.office_name))
    found = next(same, None)
    if found is not None:
        return found.public_id
    return add_office(
        organisation.public_id,
        actor=actor,
        name=asked.office_name,
        kind=asked.office_kind,
        is_authority=asked.office_kind in AUTHORITY_KINDS,
    )


@verb
def refuse(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Answer no, with the reason; the first person named is told."""
    asked = queries.get_account_request(public_id, actor)
    authorize(RULES, Action.CHECK_ACCOUNT_REQUEST, actor, AccountRequestFacts.of(asked))
    raise_version(AccountRequest, asked, version)
    _answer(asked, actor, status="refused", reason=reason.strip())
    events.record("accounts.account_refused", asked, actor=actor)


def _answer(asked: AccountRequest, actor: Actor, **values: Any) -> None:
    update_where(
        AccountRequest,
        AccountRequest.id == asked.id,
        checked_at=now(),
        checked_by=actor.membership_id,
        **values,
    )
