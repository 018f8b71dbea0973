"""Paid on arrival: a list for a day, ticked off by who signed, one payment a name and line or none at all."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import pledges, travel
from tests.factories import seats as factory
from tests.participation.offers.test_pages import press
from tests.participation.travel.test_pages import days
from tests.participation.travel.test_papers import is_pdf, made, words_in
from tests.pledges.forms import words_of
from tests.rights.papers import paper
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.assistance.authorisation.services import withdraw
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.participation.advances.queries import allowances_of
from tracker.participation.ending.services import Why, end_seat, miss_journey
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import Cause
from tracker.participation.seats.models import Seat
from tracker.participation.settling.models import Settlement, SettlementLine
from tracker.participation.travel import papers, queries, services
from tracker.participation.travel.cash import why_not_leave
from tracker.participation.travel.models import SeatTravel
from tracker.participation.travel.services import Payee
from tracker.pledges import services as money
from tracker.pledges import verification
from tracker.pledges.models import Act, Disbursement, SeatLine
from tracker.pledges.services.seats import free_seat
from tracker.reference import queries as reference


@pytest.fixture
def scene(app):
    """Two people with tickets who are paid on arrival: allowance and terminal expenses; both have come."""
    scene = travel.confirmed("KEN", "BTN", costs=(20_00, 10_00, 5_00))
    travel.ticketed(scene)
    for seat in scene.seats.values():
        on_arrival = Payee(on_arrival=True, advance="CASH-7")
        services.record_payee(seat, actor=scene.donors.finance.actor, version=None, payee=on_arrival)
    with transaction():
        db.session.execute(sa.update(Delegate).values(arrives_on=today()))
    return scene


def payments() -> list[tuple[int, str, str]]:
    rows = db.session.execute(
        sa.select(Disbursement.amount_minor, Disbursement.method, Act.external_reference)
        .join(Act, Act.id == Disbursement.act_id)
        .order_by(Disbursement.id)
    )
    found = [tuple(row) for row in rows]
    db.session.rollback()
    return found


def hand_over(scene, *states: str) -> None:
    seats = [scene.seats[state] for state in states]
    act = {"actor": scene.officer, "day": today(), "file": paper()}
    services.record_handed_over(scene.code, seats, **act, seen=sums(scene))


def sums(scene) -> dict[uuid.UUID, int]:
    """What each person on the list is to be paid, by the seat."""
    found = {one.seat.public_id: one.due_minor for one in services.listed_for(scene.code, None, scene.officer)}
    db.session.rollback()
    return found


def test_the_list_has_who_has_come_and_a_place_to_sign(app, scene):
    officer, address = sign_in(app.test_client(), scene.travel), f"/sessions/{scene.code}/travel/pay-list"
    assert "Awa KEN" in words_of(officer.get(address))
    answer = officer.post(address, data=hidden(officer.get(address).text) | days(day=today()))
    assert is_pdf(answer)
    assert made("participation.pay_list_made") == ["participation.pay_list_made"] * 2
    early = press(officer, address, **days(day=today() - timedelta(days=1)))
    assert "Nobody who has come by this day" in words_of(early)
    meeting = reference.get_session(scene.code)
    rows = services.listed_for(scene.code, today(), scene.officer)
    said = words_in(papers.pay_list(rows, meeting, today(), allowances_of([one.seat.id for one in rows]), notice=""))
    for words in ("Awa KEN", "CASH-7", "15", "Sum    30", "in advance USD\u00a07.50, then USD\u00a02.50", "Signature"):
        assert words in said


def test_who_signed_is_ticked_off_and_finance_records_one_payment_a_line(app, scene):
    officer = sign_in(app.test_client(), scene.travel)
    ticked, booked = (f"/sessions/{scene.code}/travel/{page}" for page in ("handed-over", "payments"))
    kenya = str(scene.seats["KEN"])
    assert press(officer, ticked, s=kenya, **days(day=today()), file=paper()).status_code == 302
    assert payments() == []
    assert "Awa KEN" not in words_of(officer.get(ticked))
    finance = sign_in(app.test_client(), scene.donors.finance)
    page = words_of(finance.get(booked))
    assert "Awa KEN" in page
    assert "Awa BTN" not in page
    assert press(finance, booked, s=kenya, external_reference="UMOJA 9").status_code == 302
    assert payments() == [(10_00, "cash", "UMOJA 9"), (5_00, "cash", "UMOJA 9")]
    assert "Nothing that was paid on arrival is left" in words_of(finance.get(booked))
    assert verification.verify().first_wrong is None


def test_all_are_recorded_or_none_and_who_did_not_sign_is_not_paid(scene):
    hand_over(scene, "KEN")
    by = {"actor": scene.donors.finance.actor, "external_reference": "UMOJA 9"}
    with pytest.raises(Conflict, match="Awa BTN did not sign"):
        services.book_cash(scene.code, list(scene.seats.values()), **by)
    assert payments() == []
    with pytest.raises(Invalid):
        services.book_cash(scene.code, [scene.seats["KEN"]], **by | {"external_reference": " "})
    with pytest.raises(Forbidden, match="finance officer"):
        services.book_cash(scene.code, [scene.seats["KEN"]], **by | {"actor": scene.officer})
    services.book_cash(scene.code, [scene.seats["KEN"]], **by)
    with pytest.raises(Conflict, match="stands already"):
        services.book_cash(scene.code, [scene.seats["KEN"]], **by)
    assert len(payments()) == 2


def test_somebody_is_ticked_off_once_with_a_file_on_a_day_that_has_come(scene):
    seats, act = [scene.seats["KEN"]], {"actor": scene.officer}
    ahead = {"day": today() + timedelta(days=1), "file": paper()}
    for said, field in ((ahead, "day"), ({"day": today(), "file": None}, "file")):
        with pytest.raises(Invalid) as refused:
            services.record_handed_over(scene.code, seats, **act, **said, seen=sums(scene))
        assert list(refused.value.fields) == [field]
    hand_over(scene, "KEN")
    with pytest.raises(Conflict, match="ticked off already"):
        hand_over(scene, "KEN", "BTN")
    assert made("participation.cash_handed_over") == ["participation.cash_handed_over"]


def test_what_was_signed_for_is_recorded_line_by_line_whatever_was_approved_since(scene):
    """A top-up after the signature is not in the cash that was handed over: it waits for the next list."""
    hand_over(scene, "KEN")
    with transaction():
        allowance = sa.select(SeatLine.id).join(Seat, Seat.id == SeatLine.seat_id)
        mine = SeatLine.id.in_(allowance.where(Seat.public_id == scene.seats["KEN"], SeatLine.kind == "allowance"))
        update_where(SeatLine, mine, approved_minor=11_00)
        fare = sa.select(SeatLine.id).join(Seat, Seat.id == SeatLine.seat_id)
        mine = SeatLine.id.in_(fare.where(Seat.public_id == scene.seats["KEN"], SeatLine.kind == "fare"))
        update_where(SeatLine, mine, approved_minor=19_00)
    seats, finance = [scene.seats["KEN"]], scene.donors.finance.actor
    assert "Awa KEN" not in [one.name for one in services.listed_for(scene.code, None, scene.officer)]
    services.book_cash(scene.code, seats, actor=finance, external_reference="UMOJA 9")
    assert [minor for minor, _how, _reference in payments()] == [10_00, 5_00]
    (again,) = [one for one in services.listed_for(scene.code, None, scene.officer) if one.name == "Awa KEN"]
    assert again.due_minor == 1_00
    hand_over(scene, "KEN")
    services.book_cash(scene.code, seats, actor=finance, external_reference="UMOJA 10")
    assert [minor for minor, _how, _reference in payments()] == [10_00, 5_00, 1_00]


def test_nobody_is_ticked_off_for_a_sum_that_was_not_on_the_page(scene):
    read = sums(scene)
    with transaction():
        mine = SeatLine.seat_id.in_(sa.select(Seat.id).where(Seat.public_id == scene.seats["KEN"]))
        update_where(SeatLine, mine, SeatLine.kind == "terminals", approved_minor=4_00)
    act = {"actor": scene.officer, "day": today(), "file": paper()}
    for seen in (read, {}):
        with pytest.raises(Conflict, match="look at the sums again: Awa KEN"):
            services.record_handed_over(scene.code, [scene.seats["KEN"]], **act, seen=seen)
        db.session.rollback()


def test_a_wrong_tick_is_taken_back_with_a_reason_until_the_payment_is_recorded(app, scene):
    hand_over(scene, "KEN", "BTN")
    officer, kenya = sign_in(app.test_client(), scene.travel), f"/seats/{scene.seats['KEN']}/travel"
    assert "Allowance" in words_of(officer.get(f"{kenya}/handed-over")).replace("allowance", "Allowance")
    assert press(officer, f"{kenya}/handed-over", reason=" ").status_code == 422
    assert press(officer, f"{kenya}/handed-over", reason="Her brother signed.").status_code == 302
    page = words_of(officer.get(kenya))
    assert "Her brother signed." in page
    assert made("participation.hand_over_undone") == ["participation.hand_over_undone"]
    assert [one.name for one in services.listed_for(scene.code, None, scene.officer)] == ["Awa KEN"]
    finance = scene.donors.finance.actor
    with pytest.raises(Conflict, match="Awa KEN did not sign"):
        services.book_cash(scene.code, [scene.seats["KEN"]], actor=finance, external_reference="UMOJA 9")
    bhutan = {"actor": scene.officer, "version": None, "reason": "A mistake."}
    with pytest.raises(Forbidden, match="travel officer"):
        services.undo_handed_over(scene.seats["BTN"], **bhutan | {"actor": finance})
    services.book_cash(scene.code, [scene.seats["BTN"]], actor=finance, external_reference="UMOJA 9")
    with pytest.raises(Forbidden, match="the payment is recorded"):
        services.undo_handed_over(scene.seats["BTN"], **bhutan)
    hand_over(scene, "KEN")
    services.book_cash(scene.code, [scene.seats["KEN"]], actor=finance, external_reference="UMOJA 10")
    assert len(payments()) == 4


def test_a_payment_that_was_reversed_is_to_be_recorded_again(scene):
    hand_over(scene, "KEN")
    seats, finance = [scene.seats["KEN"]], scene.donors.finance.actor
    services.book_cash(scene.code, seats, actor=finance, external_reference="UMOJA 9")
    act = db.session.scalars(sa.select(Act.public_id).where(Act.external_reference == "UMOJA 9")).first()
    db.session.rollback()
    pledges.reverse(scene.donors, act, "Another reference.")
    assert [one.signed_minor for one in listed(scene)] == [10_00]


def test_cash_is_recorded_as_it_was_signed_for_where_less_is_due_by_now(scene):
    hand_over(scene, "KEN")
    seat_id = db.session.scalars(sa.select(Seat.id).where(Seat.public_id == scene.seats["KEN"])).one()
    with transaction() as session:
        session.add(Settlement(seat_id=seat_id, entered_by_id=scene.travel.person_id))
        session.flush()
        session.add(SettlementLine(seat_id=seat_id, kind="allowance", due_minor=7_00))
    by = {"actor": scene.donors.finance.actor, "external_reference": "UMOJA 9"}
    services.book_cash(scene.code, [scene.seats["KEN"]], **by)
    assert [minor for minor, _how, _reference in payments()] == [10_00, 5_00]


def test_a_tick_whose_payment_was_reversed_is_taken_back_after_a_missed_journey(scene):
    hand_over(scene, "KEN")
    seat, finance = scene.seats["KEN"], scene.donors.finance.actor
    services.book_cash(scene.code, [seat], actor=finance, external_reference="UMOJA 9")
    with transaction():
        mine = SeatTravel.seat_id == sa.select(Seat.id).where(Seat.public_id == seat).scalar_subquery()
        update_where(SeatTravel, mine, ticket_out_on=today())
    miss_journey(seat, why=Why(Cause.ILLNESS, "In hospital."), actor=scene.officer, version=None)
    for act in db.session.scalars(sa.select(Act.public_id).where(Act.external_reference == "UMOJA 9")).all():
        db.session.rollback()
        pledges.reverse(scene.donors, act, "The wrong person was ticked off.")
    services.undo_handed_over(seat, actor=scene.officer, version=None, reason="The wrong person.")
    row = db.session.scalars(sa.select(Seat.id).where(Seat.public_id == seat)).one()
    assert why_not_leave([row]) is None


def listed(scene):
    found = queries.paid_on_arrival(reference.get_session(scene.code), scene.donors.finance.actor, handed=True)
    db.session.rollback()
    return found


def test_no_way_out_of_a_seat_leaves_cash_that_belongs_to_nobody(scene):
    """Withdrawing, giving back the money, noting a missed journey, paying the line otherwise: all wait for finance."""
    hand_over(scene, "KEN")
    seat, case = scene.seats["KEN"], scene.cases["KEN"]
    with pytest.raises(Conflict, match="record it first: Awa KEN"):
        withdraw(case.public_id, actor=case.authority, version=None, reason="Elections.")
    db.session.rollback()
    by = {"actor": scene.officer, "version": None}
    with transaction():
        mine = SeatTravel.seat_id == sa.select(Seat.id).where(Seat.public_id == seat).scalar_subquery()
        update_where(SeatTravel, mine, ticket_out_on=today())  # the journey begins
    with pytest.raises(Conflict, match="record it first: Awa KEN"):
        miss_journey(seat, why=Why(Cause.ILLNESS, "In hospital."), **by)
    db.session.rollback()
    allowance = travel.allocation_of(seat, "allowance")
    row = db.session.scalars(sa.select(Seat.id).where(Seat.public_id == seat)).one()
    db.session.rollback()
    with pytest.raises(Conflict, match="from this money"), transaction():
        free_seat(row, actor=scene.manager, reason="Settled.")
    with pytest.raises(Invalid) as refused:
        payment = replace(factory.payment(allowance, 10_00, "F-1", kind="allowance"), payee_kind="delegate")
        money.disburse(allowance, actor=scene.donors.finance.actor, payment=replace(payment, method="cash"))
    assert "for this line" in str(refused.value.fields["method"])
    db.session.rollback()
    services.book_cash(scene.code, [seat], actor=scene.donors.finance.actor, external_reference="UMOJA 9")
    withdraw(case.public_id, actor=case.authority, version=None, reason="Elections.")


def test_while_cash_is_not_recorded_neither_the_payee_changes_nor_the_seat_ends(scene):
    hand_over(scene, "KEN")
    seat, finance = scene.seats["KEN"], scene.donors.finance.actor
    with pytest.raises(Conflict, match="not recorded yet"):
        services.record_payee(seat, actor=finance, version=None, payee=Payee(number="4711"))
    db.session.rollback()
    with pytest.raises(Conflict, match="record it first: Awa KEN"):
        end_seat(seat, actor=scene.officer, version=None, why=Why(Cause.VISA_REFUSED, "At the border."))
    db.session.rollback()
    services.book_cash(scene.code, [seat], actor=finance, external_reference="UMOJA 9")
    end_seat(seat, actor=scene.officer, version=None, why=Why(Cause.VISA_REFUSED, "At the border."))
