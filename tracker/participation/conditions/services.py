"""Writing a version of the conditions, changing one that does not hold yet, and accepting them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.calendar.now import today
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound, Stale
from tracker.extensions import db
from tracker.languages.choosing import LANGUAGES
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.conditions import queries
from tracker.participation.conditions.lifecycle import FALLBACK
from tracker.participation.conditions.models import ConditionsAnswer, ConditionsText, ConditionsVersion
from tracker.participation.conditions.policies import RULES, ConditionsAction
from tracker.participation.conditions.queries import Text
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.papers.contents import HandedBy
from tracker.participation.papers.lifecycle import By
from tracker.participation.travel import queries as travel
from tracker.participation.travel.queries import Travelling
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

V = ConditionsVersion


@dataclass(frozen=True, slots=True)
class Wording:
    """What a manager writes: from when it holds, and the text of each language that is there."""

    holds_from: date
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: the text, and its hash (empty where an officer enters what came on paper)."""

    text_id: int
    text_hash: str


@verb
def write_conditions(*, actor: Actor, wording: Wording) -> str:
    """Write a new version; gives its public id. It asks nobody again who has accepted an earlier one. Raises Invalid by
    field."""
    authorize(RULES, ConditionsAction.WRITE, actor, None)
    texts = _checked(wording, None)
    row = V(holds_from=wording.holds_from, made_by_id=actor.person_id)
    db.session.add(row)
    db.session.flush()
    _write_texts(row.id, texts)
    _record("participation.conditions_written", row, actor, texts)
    return str(row.public_id)


@verb
def change_conditions(public_id: uuid.UUID, *, actor: Actor, version: int | None, wording: Wording) -> str:
    """Change a version before it holds; gives its public id. Raises Stale when somebody changed it since
    `version` was seen (None: it is read in this transaction), Invalid by field."""
    row = _held(V.public_id == public_id)
    found = queries.get(public_id)
    authorize(RULES, ConditionsAction.CHANGE, actor, found.facts)
    texts = _checked(wording, found.id)
    same = V.id == row.id, V.version == (found.version if version is None else version)
    facts = {"holds_from": wording.holds_from, "delivered": False, "made_by_id": actor.person_id}
    if not update_where(V, *same, version=V.version + 1, **facts):
        raise Stale(lazy("Somebody changed this while you had the page open."))
    delete_where(ConditionsText, ConditionsText.conditions_id == row.id)
    _write_texts(row.id, texts)
    _record("participation.conditions_changed", row, actor, texts)
    return str(public_id)


@verb
def accept_conditions(public_id: uuid.UUID, *, actor: Actor, by: HandedBy, read: Read, both: bool) -> str:
    """Keep that whoever sits in a seat accepts the conditions and says that nobody else pays the same (`both`); gives
    the seat's public id. Raises Conflict where the text that was read is not the one that holds now, Invalid by
    field."""
    officer = by.who is By.OFFICER
    reader = actor if officer else Actor.system
    hold_requests({travel.get(public_id, reader)[0].request.id})
    found, _session = travel.get(public_id, reader)
    action = ConditionsAction.ENTER if officer else ConditionsAction.ACCEPT
    authorize(RULES, action, actor, queries.facts_of(found, by))
    if not both:
        raise Invalid(lazy("Accept the conditions and say that nobody else pays the same: both are needed."))
    text = _read_on_paper(read, by) if officer else _read_on_page(read)
    return _keep(found, text, by, actor)


def _keep(found: Travelling, text: Text, by: HandedBy, actor: Actor) -> str:
    officer = by.who is By.OFFICER
    said = {"entered_by_id": actor.person_id, "source": by.source, "received_on": by.received_on} if officer else {}
    kept = {"delegate_id": found.person.id, "text_id": text.id, "text_hash": text.hash, "by_whom": by.who.value}
    db.session.add(ConditionsAnswer(**kept, **said))
    about: dict[str, Any] = {"seat_ids": [found.seat.id], "delegate_ids": [found.person.id]}
    about |= {"text_id": text.id, "language": text.language, "by_whom": by.who.value}
    events.record("participation.conditions_accepted", found.request, actor=actor, **about)
    return str(found.seat.public_id)


def _read_on_page(read: Read) -> Text:
    """The text that holds now, which must be the one that was read."""
    found = queries.now_in_force()
    _held(V.id == (found.id if found else 0))
    found = queries.now_in_force()
    text = next((one for one in (found.texts if found else {}).values() if one.id == read.text_id), None)
    if text is None or text.hash != read.text_hash:
        raise Conflict(lazy("The text was changed meanwhile. Read it again, then accept it."))
    return text


def _read_on_paper(read: Read, by: HandedBy) -> Text:
    problems: dict[str, Any] = {} if shown(by.source) else {"source": lazy("Say what it was, and from whom.")}
    if by.received_on is None or by.received_on > today():
        problems["received_on"] = lazy("Enter the day on which it came, at the latest today.")
    versions = [one for one in queries.all_versions() if one.holds_from <= today()]
    texts = {text.id: text for one in versions for text in one.texts.values()}
    begins = next((one.holds_from for one in versions for text in one.texts.values() if text.id == read.text_id), None)
    if begins is None:
        problems["text"] = lazy("Choose the text that was signed.")
    elif by.received_on and by.received_on < begins:
        problems["received_on"] = lazy("This text did not hold yet on that day.")
    if problems:
        raise Invalid(fields=problems)
    owner = sa.select(ConditionsText.conditions_id).where(ConditionsText.id == read.text_id).scalar_subquery()
    _held(V.id == owner)
    return texts[read.text_id]


def _held(which: sa.ColumnElement[bool]) -> ConditionsVersion:
    """A version, held: it is not changed while somebody accepts it, nor accepted while somebody changes it."""
    row = db.session.scalars(sa.select(V).where(which).with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    return row


def _checked(wording: Wording, own_id: int | None) -> dict[str, str]:
    texts = {code: body for code, body in wording.texts.items() if code in LANGUAGES and shown(body)}
    problems: dict[str, Any] = {}
    if FALLBACK not in texts:
        problems[f"text_{FALLBACK}"] = lazy("Write the conditions in English: who reads another language may need it.")
    if wording.holds_from < today():
        problems["holds_from"] = lazy("This day has passed: a text holds from today at the earliest.")
    taken = sa.select(V.id).where(V.holds_from == wording.holds_from, V.id != (own_id or 0))
    if db.session.scalar(taken) is not None:
        problems["holds_from"] = lazy("Another version holds from this day.")
    if problems:
        raise Invalid(fields=problems)
    return texts


def _write_texts(conditions_id: int, texts: Mapping[str, str]) -> None:
    rows = [ConditionsText(conditions_id=conditions_id, language=code, body=body) for code, body in texts.items()]
    db.session.add_all(rows)
    db.session.flush()


def _record(name: str, row: ConditionsVersion, actor: Actor, texts: Mapping[str, str]) -> None:
    events.record(name, row, actor=actor, holds_from=row.holds_from, languages=sorted(texts))
