"""A journey that differs for private reasons: compared with the official one, paid no more than that, shown to all."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import seats as make
from tests.factories import settling, travel
from tests.participation.offers.test_pages import press
from tests.participation.travel.test_pages import days
from tests.participation.travel.test_papers import made
from tests.pledges.forms import words_of
from tests.rights.papers import paper
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, Stale
from tracker.extensions import db
from tracker.participation.advances.queries import allowances_of
from tracker.participation.deviations import services
from tracker.participation.deviations.lifecycle import Wish, comparable, private_days
from tracker.participation.deviations.models import SeatDeviation
from tracker.participation.deviations.queries import deviations_of
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.participation.settling.lifecycle import Billed
from tracker.participation.travel import queries
from tracker.participation.travel.services import (
    Payee,
    Quotation,
    book_cash,
    record_handed_over,
    record_payee,
    record_quotation,
    record_ticket,
    record_travelled,
)
from tracker.pledges import services as money
from tracker.pledges.models import Disbursement

DAY = timedelta(days=1)
DAILY = 507_00
SIX_NIGHTS = 6 * DAILY + 202_80
FARE, DEARER = 700_00, 900_00


@dataclass
class Scene:
    """A confirmed seat in Vienna with USD 780 approved for the ticket and the allowance of six nights; a quotation of
    800 stands, the cheapest direct fare was 700."""

    all: settling.Scene
    seat: uuid.UUID
    first: date

    @property
    def officer(self) -> Any:
        return self.all.travel.actor


@pytest.fixture
def scene(app):
    scene = settling.scene()
    seat = scene.seat("confirmed")
    quotation = Quotation(800_00, today() + 5 * DAY, "Agency", FARE)
    record_quotation(seat, actor=scene.travel.actor, version=None, quotation=quotation)
    return Scene(scene, seat, scene.first_day)


def wish(**said: Any) -> Wish:
    """They stay two days longer than the six nights from the first day on."""
    first = today() - 35 * DAY
    usual = {"arrives_on": first, "leaves_on": first + 8 * DAY, "private": frozenset(), "route": ""}
    usual |= {"fare_minor": DEARER, "borne_by": "delegate", "reason": "Visits family in Graz."}
    return Wish(**{**usual, **said})


def record(scene, **said: Any) -> SeatDeviation:
    services.record_deviation(scene.seat, actor=scene.officer, version=None, wish=wish(**said))
    (found,) = deviations_of([_seat_id(scene)]).values()
    db.session.expunge(found)
    db.session.rollback()
    return found


def _seat_id(scene) -> int:
    found = db.session.scalars(sa.select(Seat.id).where(Seat.public_id == scene.seat)).one()
    db.session.rollback()
    return found


def fields_of(scene, **said: Any) -> list[str]:
    with pytest.raises(Invalid) as refused:
        record(scene, **said)
    db.session.rollback()
    return sorted(refused.value.fields)


def test_the_comparison_and_the_private_days_worked_out_by_hand():
    assert comparable(800_00, 780_00) == 780_00
    assert comparable(700_00, 780_00) == 700_00
    assert comparable(800_00, None) == 800_00
    first, last = today(), today() + 6 * DAY
    before = wish(arrives_on=first - DAY, leaves_on=last + DAY, private=frozenset({first + DAY, last + 9 * DAY}))
    assert private_days(before, (first, last)) == (first - DAY, first + DAY, last + DAY)


def test_the_pledge_pays_the_comparable_fare_and_no_private_day(scene):
    found = record(scene)
    assert (found.fare_minor, found.comparable_minor, found.above_minor) == (DEARER, FARE, 200_00)
    assert sorted(found.days) == [scene.first + 7 * DAY, scene.first + 8 * DAY]
    # Six nights and the last official day, as if they had left then: nothing for the two days that follow.
    assert found.allowance_minor == SIX_NIGHTS
    found = record(scene, private=frozenset({scene.first + 2 * DAY}), borne_by="state")
    assert (found.version, found.borne_by, found.allowance_minor) == (2, "state", SIX_NIGHTS - DAILY)
    # The advance is taken of what is left of the allowance; what is paid by hand to the person is capped, too.
    allowance = allowances_of([found.seat_id])[found.seat_id]
    assert allowance.advance.minor == (SIX_NIGHTS - DAILY) * 75 // 100
    one, _session = queries.get(scene.seat, scene.officer)
    assert one.due_minor == SIX_NIGHTS - DAILY + settling.ESTIMATE["terminals"]
    assert made("participation.deviation_recorded") == ["participation.deviation_recorded"] * 2


def test_ticket_payment_and_settlement_stop_at_the_comparable_fare(scene):
    from tracker.participation.settling.dues import check_fare
    from tracker.participation.settling.lifecycle import Billed, Entry
    from tracker.participation.settling.queries import get as read

    seat = scene.seat
    record(scene)
    by = {"actor": scene.officer, "version": None}
    for act in (
        lambda: record_ticket(seat, ticket=travel.a_ticket(FARE + 1), **by),
        lambda: pay(scene, FARE + 1),
        lambda: check_fare(read(seat, scene.officer), Entry(bills={"fare": Billed(FARE + 1, "INV")})),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert "USD\u00a0700 at most" in str(list(refused.value.fields.values()))
        db.session.rollback()
    record_ticket(seat, ticket=travel.a_ticket(FARE), **by)
    pay(scene, FARE)
    with pytest.raises(Forbidden, match="not that far, or further"):
        record(scene)


def test_a_new_quotation_is_compared_before_the_ticket(scene):
    record(scene, fare_minor=FARE)
    cheaper = Quotation(650_00, today() + 5 * DAY, "Agency", FARE)
    record_quotation(scene.seat, actor=scene.officer, version=None, quotation=cheaper)
    ticket = travel.a_ticket(650_00)
    with pytest.raises(Invalid) as refused:
        record_ticket(scene.seat, actor=scene.officer, version=None, ticket=ticket)
    assert "quoted anew" in str(refused.value.fields["fare"])
    record(scene, fare_minor=FARE)
    record_ticket(scene.seat, actor=scene.officer, version=None, ticket=ticket)


def test_a_pledge_pays_no_ticket_that_was_never_compared(scene):
    """Somebody else paid the ticket when the private reasons were recorded; since then a pledge does."""
    found = record(scene)
    with transaction():
        update_where(SeatDeviation, SeatDeviation.id == found.id, fare_minor=None, comparable_minor=None, borne_by=None)
    by = {"actor": scene.officer, "version": None}
    for act in (lambda: record_ticket(scene.seat, ticket=travel.a_ticket(1_00), **by), lambda: pay(scene, 1_00)):
        with pytest.raises(Invalid) as refused:
            act()
        assert "was not compared yet" in str(list(refused.value.fields.values()))
        db.session.rollback()


def test_cash_for_what_private_days_leave_is_the_whole_of_it(scene):
    record(scene, private=frozenset({scene.first + 2 * DAY}))
    finance, officer = scene.all.finance.actor, scene.officer
    record_ticket(scene.seat, actor=officer, version=None, ticket=travel.a_ticket(FARE))
    payee = Payee(on_arrival=True, advance="CASH-7")
    record_payee(scene.seat, actor=finance, version=None, payee=payee)
    one, session = queries.get(scene.seat, officer)
    seen, code = {scene.seat: one.due_minor}, session.code
    db.session.rollback()
    record_handed_over(code, [scene.seat], actor=officer, day=today(), file=paper(), seen=seen)
    book_cash(code, [scene.seat], actor=finance, external_reference="UMOJA 9")
    assert set(db.session.scalars(sa.select(Disbursement.part))) == {"whole"}
    db.session.rollback()


def pay(scene, amount: int) -> None:
    allocation = settling.allocation_of(scene.seat)
    money.disburse(allocation, actor=scene.all.finance.actor, payment=make.payment(allocation, amount))


def test_what_cannot_be_recorded(scene):
    official = {"arrives_on": scene.first, "leaves_on": scene.first + 6 * DAY}
    assert fields_of(scene, leaves_on=scene.first - DAY) == ["leaves_on"]
    assert fields_of(scene, arrives_on=scene.first + 7 * DAY) == ["arrives_on"]
    assert fields_of(scene, leaves_on=scene.first + 50 * DAY) == ["arrives_on"]
    assert fields_of(scene, borne_by="") == ["borne_by"]
    assert fields_of(scene, fare_minor=None, reason=" ") == ["fare", "reason"]
    assert fields_of(scene, **official) == ["route"]
    assert record(scene, **official, route="NBO–DXB–VIE–NBO", fare_minor=FARE).borne_by is None
    finance = scene.all.finance.actor
    with pytest.raises(Forbidden, match="travel officer"):
        services.record_deviation(scene.seat, actor=finance, version=None, wish=wish())
    db.session.rollback()
    with pytest.raises(Stale):
        services.record_deviation(scene.seat, actor=scene.officer, version=0, wish=wish())
    db.session.rollback()
    with transaction():
        db.session.execute(sa.update(Delegate).values(arrives_on=None))
    with pytest.raises(Conflict, match="official days are not known"):
        record(scene)


def test_without_a_quotation_that_stands_nothing_is_compared(scene):
    from tracker.participation.travel.models import SeatTravel

    for values, words in (
        ({"quoted_until": today() - DAY}, "lapsed"),
        (dict.fromkeys(("quoted_until", "quoted_minor", "quoted_from", "direct_minor")), "first"),
    ):
        with transaction():
            db.session.execute(sa.update(SeatTravel).values(**values))
        with pytest.raises(Conflict, match=words):
            record(scene)
        db.session.rollback()


def test_the_officer_records_it_and_desk_settlement_and_state_read_it(app, scene):
    seat = scene.seat
    officer = sign_in(app.test_client(), scene.all.travel)
    journey, form = f"/seats/{seat}/travel", f"/seats/{seat}/travel/deviation"
    assert form in officer.get(journey).text
    said = {**days(arrives_on=scene.first, leaves_on=scene.first + 8 * DAY), "fare": "900"}
    said |= {"reason": "Visits family in Graz.", "private": (scene.first + DAY).isoformat()}
    back = press(officer, form, **said)
    assert back.status_code == 422
    assert "choose who bears the difference" in words_of(back)
    assert "Visits family in Graz." in back.text
    assert press(officer, form, **said, borne_by="delegate").status_code == 302
    pages = [officer.get(journey), officer.get(f"/seats/{seat}/settlement")]
    case = scene.all.cases["KEN"]
    pages.append(sign_in(app.test_client(), case.people.authority).get(f"/requests/{case.public_id}"))
    for page in map(words_of, pages):
        assert "The ticket costs USD 900, the cheapest official fare is USD 700." in page
        assert "Above it: USD 200, paid to the agency by the traveller, borne by: The delegate." in page
        assert page.count("Private, without allowance:") == 2
        assert "Visits family in Graz." in page
    assert press(officer, f"{form}/drop").status_code == 302
    assert "The journey is as planned." in words_of(officer.get(journey))
    assert made("participation.deviation_dropped") == ["participation.deviation_dropped"]
    with pytest.raises(Conflict, match="does not differ"):
        services.drop_deviation(seat, actor=scene.officer, version=None)


def test_the_settlement_counts_private_days_with_nothing(scene):
    from tracker.participation.settling import queries as settled
    from tracker.participation.settling import services as settling_services
    from tracker.participation.settling.dues import as_planned

    record(scene, private=frozenset({scene.first + DAY}), fare_minor=FARE)
    record_ticket(scene.seat, ticket=travel.a_ticket(FARE), actor=scene.officer, version=None)
    days_there = travel.spent(first_day=scene.first, last_day=scene.first + 8 * DAY)
    record_travelled(scene.seat, actor=scene.officer, version=None, spent=days_there)
    entry = as_planned(settled.get(scene.seat, scene.officer))
    entry = replace(entry, bills={"fare": Billed(FARE, "INV-1")})
    settling_services.enter(scene.seat, actor=scene.officer, version=None, entry=entry)
    due = {line.kind: line.due_minor for line in settled.get(scene.seat, scene.officer).lines}
    # Nine days there: two after the official ones and one of them are private, so five nights and the day of leaving.
    assert due["allowance"] == SIX_NIGHTS - DAILY
    assert due["fare"] == FARE
