"""Open offers of seats as deadlines: of the State's answer, read by the State and by who sent them."""

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.deadlines.sources import Deadline, Window
from tracker.extensions import db
from tracker.participation.offers.models import Offer
from tracker.participation.seats.models import Seat
from tracker.reference.models import Session
from tracker.rights.actor import TRAVEL_OFFICERS, Actor

R = AssistanceRequest


def open_offers(actor: Actor, window: Window) -> Iterator[Deadline]:
    """Every offer that is not answered, on the last day of its answer; one statement."""
    if not (actor.is_state or actor.has(*TRAVEL_OFFICERS)):
        return
    statement = (
        sa.select(Offer.public_id, Offer.until, Offer.sent_at, R.reference, R.marking, Session.code)
        .join(Seat, Seat.id == Offer.seat_id)
        .join(R, R.id == Seat.request_id)
        .join(Session, Session.id == R.session_id)
        .where(Offer.outcome.is_(None), Offer.until.between(window.first, window.last), visible_to(actor))
        .order_by(Offer.until, Offer.id)
        .limit(window.most)
    )
    for row in db.session.execute(statement):
        own = ("participation.offer", {"public_id": row.public_id})
        endpoint, values = own if actor.is_state else ("participation.offers", {"code": row.code})
        yield Deadline(
            key=f"offer-{row.public_id}",
            day=row.until,
            title=_("To answer the offer of a seat"),
            about=row.reference,
            endpoint=endpoint,
            values=values,
            whose="" if actor.is_state else _("The State"),
            changed_at=row.sent_at,
            about_outside=row.marking != Marking.STRICTLY_CONFIDENTIAL,
        )
