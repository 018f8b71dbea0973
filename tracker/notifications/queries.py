"""Reads: who will be told, and deliveries that failed. A person's own notifications are read in inbox.py."""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext

from tracker.accounts.models import AccountRequestPerson, Invitation, Organisation, Person
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.calendar.now import now
from tracker.database.columns import UtcDateTime
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import failure_sentences, subjects
from tracker.notifications.catalogue import CATALOGUE, DIGEST, KIND_LABELS
from tracker.notifications.lifecycle import REPEATABLE, Channel, Status
from tracker.notifications.models import Delivery, Dispatch, DispatchMark, Preference, stands_in
from tracker.notifications.preview import audience, audience_in_words, told_of_each
from tracker.notifications.read_marks import read_by_office
from tracker.rights.actor import Actor

__all__ = ["audience", "audience_in_words", "read_by_office", "told_of_each"]
PAGE = 25


def preferences_of(actor: Actor) -> dict[str, str]:
    """The cadence that the actor chose for each kind; kinds without a choice are missing."""
    chosen = sa.select(Preference.kind, Preference.cadence).where(Preference.person_id == actor.person_id)
    return dict(db.session.execute(chosen).all())


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """A delivery that was not (surely) sent, for the office: never the text of the message.

    Of strictly confidential matters that are not the reader's to know neither the recipient nor what the server said
    (it repeats the address) is told. `request` and `reference` are those of the request that it is about, where the
    reader may open it.
    """

    delivery: Delivery
    request: uuid.UUID | None
    reference: str
    about: str
    kind: str
    recipient: str
    person: uuid.UUID | None
    reason: str
    said: str
    next_step: str


def failed_deliveries(
    actor: Actor, *, before: int | None = None, limit: int = PAGE
) -> tuple[list[FailedDelivery], int | None]:
    """Bounced, failed and uncertain deliveries, newest first, and the row id to go on below."""
    older = (Delivery.id < before,) if before is not None else ()
    rows = db.session.execute(
        sa.select(Delivery, Event, _whose().label("whose"), Person.public_id)
        .add_columns(AssistanceRequest.public_id, AssistanceRequest.reference)
        .select_from(Delivery)
        .outerjoin(Event, Event.id == Delivery.event_id)
        .outerjoin(AssistanceRequest, sa.and_(_is_about_request(), visible_to(actor)))
        .outerjoin(Person, Person.id == Delivery.person_id)
        .outerjoin(Organisation, Organisation.id == _numbered("address:", but="%@%"))
        .outerjoin(Invitation, Invitation.id == _numbered("invite:"))
        .outerjoin(AccountRequestPerson, AccountRequestPerson.id == _numbered("address:@"))
        .where(stands_in(Delivery, *REPEATABLE), *older)
        .order_by(Delivery.id.desc())
        .limit(limit + 1)
    ).all()
    shown = rows[:limit]
    secret = subjects.kept_from(actor, [row.Event for row in shown if row.Event is not None])
    lines = [_line(row, known=row.Event is None or row.Event.id not in secret) for row in shown]
    return lines, shown[-1][0].id if len(rows) > limit else None


def _line(row: Any, *, known: bool) -> FailedDelivery:
    delivery, event, whose, public_id, request, reference = row
    return FailedDelivery(
        delivery,
        request=request,
        reference=reference or "",
        about=failure_sentences.about(event.name if event is not None else "", delivery.kind, delivery.side),
        kind=gettext(KIND_LABELS.get(delivery.kind, DIGEST)),
        recipient=_named(whose) if known else gettext("Not shown: strictly confidential"),
        person=public_id if known else None,
        reason=failure_sentences.reason(delivery.last_error),
        said=delivery.last_error or "" if known and not _is_delegate(whose) else "",
        next_step=failure_sentences.next_step(delivery),
    )


def _named(whose: str) -> str:
    """A delegate is not named: the office reads who it is at the travel desk."""
    return gettext("A delegate with a personal link") if _is_delegate(whose) else whose


def _is_delegate(whose: str) -> bool:
    """What a mail server says of a delegate's mailbox repeats the address, which the travel desk alone reads."""
    return whose.startswith("delegate:")


def _is_about_request() -> sa.ColumnElement[bool]:
    """Asked of the request's id, so that an index finds it. Of a delegate's link or code the event says which it is."""
    number = sa.cast(sa.func.substr(Delivery.subject_key, len("request:") + 1), sa.Integer)
    of_delegate = Delivery.subject_key.like("delegate!_%", escape="!"), Event.data["request_id"].as_integer()
    return AssistanceRequest.id == sa.case((Delivery.subject_key.like("request:%"), number), of_delegate)


def _whose() -> sa.ColumnElement[str]:
    """The recipient as the office knows them: by name, or by the address where there is no account yet."""
    named = Person.name, Organisation.name, Invitation.email, AccountRequestPerson.email
    return sa.func.coalesce(*named, Delivery.recipient_key)


def _numbered(kind: str, *, but: str = "") -> sa.ColumnElement[int]:
    """The number behind a kind of recipient key (`address:ID`), except of keys like `but`; NULL for others."""
    number = sa.cast(sa.func.substr(Delivery.recipient_key, len(kind) + 1), sa.Integer)
    return sa.case((sa.and_(Delivery.recipient_key.like(f"{kind}%"), Delivery.recipient_key.not_like(but)), number))


def unsent_invitations(ids: Collection[int]) -> dict[int, str]:
    """Why the newest letter of an invitation was not sent for good, in a sentence, by the invitation's id."""
    if not ids:
        return {}
    to_them = Delivery.subject_key.in_([f"invitation:{number}" for number in ids]), Delivery.channel == Channel.EMAIL
    letters = sa.select(Delivery.recipient_key, Delivery.status, Delivery.last_error).where(*to_them)
    newest = {row.recipient_key: row for row in db.session.execute(letters.order_by(Delivery.id))}
    found = {number: newest.get(f"invite:{number}") for number in ids}
    return {
        number: failure_sentences.reason(row.last_error)
        for number, row in found.items()
        if row is not None and row.status in (Status.BOUNCED, Status.FAILED)
    }


def unsent_link(link_id: int) -> str:
    """Why the newest letter to a delegate about their page (its link, or a code) was not delivered, in a sentence;
    empty where it was, or is on its way. Never what the server said, which repeats the address."""
    to_them = Delivery.recipient_key == f"delegate:{link_id}", Delivery.channel == Channel.EMAIL
    newest = sa.select(Delivery.status, Delivery.last_error).where(*to_them).order_by(Delivery.id.desc()).limit(1)
    row = db.session.execute(newest).one_or_none()
    ended_badly = row is not None and row.status in (Status.BOUNCED, Status.FAILED)
    return failure_sentences.reason(row.last_error) if row is not None and ended_badly else ""


def links_that_came_back(link_ids: Collection[int]) -> set[int]:
    """Of these personal links those whose newest letter was not delivered; one statement, none without links."""
    if not link_ids:
        return set()
    keys = {f"delegate:{link_id}": link_id for link_id in link_ids}
    mails = Delivery.recipient_key.in_(keys), Delivery.channel == Channel.EMAIL
    newest = sa.select(sa.func.max(Delivery.id)).where(*mails).group_by(Delivery.recipient_key)
    bad = Delivery.status.in_((Status.BOUNCED, Status.FAILED))
    rows = db.session.scalars(sa.select(Delivery.recipient_key).where(Delivery.id.in_(newest), bad))
    return {keys[key] for key in rows}


def reasons() -> dict[str, int]:
    """Why mail was refused or failed, in sentences, and how many of each."""
    troubled = stands_in(Delivery, Status.BOUNCED, Status.FAILED)
    counted = sa.select(Delivery.last_error, sa.func.count()).where(troubled).group_by(Delivery.last_error)
    found: Counter[str] = Counter()
    for said, number in db.session.execute(counted):
        found[failure_sentences.reason(said)] += number
    return dict(found.most_common())


@dataclass(frozen=True, slots=True)
class Figures:
    """How sending goes: numbers by status (of those not ended well), what waits, the age of the oldest."""

    waiting: int
    bounced: int
    failed: int
    uncertain: int
    unreachable: int
    unexpanded: int
    oldest_due: timedelta


def figures() -> Figures:
    """How sending goes, in one statement; counts of the small partial indexes only."""
    at = now()
    waits = sa.and_(stands_in(Delivery, Status.PENDING), Delivery.digest_id.is_(None))
    mail = sa.and_(waits, Delivery.due_at <= at)
    troubled_ = stands_in(Delivery, *REPEATABLE)
    away = sa.and_(Delivery.unreachable_at.is_not(None), waits)
    counts = [
        sa.select(sa.func.count()).where(condition).scalar_subquery()
        for condition in (mail, *(sa.and_(troubled_, Delivery.status == status) for status in REPEATABLE), away)
    ]
    left = _unexpanded(sa.func.count()).scalar_subquery()
    row = db.session.execute(sa.select(*counts, left, _waits_since(at))).one()
    numbers: list[Any] = [*row[:-1], at - min(row[-1] or at, at)]
    return Figures(*numbers)


def oldest_due_delivery_seconds() -> int:
    """For how long mail has been kept from being sent; 0 when none is. Raise what the database raises."""
    at = now()
    since = db.session.scalar(sa.select(_waits_since(at)))
    return int((at - since).total_seconds()) if since else 0


def _unexpanded(what: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """`what` over the events of which no delivery was made yet."""
    mark = sa.select(sa.func.coalesce(sa.func.max(DispatchMark.event_id), 0)).scalar_subquery()
    dispatched = sa.exists().where(Dispatch.event_id == Event.id)
    return sa.select(what).where(Event.id > mark, ~dispatched)


def _waits_since(at: datetime) -> sa.ColumnElement[datetime | None]:
    """Since when the first of them should have gone out: what is due, what an absent mail server put off (its next
    try lies ahead, and still it is late), and events that no worker came to turn into deliveries."""
    waits = sa.and_(stands_in(Delivery, Status.PENDING), Delivery.digest_id.is_(None))
    kinds = [
        sa.select(sa.func.min(Delivery.due_at).label("since")).where(waits, Delivery.due_at <= at),
        sa.select(sa.func.min(Delivery.unreachable_at)).where(Delivery.unreachable_at.is_not(None), waits),
        _unexpanded(sa.func.min(Event.at)).where(Event.name.in_(CATALOGUE)),
    ]
    first = sa.union_all(*kinds).subquery()
    return sa.type_coerce(sa.select(sa.func.min(first.c.since)).scalar_subquery(), UtcDateTime)
