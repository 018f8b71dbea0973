"""How a browser opens the page of a delegate: the token of the link, a code, a press."""

import uuid

import sqlalchemy as sa

from tracker.accounts import links
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.delegate_page import services
from tracker.participation.delegate_page.models import DelegateCode, DelegateLink
from tracker.participation.seats.models import Seat
from tracker.rights.actor import Actor


def token_of(scene, state="KEN"):
    """The token in the personal link of whoever sits in the State's seat."""
    seat_id = sa.select(Seat.id).where(Seat.public_id == scene.seats[state]).scalar_subquery()
    row = db.session.scalars(
        sa.select(DelegateLink).where(DelegateLink.seat_id == seat_id, DelegateLink.ended_at.is_(None))
    ).one()
    found = links.token(row)
    db.session.rollback()
    return found


def digits(token):
    """The code that a delegate asks for."""
    services.ask_code(token, actor=Actor.anonymous)
    newest = db.session.scalars(sa.select(DelegateCode).order_by(DelegateCode.id.desc()).limit(1)).one()
    found = links.digits(newest)
    db.session.rollback()
    return found


def press(client, address, **typed):
    """One press of a button."""
    return client.post(address, data={"whole": "1", "key": str(uuid.uuid4()), **typed})


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def opened(app, token):
    """A browser in which the page is open."""
    client = app.test_client()
    assert press(client, f"/journey/{token}/open", page_code=digits(token)).status_code == 302
    return client


def aged(model, column, by):
    """What the rows say of this moment is so long ago."""
    with transaction():
        update_where(model, sa.true(), **{column: now() - by})
