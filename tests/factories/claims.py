"""Claims for tests: somebody whose journey is over sends one with a boarding pass and a receipt."""

import io
import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.factories.settling import Scene
from tests.files.samples import PDF
from tracker.extensions import db
from tracker.participation.claims import services
from tracker.participation.claims.lifecycle import Days, Receipt
from tracker.participation.claims.models import ClaimPaper, DelegateClaim
from tracker.participation.delegate_page import services as pages
from tracker.participation.papers import contents
from tracker.participation.seats.models import Seat
from tracker.rights.actor import Actor


def sent(scene: Scene, seat: uuid.UUID) -> uuid.UUID:
    """Whoever sits in the seat gets a link and sends a claim; gives the public id of its boarding pass."""
    row = sa.select(Seat.id, Seat.delegate_id).where(Seat.public_id == seat)
    seat_id, person_id = db.session.execute(row).one()
    db.session.rollback()
    pages.make_links([seat_id], [person_id], actor=scene.travel.actor)
    act: dict[str, Any] = {"actor": Actor.anonymous, "by": contents.delegate(person_id)}
    stay = Days(scene.first_day, scene.first_day + timedelta(days=6), {}, "A word of mine.")
    services.save_days(seat, version=None, days=stay, **act)
    services.add_boarding_pass(seat, file=_pdf(1), **act)
    fee = Receipt("other", "Fee", scene.first_day, 40_00, "USD", "V-17")
    services.add_receipt(seat, receipt=fee, file=_pdf(2), **act)
    services.send_claim(seat, version=None, **act)
    of_it = sa.select(ClaimPaper.public_id).join(DelegateClaim, DelegateClaim.id == ClaimPaper.claim_id)
    found = db.session.scalars(of_it.where(DelegateClaim.seat_id == seat_id, ClaimPaper.kind == "boarding")).one()
    db.session.rollback()
    return found


def _pdf(number: int) -> FileStorage:
    return FileStorage(io.BytesIO(PDF + b"%" * number), filename=f"{number}.pdf")
