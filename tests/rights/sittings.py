"""Rounds of the world: one in which seats are given, one that waits for its second person, one that was approved."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa

from tests.factories import participation, pledges, rounds, seats
from tests.factories.accounts import Someone
from tests.rounds.proposing.at_work import work
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.support.services import set_up_support
from tracker.participation.support.terms import Terms
from tracker.reference.models import Session
from tracker.rounds import services
from tracker.rounds.proposals.services import ask_for_proposal

FIRST_DAY = date(2031, 9, 1)


def made(manager: Someone, finance: Someone, pledge: uuid.UUID, terms: Terms) -> dict[str, Any]:
    """Kenya asks at three sessions, for two people each, of whom one has a seat. Public ids by name."""
    found: dict[str, Any] = {}
    rounds.book()
    for name in ("open_round", "approved_round", "prepared_round"):
        code = "AHC-" + name[0].upper()
        session_id = participation.meeting(first_day=FIRST_DAY, code=code)
        with transaction():
            update_where(Session, Session.id == session_id, airport_iata="VIE")
        set_up_support(code, actor=manager.actor, terms=terms)
        request = pledges.request_of("KEN", approved=0, kind="participation", session_id=session_id)
        for who in ("quokkastate first", "quokkastate second"):
            seats.person_of(request, who)
        round_ = uuid.UUID(services.open_round(code, actor=manager.actor))
        by = {"actor": manager.actor, "version": None}
        services.give_seat(round_, request_id=request.id, pledges=[seats.row_of(pledge)], **by)
        found |= {name: round_, f"{name}_request": request.public_id, f"{name}_pledge": seats.row_of(pledge)}
        if name != "open_round":
            services.prepare(round_, **by)
    ask_for_proposal(found["open_round"], actor=manager.actor)
    work()
    services.approve(found["approved_round"], actor=finance.actor, version=None)
    first = sa.select(Delegate.public_id).where(Delegate.name == "quokkastate first").order_by(Delegate.id).limit(1)
    waits = sa.select(Delegate.public_id).where(Delegate.status == "reserve", Delegate.name == "quokkastate second")
    found |= {
        "reserve": "AHC-A",
        "waiting": db.session.scalars(waits).one(),
        "open_round_person": db.session.scalars(first).one(),
    }
    db.session.rollback()
    return found
