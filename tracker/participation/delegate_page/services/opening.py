"""Codes by mail and by telephone, the pages that they open, and how long these stay open."""

import hmac
import secrets
import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts import links
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.delegate_page import queries
from tracker.participation.delegate_page.lifecycle import CODE_HOLDS, CODES_PER_DAY, CODES_PER_HOUR, OPENING_TOUCH
from tracker.participation.delegate_page.models import DelegateCode, DelegateLink, DelegateOpening
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries as travel
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def ask_code(token: str, *, actor: Actor) -> None:
    """Send a code to the mailbox of a link; the ones mailed before open nothing any more. Raises NotFound for a link
    that leads nowhere, Conflict when as many codes went out within an hour or a day as may."""
    link = _held(queries.link_behind(token).id)
    hourly, daily = (queries.codes_mailed(link.id, within) for within in (timedelta(hours=1), timedelta(days=1)))
    if daily >= CODES_PER_DAY:
        raise Conflict(lazy("Fifteen codes were sent within a day. Call the travel officer, or try again tomorrow."))
    if hourly >= CODES_PER_HOUR:
        raise Conflict(lazy("Five codes were sent within an hour. Wait a while, or call the travel officer."))
    code = _new_code(link.id, None)
    request_id = db.session.get_one(Seat, link.seat_id).request_id
    facts: dict[str, Any] = {"delegate_id": link.delegate_id, "request_id": request_id}
    of_request = (AssistanceRequest, [request_id])
    events.record("participation.page_code_asked", code, actor=actor, also_about=of_request, **facts)


@verb
def read_out_code(public_id: uuid.UUID, *, actor: Actor) -> int:
    """Make a code that the officer reads out by telephone; gives its id (`queries.digits_of` says it). One that was
    mailed goes on, one that was read out before does not. Raises Conflict where the person has no link."""
    found, _session = travel.get(public_id, actor)
    authorize(RULES, TravelAction.READ_OUT, actor, travel.facts_of(found))
    link = queries.link_of_seat(found.seat.id)
    if link is None:
        raise Conflict(lazy("This person has no link that a code would open. Send one first."))
    code = code_to_read_out(link.id, actor)
    seat_ids, delegate_ids = [found.seat.id], [found.person.id]
    events.record(
        "participation.code_read_out", found.request, actor=actor, seat_ids=seat_ids, delegate_ids=delegate_ids
    )
    return code.id


def code_to_read_out(link_id: int, actor: Actor) -> DelegateCode:
    """A code of a link for whoever calls, with the officer who reads it out. Raises Conflict where the link ended."""
    return _new_code(_held(link_id).id, actor.person_id)


@verb(events=0)
def open_page(token: str, *, typed: str) -> str | None:
    """Use the code, and give the token for the browser's cookie; None where it is not right, was used, is too old, was
    followed by another of its kind, or was tried too often. What is not right counts as a try of each code that is
    there. Raises NotFound for a dead link."""
    link = queries.link_behind(token)
    codes = db.session.scalars(sa.select(DelegateCode).where(*queries.usable(link.id))).all()
    right = [code for code in codes if _is_right(code, typed)]
    tried = {"tries": DelegateCode.tries + 1}
    for code in [] if right else codes:
        update_where(DelegateCode, *_same(code), **tried)
    if not right or not update_where(DelegateCode, *_same(right[0]), used_at=now(), **tried):
        return None
    opened = secrets.token_urlsafe(32)
    db.session.add(DelegateOpening(link_id=link.id, code_id=right[0].id, token_hash=links.hash_of(opened)))
    return opened


def _same(code: DelegateCode) -> tuple[sa.ColumnElement[bool], ...]:
    return (DelegateCode.id == code.id, *queries.usable(code.link_id))


def _is_right(code: DelegateCode, typed: str) -> bool:
    return links.is_known(code.key_id) and hmac.compare_digest(links.digits(code).encode(), typed.encode())


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
