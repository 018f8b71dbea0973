"""A delegate at a browser: the page behind their personal link, opened with its code on the site itself."""

import uuid
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from tests.drills.visitor import NotTaken, Visitor
from tests.factories.accounts import Someone
from tests.participation.delegate_page.opening import digits
from tests.web.test_session_gone import hidden
from tracker.accounts import links
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.delegate_page.services import make_links
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat


def at_own_page(site: str, seat: uuid.UUID, delegate_id: int, officer: Someone) -> tuple[Visitor, str]:
    """Whoever sits in the seat, with the address of their page, which is open."""
    said = {"email": f"delegate-{delegate_id}@example.org", "nationality_iso3": "KEN", "payer_visa": "fund"}
    with transaction():
        update_where(Delegate, Delegate.id == delegate_id, **said)
    seat_id = db.session.scalars(sa.select(Seat.id).where(Seat.public_id == seat)).one()
    db.session.rollback()
    make_links([seat_id], [delegate_id], actor=officer.actor)
    mine = DelegateLink.delegate_id == delegate_id, DelegateLink.ended_at.is_(None)
    token = links.token(db.session.scalars(sa.select(DelegateLink).where(*mine)).one())
    db.session.rollback()
    guest, address = Visitor(site, "lang=en"), f"/journey/{token}"
    code = digits(token)
    _status, door = guest._ask("GET", address)
    status, _content = guest._ask("POST", f"{address}/open", urlencode(hidden(door.decode()) | {"page_code": code}))
    if status != 302:
        raise NotTaken(f"{address}/open: {status}")
    return guest, address


def press(visitor: Visitor, page: str, typed: dict[str, Any]) -> tuple[int, str]:
    """Open a page and send its form; gives the answer."""
    status, content = visitor._ask("GET", page)
    if status != 200:
        return status, content.decode()
    status, content = visitor._ask("POST", page, urlencode(hidden(content.decode()) | typed, doseq=True))
    return status, content.decode()
