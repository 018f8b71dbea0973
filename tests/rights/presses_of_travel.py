"""One lawful press of every button of the travel desk."""

from datetime import timedelta

import sqlalchemy as sa

from tests.rights.press import Press, day, paper
from tests.rights.presses_of_entries import ENTRIES
from tests.rights.presses_of_papers import PAPERS
from tests.rights.world import World
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.deviations.lifecycle import Wish
from tracker.participation.deviations.services import record_deviation
from tracker.participation.helping.services import name_helper
from tracker.participation.models import Delegate
from tracker.participation.papers import contents
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries
from tracker.participation.travel.models import CashHanded, SeatTravel
from tracker.participation.travel.services import Quotation, record_quotation
from tracker.pledges.models import SeatLine
from tracker.rights.actor import Actor


def somebody_paid_on_arrival(world: World) -> None:
    """Whoever has a ticket gets an allowance in cash, and has come."""
    seat = _ticketed(world)
    with transaction():
        allowance = SeatLine.seat_id == seat.id, SeatLine.kind == "fare"
        update_where(SeatLine, *allowance, kind="allowance")
        update_where(SeatTravel, SeatTravel.seat_id == seat.id, on_arrival=True, advance="CASH-7")
        update_where(Delegate, Delegate.id == seat.delegate_id, arrives_on=today())


def somebody_who_is_helped(world: World) -> None:
    """Whoever has a confirmed seat named a helper."""
    seat = db.session.scalars(sa.select(Seat).where(Seat.public_id == world.ids["confirmed_seat"])).one()
    by = contents.delegate(seat.delegate_id)
    said = {"name": "Omar", "email": "omar@mail.example", "language": "fr"}
    name_helper(seat.public_id, actor=Actor.anonymous, version=None, by=by, **said)


def somebody_who_signed(world: World) -> None:
    """They signed for it, too."""
    somebody_paid_on_arrival(world)
    seat = _ticketed(world)
    with transaction() as session:
        mine = session.scalars(sa.select(SeatTravel).where(SeatTravel.seat_id == seat.id)).one()
        allowance = SeatLine.seat_id == seat.id, SeatLine.kind == "allowance"
        line = session.scalars(sa.select(SeatLine).where(*allowance)).one()
        signed = {"handed_on": today(), "pay_list_file_id": mine.authorisation_file_id}
        session.add(CashHanded(travel_id=mine.id, seat_line_id=line.id, amount_minor=20_00, **signed))


def somebody_with_a_quotation(world: World) -> None:
    """The ticket of whoever has a confirmed seat is quoted."""
    until = today() + timedelta(days=9)
    quotation = Quotation(18_00, until, "Agency", None)
    record_quotation(world.ids["confirmed_seat"], actor=_officer(world), version=None, quotation=quotation)


def somebody_who_travels_otherwise(world: World) -> None:
    """They travel by another route for private reasons."""
    somebody_with_a_quotation(world)
    found, _session = queries.get(world.ids["confirmed_seat"], _officer(world))
    first, last = found.person.arrives_on, found.person.leaves_on
    db.session.rollback()
    assert first
    assert last
    wish = Wish(first, last, frozenset(), "NBO–DXB–VIE–NBO", 18_00, "", "Visits family on the way.")
    record_deviation(world.ids["confirmed_seat"], actor=_officer(world), version=None, wish=wish)


def somebody_who_has_come(world: World) -> None:
    """Whoever has a ticket was to come and leave today."""
    mine = Delegate.id == _ticketed(world).delegate_id
    with transaction():
        update_where(Delegate, mine, arrives_on=today(), leaves_on=today())


def _officer(world: World) -> Actor:
    return world.people["travel_officer"].actor


def _ticketed(world: World) -> Seat:
    found = db.session.scalars(sa.select(Seat).where(Seat.public_id == world.ids["ticketed_seat"])).one()
    db.session.expunge(found)
    db.session.rollback()
    return found


SOON, LATE = today() + timedelta(days=40), today() + timedelta(days=70)
TRAVEL = {
    **ENTRIES,
    **PAPERS,
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
    "participation.undo_handed_over": Press("travel_officer", {"reason": "Another person."}),
    "participation.explain_agency_line": Press("finance_officer", {"reason": "Booked for another office."}),
    "participation.give_up_refund": Press("travel_officer", {"reason": "The fare cannot be refunded."}),
    "participation.renew_link": Press("travel_officer", {"link_email": "awa@other.example"}),
    "participation.end_helper": Press("travel_officer", first=somebody_who_is_helped),
    "participation.name_helper_for": Press(
        "travel_officer", {"helper_name": "Omar", "helper_email": "omar@mail.example", "helper_language": "fr"}
    ),
    "participation.read_out_to_helper": Press("travel_officer", first=somebody_who_is_helped),
    "participation.read_out_code": Press("travel_officer"),
    "participation.record_papers": Press("travel_officer", day("papers_on", today())),
    "participation.record_payee": Press("finance_officer", {"how": "transfer", "number": "401200"}),
    "participation.record_quotation": Press("travel_officer", {"fare": "18", "source": "Agency", **day("until", SOON)}),
    "participation.record_quotations": Press(
        "travel_officer",
        {"seats-0-take": "y", "seats-0-fare": "18", "source": "Agency", **day("until", SOON)},
        "/sessions/AHC-E1/travel/many/quotations?s={confirmed_seat}",
    ),
    "participation.record_tickets": Press(
        "travel_officer",
        {
            "agency": "Agency",
            **day("issued_on", today()),
            "seats-0-take": "y",
            "seats-0-number": "220-7",
            "seats-0-route": "NBO–VIE–NBO",
            "seats-0-fare": "18",
            **day("seats-0-out_on", SOON),
            **day("seats-0-back_on", LATE),
        },
        "/sessions/AHC-E1/travel/many/tickets?s={confirmed_seat}",
    ),
    "participation.record_as_planned": Press(
        "travel_officer",
        {"shown_by": "attendance", "seats-0-take": "y"},
        "/sessions/AHC-E1/travel/many/days?s={ticketed_seat}",
        first=somebody_who_has_come,
    ),
    "participation.make_invitations": Press(
        "travel_officer",
        {"language": "fr", "seats-0-take": "y"},
        "/sessions/AHC-E1/travel/many/invitations?s={confirmed_seat}",
    ),
    "participation.record_deviation": Press(
        "travel_officer",
        {"fare": "19", "borne_by": "delegate", "reason": "Visits family on the way.", "route": "NBO–DXB–VIE–NBO"},
        first=somebody_with_a_quotation,
    ),
    "participation.drop_deviation": Press("travel_officer", first=somebody_who_travels_otherwise),
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
