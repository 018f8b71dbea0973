"""On each pledge the seats that it paid: nobody is named, one query serves page and file, and sums are the ledger's."""

import csv
import io

import pytest
import sqlalchemy as sa

from tests.factories import offers as offering
from tests.factories import pledges as make
from tests.factories import seats as seating
from tests.factories.accounts import person
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.participation.lifecycle import Gender
from tracker.participation.models import Delegate
from tracker.participation.offers.services import answering
from tracker.participation.seats.lifecycle import SeatAction, SeatStatus, SeatUse, use_of
from tracker.participation.seats.models import Seat
from tracker.participation.seats.queries import genders_of, seats_paid_by
from tracker.pledges import queries, services
from tracker.pledges.models import Allocation
from tracker.pledges.services.seats import free_seat


@pytest.fixture
def read(app):
    """`read(person, path)`: what the page says, in words; of a file its text."""

    def get(someone, path):
        answer = sign_in(app.test_client(), someone).get(path)
        return answer.text if answer.mimetype == "text/csv" else words_of(answer)

    return get


def rows_of(pledge, actor):
    found = queries.get_visible(pledge, actor)
    rows = seats_paid_by(found, actor)
    sums = queries.ledger_of(found)[1]
    db.session.rollback()
    return rows, sums


def table_of(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def one_seat(people, request, *paid, gender=Gender.NOT_STATED, name=""):
    delegate = seating.person_of(request, name)
    with transaction():
        update_where(Delegate, Delegate.id == delegate, gender=gender.value)
    return seating.given(people, [seating.seat(request, delegate, *paid)])[0]


def allocation_of(seat, pledge):
    of_pledge = Allocation.pledge_id == seating.row_of(pledge)
    found = db.session.scalars(sa.select(Allocation.public_id).where(Allocation.seat_id == seat, of_pledge)).one()
    db.session.rollback()
    return found


def test_a_pledge_without_seats_says_so(people, read):
    pledge = make.funded(people)
    assert "No seat at a session was paid from this pledge yet." in read(people.officer, f"/pledges/{pledge}")
    assert table_of(read(people.officer, f"/pledges/{pledge}/seats.csv"))[1:] == [
        ["All", "", "", "", "0", "0.00", "0.00"]
    ]


def test_a_donor_learns_state_session_use_and_amounts_and_no_name(people, read):
    pledge, kenya = make.funded(people), seating.eligible()
    seat = one_seat(people, kenya, (pledge, 30_00), name="Amina Otieno")
    services.disburse(
        allocation_of(seat, pledge),
        actor=people.finance.actor,
        payment=seating.payment(allocation_of(seat, pledge), 12_00),
    )
    shown = read(people.officer, f"/pledges/{pledge}").split("Seats that it paid", 1)[1]
    assert "Kenya Support for participation" in shown
    assert "Not yet 1 18 12" in shown
    assert "Amina" not in shown
    file = table_of(read(people.officer, f"/pledges/{pledge}/seats.csv"))
    assert file[1][0] == "Kenya"
    assert file[1][3:] == ["Not yet", "1", "18.00", "12.00"]
    assert file[-1][4:] == ["1", "18.00", "12.00"]


def test_sums_are_those_of_the_ledger_also_when_a_seat_has_ended(people, read):
    pledge, kenya = make.funded(people), seating.eligible()
    first, second = (one_seat(people, kenya, (pledge, amount)) for amount in (30_00, 20_00))
    services.disburse(
        allocation_of(first, pledge),
        actor=people.finance.actor,
        payment=seating.payment(allocation_of(first, pledge), 5_00),
    )
    with transaction() as session:
        session.get_one(Seat, second).apply(SeatAction.DECLINE, version=None)
    with transaction():
        free_seat(second, actor=people.manager.actor, reason="Declined.")
    rows, sums = rows_of(pledge, people.officer.actor)
    assert (sum(row.held_minor for row in rows), sum(row.paid_minor for row in rows)) == (sums["held"], sums["paid"])
    assert [row.use for row in rows] == [SeatUse.UNUSED, SeatUse.OPEN]
    said = {
        "status": "cancelled",
        "cause": "illness",
        "reason": "Flu.",
        "borne_by": "pledge",
        "ended_at": now(),
        "given_back": True,
    }
    with transaction():
        update_where(Seat, Seat.id == first, **said)
    file = table_of(read(people.officer, f"/pledges/{pledge}/seats.csv"))
    assert [row[3] for row in file[1:3]] == ["No", "No: cost without journey"]


def test_a_seat_that_two_pledges_pay_counts_with_the_one_that_pays_its_fare(people, read):
    fare, rest, kenya = make.funded(people), make.funded(people), seating.eligible()
    one_seat(people, kenya, (fare, 30_00), (rest, 10_00))
    assert [row.counted for row in rows_of(fare, people.officer.actor)[0]] == [True]
    assert [row.counted for row in rows_of(rest, people.officer.actor)[0]] == [False]
    assert "with the other it stands as 0" in read(people.officer, f"/pledges/{rest}")
    assert "with the other it stands as 0" not in read(people.officer, f"/pledges/{fare}")


def test_of_a_strictly_confidential_request_the_amount_only(people, read):
    pledge, kenya = make.funded(people), seating.eligible()
    for _ in range(3):
        one_seat(people, kenya, (pledge, 10_00), gender=Gender.WOMAN)
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.id == kenya.id, marking="strictly_confidential")
    shown = read(people.officer, f"/pledges/{pledge}").split("Seats that it paid", 1)[1]
    assert "a strictly confidential request 10 0" in shown
    assert "Kenya" not in shown
    assert "Of those who said it" not in shown
    file = table_of(read(people.officer, f"/pledges/{pledge}/seats.csv"))
    assert file[1] == ["a strictly confidential request", "", "", "", "", "10.00", "0.00"]
    assert file[-1] == ["All", "", "", "", "0", "30.00", "0.00"]


def test_women_and_men_only_as_totals_of_three_seats_or_more(people, read):
    pledge, kenya = make.funded(people), seating.eligible()
    for gender in (Gender.WOMAN, Gender.NOT_STATED, Gender.MAN):
        one_seat(people, kenya, (pledge, 10_00), gender=gender)
    rows, _sums = rows_of(pledge, people.officer.actor)
    assert genders_of(rows) is None
    assert "from 3 seats on" in read(people.officer, f"/pledges/{pledge}")
    one_seat(people, kenya, (pledge, 10_00), gender=Gender.WOMAN)
    assert "women 2, men 1" in read(people.officer, f"/pledges/{pledge}")


def test_another_donor_and_a_state_open_neither(app, people):
    pledge = make.funded(people)
    for someone, status in ((person("donor_officer", of="SIDA"), 404), (person("focal_point", of="KEN"), 403)):
        assert sign_in(app.test_client(), someone).get(f"/pledges/{pledge}/seats.csv").status_code == status


def test_every_status_of_a_seat_says_whether_it_was_used():
    said = {status: use_of(status) for status in SeatStatus}
    assert [status for status in said if said[status] == SeatUse.USED] == ["travelled", "settled"]
    assert use_of("settled", "illness") == SeatUse.UNUSED
    assert {status for status in said if said[status] == SeatUse.UNUSED} == {
        *("declined", "taken_back", "no_show", "cancelled"),
    }


def test_its_state_reads_what_is_missing_by_when_and_what_was_paid_by_line(app, read):
    scene = offering.ready("KEN")
    case, offer = scene.cases["KEN"], offering.offered(scene)["KEN"]
    seat = db.session.scalars(sa.select(Seat.id).where(Seat.public_id == scene.seats["KEN"])).one()
    allocation = db.session.scalars(sa.select(Allocation.public_id).where(Allocation.seat_id == seat)).one()
    db.session.rollback()
    answering.confirm(offer, actor=case.people.authority.actor, version=1, nobody_else_pays=True)
    services.disburse(allocation, actor=scene.donors.finance.actor, payment=seating.payment(allocation, 12_00))
    shown = read(case.people.drafter, case.url).split("Seats of your State", 1)[1]
    ticket = format_day(offering.days_of(scene.code)["ticket"])
    assert "Awa KEN Confirmed Of the delegate, by " in shown
    assert f"The ticket, by {ticket}: UNODC arranges it Conditions: missing" in shown
    assert "give it up 12" in shown
    assert "Ticket this fund 20 12" in shown
    assert "Insurance the State 40 0" in shown
    assert "Digital evidence" not in shown
    services.recover(allocation, actor=scene.donors.finance.actor, payment=seating.payment(allocation, 2_00, "FIN-2"))
    assert "Ticket this fund 20 10" in read(case.people.drafter, case.url)
