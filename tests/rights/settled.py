"""A session of the world that is over, with seats of Kenya to enter, to settle, and with a claim; and one to close."""

import uuid
from typing import Any

import sqlalchemy as sa

from tests.factories import claims, participation, settling
from tests.factories import papers as handed
from tests.factories import pledges as money
from tests.factories.assistance import People
from tests.rights import entries
from tests.rights.people import Someone
from tracker.extensions import db
from tracker.participation.claims import services as looking
from tracker.participation.models import Delegate
from tracker.participation.papers import services as papers
from tracker.participation.seats.models import Seat
from tracker.participation.settling import services
from tracker.participation.settling.lifecycle import Billed, Entry, Spent

OVER, TO_CLOSE = "AHC-P8", "AHC-P9"
PAID = {"fare": 780_00, "allowance": settling.PLANNED, "terminals": 152_00}


def made(kenya: People, norway: money.People, travel: Someone) -> dict[str, Any]:
    """The ids of the sessions and seats."""
    finance = norway.finance
    scene = settling.scene(OVER, donors=norway, office=(travel, finance, finance))
    scene.states["KEN"] = kenya
    entered, over, claimed = (scene.seat(**PAID), scene.seat("confirmed"), scene.seat("no_show", **PAID))
    proved = paid_to_an_account(scene, over)
    services.enter_as_planned(OVER, [entered], actor=norway.manager.actor)
    missed = Entry(Spent(), {"fare": Billed(500_00, "INV-9")}, "Fell ill.")
    services.enter(claimed, actor=norway.manager.actor, version=None, entry=missed)
    seen = settling.read(scene, claimed).total("owed_minor")
    services.settle(claimed, actor=finance.actor, version=None, seen_minor=seen)
    unread, begun = scene.seat(**PAID), scene.seat(**PAID)
    claims.sent(scene, unread)
    paper = claims.sent(scene, begun)
    looking.begin(begun, actor=travel.actor, version=None)
    to_close = participation.meeting(first_day=scene.first_day, code=TO_CLOSE)
    participation.accepted(kenya, session_id=to_close)
    told = {"claim_unread": unread, "claim_begun": begun, "claim_paper": paper}
    ids = {"over": OVER, "to_close": TO_CLOSE, **entries.made(), **told}
    return {**ids, "seat_over": over, "proved_person": proved, "seat_entered": entered, "seat_claimed": claimed}


def paid_to_an_account(scene: settling.Scene, seat: uuid.UUID) -> uuid.UUID:
    """Whoever sits in the seat named an account, was paid to it, and travelled; gives who that is."""
    by = {"actor": scene.travel.actor, "version": None, "by": handed.by_office()}
    papers.choose_payment(seat, payment=handed.an_account(), **by)
    scene.to_an_account(seat)
    for line, amount in PAID.items():
        scene.pay(seat, amount, line, method="bank_transfer")
    settling.move(seat, "ticket", "travel")
    whose = sa.select(Delegate.public_id).join(Seat, Seat.delegate_id == Delegate.id).where(Seat.public_id == seat)
    found = db.session.scalars(whose).one()
    db.session.rollback()
    return found
