"""Seats of the world on which nobody travels, or will not: confirmed, ticketed, given up, of a cancelled session."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa

from tests.factories import offers as seats_of
from tests.factories import papers as handed
from tests.factories import participation, pledges, seats, writing
from tests.factories.assistance import People
from tests.rights.papers import paper
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.files import services as files
from tracker.imports.models import ImportRun
from tracker.participation.agency.models import AgencyLine
from tracker.participation.ending import services as ending
from tracker.participation.ending.services import Why
from tracker.participation.models import Delegate
from tracker.participation.offers import services as offers
from tracker.participation.seats.lifecycle import Cause
from tracker.participation.seats.models import Seat
from tracker.participation.travel.models import CashHanded, PaperCase, SeatTravel
from tracker.pledges.models import SeatLine
from tracker.reference.models import Session

FIRST_DAY = date(2032, 3, 1)
NAMES = ("Awa C", "Awa D", "Awa E", "Awa G")


def made(kenya: People, norway: pledges.People) -> dict[str, Any]:
    """Four seats at one session and one at a session that was cancelled; gives their ids and those of their offers."""
    confirmed, ticketed, given_up, signed = _seats("AHC-E1", kenya, norway, NAMES)
    authority, manager = kenya.authority.actor, norway.manager.actor
    offers.send_offers("AHC-E1", [confirmed, ticketed, given_up, signed], actor=manager)
    for seat in (confirmed, ticketed, given_up, signed):
        offers.confirm(seats_of.offer_of(seat), actor=authority, version=1, nobody_else_pays=True)
    scene = seats_of.Scene("AHC-E1", norway)
    seats_of.paid(scene, given_up, 5_00, "UMOJA SEAT")
    seats_of.ticketed(ticketed)
    seats_of.begun(ticketed)
    seats_of.ticketed(signed)
    handed.doubted_passport(confirmed)
    writing.wrote(confirmed, "quokkaletter: is there a lift?")
    authorised(ticketed, norway)
    signed_for_cash(signed, norway)
    why = Why(Cause.OTHER, "The ministry was reorganised.")
    ending.give_up_seat(seats_of.offer_of(given_up), actor=authority, version=2, why=why)
    _seats("AHC-E2", kenya, norway, ("Awa F",))
    with transaction():
        update_where(Session, Session.code == "AHC-E2", status="cancelled")
    return {
        "confirmed_offer": seats_of.offer_of(confirmed),
        "confirmed_seat": confirmed,
        "ticketed_seat": ticketed,
        "given_up_seat": given_up,
        "signed_seat": signed,
        "cancelled_session": "AHC-E2",
        "travelled_to": "AHC-E1",
        "agency_line": _agency_line(),
    }


def _agency_line() -> uuid.UUID:
    """A line of a statement with a ticket that nobody here has."""
    with transaction() as session:
        run = ImportRun(
            what="agency_statement", file_name="statement.csv", sha256="0" * 64, status="done", ended_at=now()
        )
        session.add(run)
        session.flush()
        stated = {"statement": "ST-1", "stated_on": FIRST_DAY, "number": "999-1", "ticket": "9991", "kind": "sale"}
        line = AgencyLine(import_run_id=run.id, amount_minor=5_00, currency="USD", **stated)
        session.add(line)
        session.flush()
        return line.public_id


def authorised(seat: uuid.UUID, norway: pledges.People) -> None:
    """A manager signed the authorisation of the journey, and it is filed."""
    with transaction() as session:
        row = session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        request = session.get_one(AssistanceRequest, row.request_id)
        file = files.put(paper("quokkapaper.pdf"), actor=norway.manager.actor, subject=request)
        session.add(PaperCase(file_id=file.id, request_id=request.id))
        signed = {"authorised_on": FIRST_DAY, "authorisation_file_id": file.id}
        session.add(SeatTravel(seat_id=row.id, delegate_id=row.delegate_id, **signed))


def signed_for_cash(seat: uuid.UUID, norway: pledges.People) -> None:
    """Whoever sits in the seat is paid on arrival and signed for it; finance has not recorded it."""
    with transaction() as session:
        row = session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        update_where(SeatLine, SeatLine.seat_id == row.id, SeatLine.kind == "fare", kind="allowance")
        allowance = SeatLine.seat_id == row.id, SeatLine.kind == "allowance"
        line = session.scalars(sa.select(SeatLine.id).where(*allowance)).one()
        request = session.get_one(AssistanceRequest, row.request_id)
        file = files.put(paper("quokkalist.pdf"), actor=norway.manager.actor, subject=request)
        session.add(PaperCase(file_id=file.id, request_id=request.id))
        travel = SeatTravel(seat_id=row.id, delegate_id=row.delegate_id, on_arrival=True, advance="CASH-7")
        session.add(travel)
        session.flush()
        by = {"handed_on": today(), "pay_list_file_id": file.id}
        session.add(CashHanded(travel_id=travel.id, seat_line_id=line, amount_minor=5_00, **by))


def _seats(code: str, kenya: People, norway: pledges.People, names: tuple[str, ...]) -> list[uuid.UUID]:
    session_id = participation.meeting(first_day=FIRST_DAY, code=code)
    case = participation.accepted(kenya, session_id=session_id, names=names)
    request = pledges.FundableRequest(case.now.id, case.public_id, case.now.reference)
    pledge = pledges.funded(norway, pledges.terms(5_000_00, title="quokkapledge endings"))
    people = db.session.scalars(sa.select(Delegate.id).where(Delegate.request_id == request.id)).all()
    db.session.rollback()
    given = seats.given(norway, [seats.seat(request, one, (pledge, 20_00)) for one in people])
    found = db.session.scalars(sa.select(Seat.public_id).where(Seat.id.in_(given)).order_by(Seat.id)).all()
    db.session.rollback()
    return list(found)
