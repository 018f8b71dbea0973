"""One lawful press of every button of the travel desk."""

from datetime import timedelta

import sqlalchemy as sa

from tests.rights.press import Press, day, paper
from tests.rights.world import World
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.participation.travel.models import CashHanded, SeatTravel
from tracker.pledges.models import SeatLine


def somebody_paid_on_arrival(world: World) -> None:
    """Whoever has a ticket gets an allowance in cash, and has come."""
    seat = _ticketed(world)
    with transaction():
        allowance = SeatLine.seat_id == seat.id, SeatLine.kind == "fare"
        update_where(SeatLine, *allowance, kind="allowance")
        update_where(SeatTravel, SeatTravel.seat_id == seat.id, on_arrival=True, advance="CASH-7")
        update_where(Delegate, Delegate.id == seat.delegate_id, arrives_on=today())


def somebody_who_signed(world: World) -> None:
    """They signed for it, too."""
    somebody_paid_on_arrival(world)
    seat = _ticketed(world)
    with transaction() as session:
        mine = session.scalars(sa.select(SeatTravel).where(SeatTravel.seat_id == seat.id)).one()
        line = session.scalars(sa.select(SeatLine).where(SeatLine.seat_id == seat.id)).one()
        signed = {"handed_on": today(), "pay_list_file_id": mine.authorisation_file_id}
        session.add(CashHanded(travel_id=mine.id, seat_line_id=line.id, amount_minor=20_00, **signed))


def _ticketed(world: World) -> Seat:
    found = db.session.scalars(sa.select(Seat).where(Seat.public_id == world.ids["ticketed_seat"])).one()
    db.session.expunge(found)
    db.session.rollback()
    return found


SOON, LATE = today() + timedelta(days=40), today() + timedelta(days=70)
TRAVEL = {
    "participation.make_authorisation": Press(
        "travel_officer", on="/sessions/AHC-E1/travel/authorisation?s={confirmed_seat}"
    ),
    "participation.make_invitation": Press("travel_officer", {"language": "fr"}),
    "participation.file_authorisation": Press(
        "travel_officer",
        {**day("signed_on", today()), "file": paper},
        "/sessions/AHC-E1/travel/authorised?s={confirmed_seat}",
    ),
    "participation.make_pay_list": Press("travel_officer", day("day", today()), first=somebody_paid_on_arrival),
    "participation.record_handed_over": Press(
        "travel_officer",
        lambda world: {**day("day", today()), "file": paper, "s": str(world.ids["ticketed_seat"])},
        first=somebody_paid_on_arrival,
    ),
    "participation.book_cash": Press(
        "finance_officer",
        lambda world: {"external_reference": "UMOJA CASH", "s": str(world.ids["ticketed_seat"])},
        first=somebody_who_signed,
    ),
    "participation.undo_handed_over": Press("travel_officer", {"reason": "Another person."}, first=somebody_who_signed),
    "participation.record_papers": Press("travel_officer", day("papers_on", today())),
    "participation.record_payee": Press("finance_officer", {"how": "transfer", "number": "401200"}),
    "participation.record_quotation": Press("travel_officer", {"fare": "18", "source": "Agency", **day("until", SOON)}),
    "participation.record_ticket": Press(
        "travel_officer",
        {
            "number": "220-1",
            "agency": "Agency",
            "route": "NBO–VIE–NBO",
            "fare": "18",
            **day("issued_on", today()),
            **day("out_on", SOON),
            **day("back_on", LATE),
        },
    ),
    "participation.record_travelled": Press(
        "travel_officer", {"shown_by": "attendance", **day("first_day", today()), **day("last_day", today())}
    ),
}
