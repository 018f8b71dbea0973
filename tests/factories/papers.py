"""What a delegate hands in, with values that stand nowhere else, so that they are found wherever they leak."""

import uuid
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tests.factories.accounts import Someone
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.disclosing.services import Asked, disclose
from tracker.participation.models import Delegate
from tracker.participation.papers import contents, services
from tracker.participation.papers.contents import Access, Passport, Payment, Visa
from tracker.participation.papers.lifecycle import Paper
from tracker.participation.seats.models import Seat
from tracker.rights.actor import Actor

CANARIES = ("XK7710042", "KISUMUCANARY", "V99887766", "sign language canary", "DE89370400440532013000", "Holder Canary")
"""A part of each sealed value that can be looked for."""


def a_passport(**said: Any) -> Passport:
    """A passport that agrees with the nomination of "Awa KEN" for a session within a year."""
    usual = {"given_name": "Awa", "family_name": "KEN", "number": "XK7710042", "issued_by": "KEN", "nationality": "KEN"}
    return Passport(**{**usual, "born_on": date(1981, 4, 7), "valid_until": today() + timedelta(days=900), **said})


def a_visa(**said: Any) -> Visa:
    """A visa that covers the next months."""
    days = {"valid_from": today(), "valid_until": today() + timedelta(days=300)}
    return Visa(**{"needed": True, "number": "V99887766", **days, **said})


def an_account(**said: Any) -> Payment:
    """An account with a lawful IBAN."""
    usual = {"by": "transfer", "holder": "Holder Canary", "bank": "Bank", "iban": "DE89370400440532013000"}
    return Payment(**{**usual, "bic": "COBADEFFXXX", "currency": "EUR", **said})


def by_office(**said: Any) -> contents.HandedBy:
    """What an officer enters from a letter of today."""
    return contents.officer(**{"source": "Copy, by mail of the ministry", "received_on": today(), **said})


def all_handed_in(seat: uuid.UUID, officer: Someone) -> None:
    """Passport, visa, access needs and an account of whoever sits in the seat; the officer accepts the other name."""
    by: dict[str, Any] = {"actor": officer.actor, "version": None, "by": by_office()}
    services.hand_in_passport(seat, passport=a_passport(given_name="Awa Kisumucanary"), **by)
    services.accept_passport(seat, actor=officer.actor, version=None)
    services.hand_in_visa(seat, visa=a_visa(), **by)
    services.say_access_needs(seat, access=Access("sign language canary"), **by)
    services.choose_payment(seat, payment=an_account(), **by)


def given_out(code: str, seat: uuid.UUID, officer: Someone) -> None:
    """The number of the passport of whoever sits in the seat is given out to the agency."""
    whose = sa.select(Delegate.public_id).join(Seat, Seat.delegate_id == Delegate.id).where(Seat.public_id == seat)
    people = db.session.scalars(whose).all()
    db.session.rollback()
    asked = Asked("agency", "Agency Ltd", ((Paper.PASSPORT, "number"),), "APIS.", "screen")
    disclose(code, people, actor=officer.actor, asked=asked)


def doubted_passport(seat: uuid.UUID) -> None:
    """Whoever sits in the seat hands in a passport in which another name stands."""
    own = db.session.scalars(sa.select(Seat.delegate_id).where(Seat.public_id == seat)).one()
    passport, by = a_passport(family_name="Another"), contents.delegate(own)
    services.hand_in_passport(seat, actor=Actor.anonymous, version=None, passport=passport, by=by)


def another_sits_in(seat: uuid.UUID) -> None:
    """The other person whom the State nominated sits in the seat now."""
    with transaction():
        row = db.session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        others = Delegate.request_id == row.request_id, Delegate.id != row.delegate_id
        other = db.session.scalars(sa.select(Delegate.id).where(*others)).one()
        update_where(Seat, Seat.id == row.id, delegate_id=other)
