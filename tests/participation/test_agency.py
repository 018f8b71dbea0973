"""The agency's statement beside our tickets, and the refunds that are expected from it, until each is resolved."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import offers as make
from tests.factories import seats, settling, travel
from tests.imports.test_pages import public_id, send, work
from tests.participation.offers.test_pages import press
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.imports import runs
from tracker.imports.reading import Source
from tracker.participation.agency import refunds
from tracker.participation.agency import services as agency
from tracker.participation.agency.columns import folded
from tracker.participation.agency.imports import read
from tracker.participation.agency.models import AgencyLine
from tracker.participation.agency.waiting_work import FOR_ROLES
from tracker.participation.travel import services
from tracker.participation.travel.models import SeatTravel
from tracker.pledges import services as money

HEAD = "Invoice,Statement date,Ticket number,Type,Amount,Currency"
WHAT = "agency_statement"
DAY = today().isoformat()


def row(ticket: str, kind: str = "Sale", amount: str = "20.00", currency: str = "USD", statement: str = "ST-1") -> str:
    return f"{statement},{DAY},{ticket},{kind},{amount},{currency}"


def look_at(client, *rows: str, head: str = HEAD) -> tuple[str, str]:
    data = "\n".join((head, *rows)).encode()
    preview = public_id(send(client, "statement.csv", what=WHAT, data=data))
    work()
    return preview, words_of(client.get(f"/imports/{preview}")).replace("\xa0", " ")


def take(client, *rows: str) -> str:
    preview, _page = look_at(client, *rows)
    carried_out = public_id(client.post(f"/imports/{preview}/carry-out"))
    work()
    return carried_out


def waiting() -> dict[str, int]:
    """The figures of what waits: lines that differ, refunds that are expected."""
    found = {one.name: db.session.execute(one.rows()).one().number for one in FOR_ROLES}
    db.session.rollback()
    return {"lines": found["agency_lines"], "refunds": found["agency_refunds"]}


@pytest.fixture
def scene(app):
    scene = travel.confirmed("KEN", "BTN", "NPL")
    travel.ticketed(scene)
    return scene


def test_a_line_takes_the_ticket_that_has_its_number_and_lets_it_go_with_it(scene, officer):
    carried_out = take(officer, row("999-1234567890"), row("220-BTN"))
    assert waiting()["lines"] == 1
    corrected = {"actor": scene.officer, "version": None}
    services.record_ticket(scene.seats["BTN"], ticket=travel.a_ticket(20_00, number="9991234567890"), **corrected)
    listed = words_of(officer.get("/travel/agency"))
    assert "220-BTN" in listed, "no ticket has that number any more"
    assert "999-1234567890" not in listed
    services.record_ticket(scene.seats["KEN"], ticket=travel.a_ticket(20_00, number="220 BTN"), **corrected)
    assert waiting()["lines"] == 0
    officer.post(f"/imports/{carried_out}/undo")
    work()
    assert db.session.scalar(sa.select(sa.func.count(AgencyLine.id))) == 0, "nobody touched them"
    db.session.rollback()


def test_work_that_begins_anew_counts_its_own_lines_once(scene):
    data = "\n".join((HEAD, row("220-KEN"), row("220-BTN"), row("220-NPL", amount="15.00"))).encode()
    rows = read(Source("statement.csv", "csv", data, reader=scene.officer))
    run = {"actor": scene.officer, "file_name": "statement.csv", "sha256": "0" * 64, "work_key": "killed"}
    agency.take_statement(rows, run_id=runs.begin(WHAT, **run))
    report = agency.import_statement(rows, **run)
    assert report["counts"] == {"imported": 3}
    (differs,) = report["findings"]
    assert "USD 15.00" in str(differs)


def test_a_line_takes_no_ticket_where_two_have_its_number(scene, officer):
    corrected = {"actor": scene.officer, "version": None}
    services.record_ticket(scene.seats["BTN"], ticket=travel.a_ticket(20_00, number="9991234567890"), **corrected)
    services.record_ticket(scene.seats["KEN"], ticket=travel.a_ticket(20_00, number="999 123 4567890"), **corrected)
    take(officer, row("999-1234567890"))
    services.record_ticket(scene.seats["KEN"], ticket=travel.a_ticket(20_00, number="999 123 4567890"), **corrected)
    assert waiting()["lines"] == 1, "it would agree with either"
    services.record_ticket(scene.seats["BTN"], ticket=travel.a_ticket(20_00, number="220-OTHER"), **corrected)
    services.record_ticket(scene.seats["KEN"], ticket=travel.a_ticket(20_00, number="9991234567890"), **corrected)
    assert waiting()["lines"] == 0


@pytest.fixture
def officer(app, scene):
    return sign_in(app.test_client(), scene.travel)


def test_numbers_of_tickets_are_compared_without_what_people_write_differently():
    same = (
        "257-1234567890",
        "2571234567890",
        "257 123 456 7890 5",
        "OS 257 1234567890",
        "1234567890",
        "１２３４５６７８９０",
    )
    assert {folded(number) for number in same} == {"1234567890"}
    assert folded("220-ken") == folded("220 KEN") != folded("220-BTN")


def test_from_the_statement_to_the_list_until_each_line_is_resolved_and_back(scene, officer):
    rows = (row("220 ken"), row("220-BTN", amount="15.00"), row("999-1", amount="7"))
    preview, said = look_at(officer, *rows)
    assert "Awa BTN, ticket 220-BTN: the ticket costs USD 20.00 here, the statement says USD 15.00 in all." in said
    assert "No ticket here has the number 999-1." in said
    assert "Awa NPL has the ticket 220-NPL" in said
    assert "Awa KEN" not in said.split("Remarks on rows")[1], "what agrees needs no remark"
    assert waiting()["lines"] == 0, "a look keeps nothing"
    carried_out = public_id(officer.post(f"/imports/{preview}/carry-out"))
    work()
    listed = words_of(officer.get("/travel/agency"))
    assert "Awa BTN" in listed
    assert "No ticket here" in listed
    assert "Awa KEN" not in listed
    assert "Awa KEN" in words_of(officer.get("/travel/agency?show=all"))
    assert waiting()["lines"] == 2
    services.record_ticket(
        scene.seats["BTN"], actor=scene.officer, version=None, ticket=travel.a_ticket(15_00, number="220-BTN")
    )
    assert waiting()["lines"] == 1, "the ticket was corrected"
    line = db.session.scalars(sa.select(AgencyLine.public_id).where(AgencyLine.journey_id.is_(None))).one()
    db.session.rollback()
    assert press(officer, f"/travel/agency/{line}", reason="").status_code == 422
    press(officer, f"/travel/agency/{line}", reason="Booked for another office.")
    assert waiting()["lines"] == 0
    assert "Booked for another office." in words_of(officer.get("/travel/agency?show=all"))
    assert officer.get(f"/travel/agency/{line}").status_code in (403, 409)
    take(officer, *rows)
    assert "was there already, unchanged: 3" in words_of(officer.get("/imports/"))
    officer.post(f"/imports/{carried_out}/undo")
    work()
    left = db.session.scalars(sa.select(AgencyLine.number)).all()
    db.session.rollback()
    assert left == ["999-1"], "what somebody has said something of stays"


def test_fees_and_exchanges_count_with_the_sale_and_a_refund_waits_until_it_is_recorded(scene, officer):
    travel_of = travel.allocation_of(scene.seats["KEN"])
    by = {"actor": scene.donors.finance.actor}
    money.disburse(travel_of, payment=seats.payment(travel_of, 20_00), **by)
    take(officer, row("220-KEN", amount="17"), row("220-KEN", "frais", "1"), row("220-KEN", "échange", "2"))
    assert waiting()["lines"] == 0
    take(officer, row("220-KEN", "RFND", "-5.00", statement="ST-2"))
    assert waiting()["lines"] == 1
    assert "Record that it came back" not in words_of(officer.get("/travel/agency")), "that is finance's"
    money.recover(travel_of, payment=seats.payment(travel_of, 5_00, "BACK-1"), **by)
    assert waiting()["lines"] == 0


def test_each_fault_is_said_with_its_row_and_what_stands_twice_is_taken_once(scene, officer):
    _preview, said = look_at(
        officer,
        row("220-KEN"), row("220-KEN"), row("220-KEN", amount="9"), row(""), row("1", "gift"), row("1", amount="-3"),
        row("1", currency="XXQ"), f"ST-1,{today() + timedelta(days=2)},1,fee,3,USD",
    )  # fmt: skip
    for sentence in (
        "The same row stands at 2.",
        "The same step of this ticket stands at 2 with other figures; the first was taken.",
        "This cell is empty.",
        "Write sale, exchange, fee or refund.",
        "The amount must be above zero",
        "The currency is not known: XXQ.",
        "This day lies ahead.",
    ):
        assert sentence in said
    assert "1 row will be taken over" in said
    take(officer, row("220-KEN"))
    assert "stands with other figures from an earlier file" in look_at(officer, row("220-KEN", amount="9"))[1]
    euros = look_at(officer, row("220-BTN", currency="EUR"))[1]
    assert "the statement is in EUR, tickets here in USD: not compared." in euros
    job = public_id(send(officer, "x.csv", what=WHAT, data=b"Invoice,Amount\n1,2\n"))
    work()
    assert "The file needs the columns date, ticket, kind, currency." in words_of(officer.get(f"/jobs/{job}"))


def expected(scene: settling.Scene) -> list[tuple[int, int | None]]:
    """Amount and age of the refunds that are expected."""
    found = [(one.amount_minor, one.age) for one in refunds.expected(scene.manager.actor)]
    db.session.rollback()
    assert waiting()["refunds"] == len(found), "the figure counts what the list shows"
    return found


def a_ticket(seat, minor: int, *, days_ago: int) -> None:
    """A ticket of whoever sits in the seat, bought before it ended."""
    from tracker.participation.seats.models import Seat

    with transaction() as session:
        found = session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        out = today() - timedelta(days=days_ago)
        facts = {"agency": "Agency", "issued_on": out, "route": "NBO–VIE–NBO", "out_on": out, "back_on": out}
        kept = {f"ticket_{name}": value for name, value in facts.items()}
        travel_ = SeatTravel(seat_id=found.id, delegate_id=found.delegate_id, ticket_number=f"257-{found.id}", **kept)
        travel_.ticket_minor = minor
        session.add(travel_)


def test_a_refund_is_expected_until_it_came_or_somebody_says_that_it_does_not(app):
    scene = settling.scene()
    cancelled, missed = scene.seat("cancelled", fare=600_00), scene.seat("no_show", fare=500_00)
    scene.seat("travelled", fare=700_00)
    scene.seat("cancelled")
    for seat, days_ago in ((cancelled, 40), (missed, 30)):
        a_ticket(seat, 700_00, days_ago=days_ago)
    assert expected(scene) == [(500_00, 30), (600_00, 0)]
    finance = sign_in(app.test_client(), scene.finance)
    page = finance.get("/travel/refunds")
    assert "All 1,100" in words_of(page)
    assert f"/allocations/{settling.allocation_of(cancelled)}/recover" in page.text
    table = finance.get(f"/travel/refunds.csv?session={settling.CODE}").text
    assert "600.00" in table
    assert "Refunds expected from the agency" in words_of(finance.get(f"/sessions/{settling.CODE}/account"))
    scene.recover(cancelled, 200_00, "fare")
    assert expected(scene) == [(500_00, 30), (400_00, 0)]
    address = f"/seats/{cancelled}/refund"
    assert press(finance, address, reason=" ").status_code == 422
    assert press(finance, address, reason="The fare cannot be refunded.").status_code == 302
    assert expected(scene) == [(500_00, 30)]
    assert finance.get(address).status_code in (403, 409)


def test_of_a_settled_seat_the_write_off_ends_what_is_expected(app):
    from tracker.participation.settling import services as settle
    from tracker.participation.settling.lifecycle import Billed, Entry

    scene = settling.scene()
    seat = scene.seat("no_show", fare=500_00)
    bills = {"fare": Billed(100_00, "INV-1"), "visa": Billed(0), "insurance": Billed(0)}
    settle.enter(seat, actor=scene.travel.actor, version=None, entry=Entry(bills=bills, remark="Did not come."))
    assert [amount for amount, _age in expected(scene)] == [400_00]
    settle.settle(seat, actor=scene.finance.actor, version=None, seen_minor=400_00)
    assert [amount for amount, _age in expected(scene)] == [400_00]
    finance = sign_in(app.test_client(), scene.finance)
    assert finance.get(f"/seats/{seat}/refund").status_code in (403, 409)
    scene.recover(seat, 400_00, "fare")
    assert expected(scene) == []


def test_the_ticket_of_somebody_who_was_replaced_is_refunded_beside_the_new_one(app, scene):
    seat = scene.seats["KEN"]
    allocation = travel.allocation_of(seat)
    paid = seats.payment(allocation, 20_00, part="advance")
    money.disburse(allocation, actor=scene.donors.finance.actor, payment=paid)
    from tracker.participation.models import Delegate
    from tracker.participation.seats.models import Seat

    with transaction() as session:
        found = session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        other = session.scalars(
            sa.select(Delegate.id).where(Delegate.request_id == found.request_id, Delegate.id != found.delegate_id)
        ).one()
        update_where(Seat, Seat.id == found.id, delegate_id=other)
    (one,) = refunds.of_session(_session(), scene.manager)
    assert (one.amount_minor, one.tickets) == (20_00, "220-KEN")
    db.session.rollback()


def _session():
    from tracker.reference.models import Session

    return db.session.scalars(sa.select(Session).where(Session.code == make.CODE)).one()
