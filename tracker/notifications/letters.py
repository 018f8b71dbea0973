"""The mail about one request as the office reads it afterwards: to whom, when, in which language, with what outcome.

No text of a mail is kept. It is made again from what happened, with the status that was told and in the language in
which it was sent; what has become strictly confidential since says only that a message waits.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.accounts.models import Membership, Organisation, Person
from tracker.accounts.presenting import organisation_name
from tracker.errors import NotFound
from tracker.events.models import Event
from tracker.extensions import db
from tracker.languages.choosing import in_language, words_language
from tracker.notifications import failure_sentences, messages, subjects
from tracker.notifications.catalogue import CATALOGUE
from tracker.notifications.lifecycle import STATUS_LABELS, Channel, Side, Status
from tracker.notifications.models import Delivery

PAGE = 25
D = Delivery


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. `sent_at` and `language` are empty until it was sent; `outcome` says how it ended or stands."""

    id: int
    public_id: uuid.UUID
    about: str
    to: str
    created_at: Any
    sent_at: Any
    language: str
    outcome: str
    reason: str
    in_digest: bool


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body of a mail, in its language."""

    subject: str
    body: str
    language: str


def select(request_id: int, *, before: int | None = None, limit: int = PAGE) -> sa.Select[Any]:
    """Mail about a request, newest first."""
    older = (D.id < before,) if before is not None else ()
    return _rows(request_id).where(*older).order_by(D.id.desc()).limit(limit)


def _rows(request_id: int) -> sa.Select[Any]:
    number = sa.func.substr(D.recipient_key, len("address:") + 1)
    official = sa.case((D.recipient_key.like("address:%"), sa.cast(number, sa.Integer)))
    owner = sa.func.coalesce(Membership.organisation_id, official)
    columns = (D.id, D.public_id, D.kind, D.side, D.status, D.language, D.created_at, D.sent_at, D.last_error)
    return (
        sa.select(*columns, D.digest_id, Event.name.label("event"), Person.name.label("person"))
        .add_columns(Organisation.state_iso3, Organisation.name.label("organisation"))
        .join(Event, Event.id == D.event_id)
        .outerjoin(Person, Person.id == D.person_id)
        .outerjoin(Membership, Membership.id == D.membership_id)
        .outerjoin(Organisation, Organisation.id == owner)
        .where(D.subject_key == f"request:{request_id}", D.channel == Channel.EMAIL)
    )


def read(rows: Sequence[Any]) -> list[Letter]:
    """The rows of `select` in words, in the language of the reader."""
    return [_letter(row) for row in rows]


def page(request_id: int, *, before: int | None = None) -> tuple[list[Letter], int | None]:
    """One page of them, and the row id to go on below."""
    rows = db.session.execute(select(request_id, before=before, limit=PAGE + 1)).all()
    return read(rows[:PAGE]), rows[PAGE - 1].id if len(rows) > PAGE else None


def one(request_id: int, public_id: uuid.UUID) -> tuple[Letter, Text]:
    """One mail with its text. Raises NotFound for one that is about something else, or whose matter is gone."""
    row = db.session.execute(_rows(request_id).where(D.public_id == public_id)).one_or_none()
    text = _text(db.session.get_one(D, row.id)) if row is not None else None
    if row is None or text is None:
        raise NotFound
    return _letter(row), text


def _text(delivery: Delivery) -> Text | None:
    """The mail as it would be made now, but for what was true when it was sent."""
    event = db.session.get_one(Event, delivery.event_id)
    notice, subject, side = CATALOGUE.get(event.name), subjects.of_event(event), Side(delivery.side)
    if notice is None or subject is None:
        return None
    if side is Side.DONOR:
        subject = subjects.for_donor(subject, _donor(delivery))
    with in_language(delivery.language or "en"):
        words = messages.wording(notice, subject.as_told(side, delivery.told_status), side)
        url = messages.link_for(event, words["view"], side, strict=subject.strict)
        words |= {"url": url, "reply_to": messages.where_answers_go()}
        if delivery.digest_id is None:
            body = messages.rendered("message", "txt", delivery, words)
        else:
            whole = {"lines": [words], "url": messages.absolute("notifications.index", {})}
            body = messages.rendered("digest", "txt", delivery, words | whole)
        return Text(str(words["headline"]), body.strip(), words_language())


def _donor(delivery: Delivery) -> int | None:
    """The donor that was told: by one of its people, or at its official address."""
    if delivery.membership_id is None:
        return int(delivery.recipient_key.partition(":")[2])
    return db.session.scalar(sa.select(Membership.organisation_id).where(Membership.id == delivery.membership_id))


def _letter(row: Any) -> Letter:
    bad = row.status in (Status.BOUNCED, Status.FAILED)
    return Letter(
        row.id,
        row.public_id,
        failure_sentences.about(row.event, row.kind, row.side),
        _recipient(row),
        row.created_at,
        row.sent_at,
        row.language or "",
        _(STATUS_LABELS[Status(row.status)]),
        failure_sentences.reason(row.last_error) if bad else "",
        row.digest_id is not None,
    )


def _recipient(row: Any) -> str:
    owner = organisation_name(_Owner(row.state_iso3, row.organisation)) if row.organisation else ""
    if row.person is None:
        return _("%(organisation)s, official address", organisation=owner)
    return _("%(name)s, %(organisation)s", name=row.person, organisation=owner) if owner else row.person


@dataclass(frozen=True, slots=True)
class _Owner:
    state_iso3: str | None
    name: str
