"""Codes by mail and by telephone, the pages that they open, and how long these stay open."""

import hmac
import secrets
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker import events
from tracker.accounts import links
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.delegate_page import queries
from tracker.participation.delegate_page.lifecycle import CODE_HOLDS, CODE_TRIES, OPENING_TOUCH
from tracker.participation.delegate_page.models import DelegateCode, DelegateLink, DelegateOpening
from tracker.participation.travel import queries as travel
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def ask_code(token: str, *, actor: Actor) -> None:
    """Send a code to the mailbox of a link; the ones before open nothing any more. Raises NotFound for a link that
    leads nowhere, Conflict when as many codes went out within an hour as may."""
    link = _held(queries.link_behind(token).id)
    if queries.codes_are_spent(link.id):
        raise Conflict(lazy("Five codes were sent within an hour. Wait a while, or call the travel officer."))
    code = _new_code(link.id, None)
    events.record("participation.page_code_asked", code, actor=actor, delegate_id=link.delegate_id)


@verb
def read_out_code(public_id: uuid.UUID, *, actor: Actor) -> int:
    """Make a code that the officer reads out by telephone; gives its id (`queries.digits_of` says it). Raises Conflict
    where the person has no link."""
    found, _session = travel.get(public_id, actor)
    authorize(RULES, TravelAction.READ_OUT, actor, travel.facts_of(found))
    link = queries.link_of_seat(found.seat.id)
    if link is None:
        raise Conflict(lazy("This person has no link that a code would open. Send one first."))
    code = _new_code(_held(link.id).id, actor.person_id)
    seat_ids, delegate_ids = [found.seat.id], [found.person.id]
    events.record(
        "participation.code_read_out", found.request, actor=actor, seat_ids=seat_ids, delegate_ids=delegate_ids
    )
    return code.id


@verb(events=0)
def open_page(token: str, *, typed: str) -> str | None:
    """Count a try of the last code, and give the token for the browser's cookie; None where the code is not right, was
    used, is too old, not the last that was asked for, or was tried too often. Raises NotFound for a dead link."""
    link = queries.link_behind(token)
    newest = sa.select(sa.func.max(DelegateCode.id)).where(DelegateCode.link_id == link.id)
    code = db.session.scalars(sa.select(DelegateCode).where(DelegateCode.id == newest.scalar_subquery())).one_or_none()
    if code is None or not update_where(DelegateCode, *_usable(code.id), tries=DelegateCode.tries + 1):
        return None
    if not links.is_known(code.key_id) or not hmac.compare_digest(links.digits(code).encode(), typed.encode()):
        return None
    if not update_where(DelegateCode, DelegateCode.id == code.id, DelegateCode.used_at.is_(None), used_at=now()):
        return None
    opened = secrets.token_urlsafe(32)
    db.session.add(DelegateOpening(link_id=link.id, code_id=code.id, token_hash=links.hash_of(opened)))
    return opened


def _usable(code_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    newer = aliased(DelegateCode)
    superseded = sa.exists().where(newer.link_id == DelegateCode.link_id, newer.id > DelegateCode.id)
    return (
        DelegateCode.id == code_id,
        DelegateCode.used_at.is_(None),
        DelegateCode.expires_at > now(),
        DelegateCode.tries < CODE_TRIES,
        ~superseded.correlate(DelegateCode),
    )


@verb(events=0)
def press(opening_id: int) -> None:
    """Somebody used an open page: it stays open for another while."""
    before = DelegateOpening.pressed_at < now() - OPENING_TOUCH
    update_where(DelegateOpening, DelegateOpening.id == opening_id, before, pressed_at=now())


@verb(events=0)
def close_page(opening_id: int) -> None:
    """Close an open page; what is closed stays closed."""
    still = DelegateOpening.id == opening_id, DelegateOpening.closed_at.is_(None)
    update_where(DelegateOpening, *still, closed_at=now())


def _held(link_id: int) -> DelegateLink:
    """The link, held: whoever asks for another code at the same time waits until the commit."""
    held = sa.select(DelegateLink).where(DelegateLink.id == link_id, queries.living())
    found = db.session.scalars(held.with_for_update(of=DelegateLink)).one_or_none()
    if found is None:
        raise Conflict(lazy("This link has ended meanwhile."))
    return found


def _new_code(link_id: int, read_by_id: int | None) -> DelegateCode:
    code = DelegateCode(
        link_id=link_id,
        read_by_id=read_by_id,
        nonce=links.new_nonce(),
        key_id=links.current_key_id(),
        expires_at=now() + CODE_HOLDS,
    )
    db.session.add(code)
    db.session.flush()
    return code
