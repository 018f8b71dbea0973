"""Rounds of the world: one in which seats are given, one that waits for its second person."""

import uuid
from datetime import date
from typing import Any

from tests.factories import participation, pledges, rounds, seats
from tests.factories.accounts import Someone
from tracker.database.transactions import transaction, update_where
from tracker.participation.support.services import set_up_support
from tracker.participation.support.terms import Terms
from tracker.reference.models import Session
from tracker.rounds import services

FIRST_DAY = date(2031, 9, 1)


def made(manager: Someone, pledge: uuid.UUID, terms: Terms) -> dict[str, Any]:
    """Kenya asks at two sessions, for two people each, of whom one has a seat. Public ids by name."""
    found: dict[str, Any] = {}
    rounds.book()
    for name in ("open_round", "prepared_round"):
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
    services.prepare(round_, **by)
    return found
