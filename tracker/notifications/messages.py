"""The words of one mail, made at the moment it is sent: with the rights and the language of that moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.routing import BuildError

from tracker.accounts.models import Person
from tracker.accounts.queries import (
    actor_for,
    code_of,
    link_for_account_request,
    link_for_code,
    link_for_invitation,
    link_for_reset,
    official_address_of_the_office,
    recipient_of_person,
)
from tracker.events.models import Event
from tracker.extensions import db
from tracker.languages.addresses import reaches_everybody
from tracker.languages.choosing import in_language, words_language
from tracker.languages.marking import lazy
from tracker.notifications import audience, mime, subjects
from tracker.notifications.catalogue import CATALOGUE, Notice
from tracker.notifications.letter_words import WHY_TO_YOU
from tracker.notifications.lifecycle import Cadence, Kind, Result, Side, Status
from tracker.notifications.models import Delivery, Preference
from tracker.notifications.subjects import Subject, View
from tracker.participation.delegate_page import queries as delegates
from tracker.web.application import settings

DIGEST_LINES = 200
"""More than these wait for a mail of their own."""

# Notes whose link is for one mailbox only, computed anew from the row; None when it can no longer be used.
PERSONAL_LINKS: dict[str, Callable[[int], str | None]] = {
    "accounts.invited": link_for_invitation,
    "accounts.reset_asked": link_for_reset,
    "accounts.code_asked": link_for_code,
    "accounts.account_approved": link_for_account_request,
    "accounts.account_refused": link_for_account_request,
    "participation.link_made": delegates.address_of,
    "participation.claim_opens": delegates.address_of,
    "participation.claim_asked": delegates.address_of,
    "participation.claim_replied": delegates.address_of,
    "participation.helper_named": delegates.address_of,
    "participation.helper_named_by_office": delegates.address_of,
    "participation.page_code_asked": delegates.address_for_code,
    "participation.office_wrote": delegates.address_of,
    "participation.papers_reminded": delegates.address_of,
    "participation.papers_reminded_by_office": delegates.address_of,
}
# Notes that carry a code to be typed.
CODES: dict[str, Callable[[int], str | None]] = {
    "accounts.code_asked": code_of,
    "participation.page_code_asked": delegates.digits_of,
}

# The last sentence of a mail: why it came. Message ids, by side.
WHY = {
    Side.STATE: lazy("You get this because you work on requests of your State."),
    Side.STAFF: lazy("You get this because of your role in the office."),
    Side.DONOR: lazy("You get this because you look after pledges of your organisation."),
    Side.ADDRESS: lazy("You get this because this address is the official address of your organisation."),
    Side.SELF: lazy("You get this because it concerns you or your account."),
}


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail, for a digest the ids of the deliveries that it tells, and the status that is told by each delivery."""

    mail: mime.Mail
    told: frozenset[int] = frozenset()
    statuses: Mapping[int, str | None] = field(default_factory=dict)


def where_answers_go() -> str:
    """The address for answers to mail: as set, else the official address of the office where everybody can write to it,
    else the sender's."""
    office = "" if settings().reply_to else official_address_of_the_office() or ""
    return settings().reply_to or (office if reaches_everybody(office) else settings().mail_from)


def compose(delivery: Delivery, reply_to: str) -> Composed | Result:
    """The mail of a delivery, or why there is none any more (it is no longer the recipient's to know)."""
    if delivery.event_id is None:
        return _compose_digest(delivery, reply_to)
    found = _notice_of(delivery)
    if isinstance(found, Result):
        return found
    event, notice, subject, address, language = found
    with in_language(language):
        side = Side(delivery.side)
        words = wording(notice, subject, side) | {"reply_to": reply_to}
        url = link_for(event, words["view"], side, strict=subject.strict)
        if url is None:
            return _not_sent("the personal link was used or has expired")
        mail = write("message", delivery, address, words | {"url": url} | _about(event, side))
        return Composed(mail, statuses={delivery.id: subject.told_status(side)})


def _about(event: Event, side: Side) -> dict[str, Any]:
    """What a note with a link for one mailbox says of itself: its page asks for no sign-in."""
    if not _is_personal(event, side):
        return {}
    code = CODES[event.name](event.subject_id) if event.name in CODES else None
    return {"why": WHY_TO_YOU[event.name], "personal": True, "code": code}


def _is_personal(event: Event, side: Side) -> bool:
    """Whether the mail carries the link that opens a place or an account: it goes to its own mailbox only, never to the
    office's people who are told of the same event."""
    return event.name in PERSONAL_LINKS and side in (Side.ADDRESS, Side.SELF)


def _notice_of(delivery: Delivery) -> tuple[Event, Notice, Subject, str, str] | Result:
    event = db.session.get(Event, delivery.event_id)
    notice = CATALOGUE.get(event.name) if event is not None else None
    subject = subjects.of_event(event) if event is not None else None
    if event is None or notice is None or subject is None:
        return _not_sent("what it was about is gone")
    reader = reader_of(delivery, notice, subject)
    if isinstance(reader, Result):
        return reader
    address, language, subject = reader
    return event, notice, subject, address, language


def _compose_digest(digest: Delivery, reply_to: str) -> Composed | Result:
    """One mail with a line for each member that is still the person's to know."""
    person = recipient_of_person(digest.person_id or 0)
    if person is None:
        return _not_sent("the account is disabled")
    members = db.session.scalars(
        sa.select(Delivery)
        .where(Delivery.digest_id == digest.id, Delivery.status == Status.PENDING)
        .order_by(Delivery.id)
        .limit(DIGEST_LINES)
    ).all()
    with in_language(person.language):
        lines, told = [], {}
        for member in members:
            found = _notice_of(member)
            if isinstance(found, Result):
                continue
            event, notice, subject, _address, _language = found
            side = Side(member.side)
            words = wording(notice, subject, side)
            lines.append(words | {"url": link_for(event, words["view"], side, strict=subject.strict)})
            told[member.id] = subject.told_status(side)
        if not lines:
            return _not_sent("nothing is left to tell")
        headline = ngettext("%(num)d message for you", "%(num)d messages for you", len(lines))
        words = {"headline": headline, "lines": lines, "url": absolute("notifications.index", {}), "reply_to": reply_to}
        return Composed(write("digest", digest, person.email, words), frozenset(told), told)


Reader = tuple[str, str, Subject]


def reader_of(delivery: Delivery, notice: Notice, subject: Subject) -> Reader | Result:
    """Address and language now, and the subject as this reader may know it; a Result when it is not theirs now."""
    if delivery.membership_id is None or delivery.person_id is None:
        found = audience.mailbox_of(delivery.recipient_key, subject.id)
        if found is None:
            return _not_sent("the mailbox is gone")
        return found.email, found.language, _known_to_mailbox(delivery, subject)
    actor = actor_for(delivery.person_id, delivery.membership_id)
    if actor is None:
        return _not_sent("the membership has ended or the account is disabled")
    side = Side(delivery.side)
    if side is Side.DONOR:
        subject = subjects.for_donor(subject, actor.organisation_id)
    if not subject.may_know(actor, side):
        return _not_sent("no right to know of it any more")
    if not notice.always and _wants_none(delivery.person_id, notice.kind):
        return _not_sent("the person chose no e-mail for this")
    email = db.session.scalar(sa.select(Person.email).where(Person.id == delivery.person_id))
    return str(email), actor.language, subject


def _known_to_mailbox(delivery: Delivery, subject: Subject) -> Subject:
    """The subject as those know it in whose stead an official address is told: a donor by its own pledge."""
    if delivery.side != Side.DONOR:
        return subject
    _address, _colon, organisation_id = delivery.recipient_key.partition(":")
    return subjects.for_donor(subject, int(organisation_id))


def _wants_none(person_id: int, kind: str) -> bool:
    cadence = db.session.scalar(
        sa.select(Preference.cadence).where(Preference.person_id == person_id, Preference.kind == kind)
    )
    return cadence == Cadence.NONE


def _not_sent(reason: str) -> Result:
    return Result(Kind.SUPPRESSED, reason)


def wording(notice: Notice, subject: Subject, side: Side, *, inside: bool = False) -> dict[str, Any]:
    """Headline, status and link of one notice, in the language of the moment. Outside the application a
    strictly confidential subject gives neither reference nor status."""
    view = subject.view(side) if notice.endpoint is None else View("", None, notice.endpoint)
    if subject.strict and not inside:
        return {
            "headline": _("A message waits for you"),
            "status": None,
            "reference": "",
            "action": _("Open your notifications"),
            "view": View(""),
        }
    return {
        "headline": _(notice.headline_for(side), reference=view.reference or _("A draft")),
        "status": str(view.status) if view.status is not None else None,
        "reference": view.reference,
        "action": _(notice.action_on(view.endpoint)),
        "view": view,
    }


def link_for(event: Event, view: View, side: Side, *, strict: bool = False) -> str | None:
    """The one link of a mail, below BASE_URL: the subject's page, or the personal link of an account note."""
    if strict:
        return absolute("notifications.index", {})
    if _is_personal(event, side):
        return PERSONAL_LINKS[event.name](event.subject_id)
    return absolute(view.endpoint, view.values)


def absolute(endpoint: str, values: Mapping[str, Any]) -> str:
    """The address of a page for a mail; a page that does not exist in this installation gives the first page."""
    base = settings().base_url
    parts = urlsplit(base)
    adapter = current_app.url_map.bind(parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme)
    try:
        return adapter.build(endpoint, dict(values), force_external=True)
    except BuildError:
        return f"{base}/"


def _why_side(delivery: Delivery) -> Side:
    return Side.ADDRESS if delivery.recipient_key.startswith("address:") else Side(delivery.side)


def rendered(kind: str, end: str, delivery: Delivery, words: dict[str, Any]) -> str:
    """One of the two bodies of a mail: "txt" or "html"."""
    values = {
        "language": words_language(),
        "why": WHY[_why_side(delivery)],
        **words,
        "settings": settings(),
        "preferences_url": absolute("notifications.preferences", {}) if delivery.person_id else None,
    }
    return current_app.jinja_env.get_template(f"mail/{kind}/body.{end}").render(values)


def write(kind: str, delivery: Delivery, address: str, words: dict[str, Any]) -> mime.Mail:
    """Render the mail of templates/mail/KIND in the language that is set; English where that has no words yet."""
    text, html = (rendered(kind, end, delivery, words) for end in ("txt", "html"))
    return mime.build(
        sender=settings().mail_from,
        reply_to=words["reply_to"],
        to=address,
        message_id=delivery.message_id,
        language=words_language(),
        subject=str(words["headline"]),
        text=text,
        html=html,
    )
