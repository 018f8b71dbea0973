"""Somebody whose journey is over, with their own page open: `made(app)`, `own(...)`, `sent(...)`."""

import uuid
from datetime import timedelta
from io import BytesIO

import sqlalchemy as sa

from tests.files.samples import PDF
from tests.participation.delegate_page.opening import opened
from tests.pledges.forms import words_of
from tests.web.test_session_gone import hidden
from tracker.accounts import links
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.delegate_page import services as pages
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat

__all__ = ["opened"]
LINES = {"visa": 100_00, "insurance": 50_00}


def days(**named):
    return {
        f"{name}-{part}": str(getattr(day, part)) for name, day in named.items() for part in ("day", "month", "year")
    }


def stay(scene, nights=6, *, first="first_day", last="last_day"):
    """The days of the journey as a form sends them."""
    return days(**{first: scene.first_day, last: scene.first_day + timedelta(days=nights)})


def linked(scene, seat: uuid.UUID) -> str:
    """Give whoever sits in the seat a personal link; gives its token."""
    row = db.session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
    seat_id, delegate_id = row.id, row.delegate_id
    db.session.rollback()
    with transaction():
        update_where(Delegate, Delegate.id == delegate_id, email="amina@mail.example", language="fr")
    pages.make_links([seat_id], [delegate_id], actor=scene.travel.actor)
    link = db.session.scalars(sa.select(DelegateLink).order_by(DelegateLink.id.desc()).limit(1)).one()
    token = links.token(link)
    db.session.rollback()
    return token


def press(browser, address, *, at="", status=302, **typed):
    """Open the page at which a form stands, and send the form to the address."""
    page = browser.get(at or address)
    assert page.status_code == 200, words_of(page)
    kept = ("csrf_token", "key", "version", "whole", "claim")
    whole = {name: value for name, value in hidden(page.text).items() if name in kept}
    sent = browser.post(address, data={"whole": "1", **whole, **typed, "key": str(uuid.uuid4())})
    assert sent.status_code == status, words_of(sent)
    return sent


def receipt(scene, *, name="visa.pdf", content=PDF, **said):
    """What is typed of a receipt."""
    usual = {"what": "Fee of the consulate", "amount": "40", "currency": "USD", "number": "V-17"}
    return {**usual, **days(paid_on=scene.first_day), "file": (BytesIO(content), name), **said}
