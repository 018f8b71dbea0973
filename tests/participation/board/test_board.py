"""The office's board of a session counts who was nominated, as far as the reader may see the requests."""

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import assistance as make
from tests.factories import pledges, seats, travel
from tests.factories import rounds as sitting
from tests.factories.accounts import person, state
from tests.participation.support.conftest import FIRST_DAY, plan, set_up
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.assistance.models import AssistanceRequest as R
from tracker.calendar.now import now
from tracker.calendar.working_days import end_of
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation import services as participation
from tracker.participation.board.groups import SPECIAL, shares
from tracker.participation.board.queries import board_of
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.pledges import services as money
from tracker.reference import queries as reference
from tracker.rounds import services as rounds

BOARD = "/sessions/AHC-P1/board"


@pytest.fixture
def dated():
    """The session of the board."""
    return plan("AHC-P1", FIRST_DAY, "VIE")


def nominate(code, *genders, status="submitted", alternates=0, **facts):
    """A request of a State for the session, that names a person of each gender and so many alternates besides."""
    state(code)
    case = make.draft(make.People(code), kind="participation")
    for number, gender in enumerate((*genders, *("woman",) * alternates)):
        nomination = participation.Nomination(
            name=f"Person {chr(65 + number)} of {code}", gender=gender, alternate=number >= len(genders)
        )
        participation.nominate(case.public_id, actor=case.drafter, nomination=nomination)
    values = {"submitted_at": now(), "reference": f"PS-2031-{code}-001", "reference_number": 1, **facts}
    with transaction():
        session_id = reference.get_session("AHC-P1").id
        # The database asks papers of every other request that stands so.
        update_where(
            R, R.public_id == case.public_id, status=status, session_id=session_id, origin="imported", **values
        )
    return case


@pytest.fixture
def asked(dated):
    """Kenya nominates two and an alternate, Nepal one whose request was accepted; Austria withdrew."""
    set_up()
    nominate("KEN", "woman", "not_stated", alternates=1)
    nominate("NPL", "man", status="accepted")
    nominate("AUT", "woman", status="withdrawn")
    return reference.get_session("AHC-P1")


def board(session):
    return board_of(session, person("programme_manager").actor)


def test_counts_people_for_a_seat_and_neither_alternates_nor_who_withdrew(asked):
    found = board(asked)
    assert (found.people(), found.states, found.women, found.stated) == (3, 2, 1, 2)
    # Nepal is landlocked; on the day on which nominations close it is least developed no longer.
    assert {one.key: one.asked for one in shares(found, SPECIAL)} == {"ldc": 0, "lldc": 1, "sids": 0, "none": 2}


def test_says_how_many_reached_each_stage_and_why_the_others_did_not(asked, client):
    sign_in(client, person("finance_officer"))
    page = client.get(BOARD).text
    reached = re.findall(r'<dt>([^<]+)</dt>\s*<dd class="figure"><bdi>(.+?)</bdi>', page, re.DOTALL)
    assert reached[:2] == [
        ("Nominated", "3 <small>by 2 States</small>"),
        ("Eligible", "1 <small>not yet or not: 2 received</small>"),
    ]
    assert "women, of those who said" not in page, "two who said it are not told"
    assert "The share of women is told from three people on who said it." in page
    assert "PS-2031-KEN-001" in page
    assert "PS-2031-AUT-001" not in page


def test_has_rows_for_all_groups_and_for_none(asked, client):
    sign_in(client, person("auditor"))
    page = client.get(BOARD).text
    for group in ("African States", "Latin American and Caribbean States", "No regional group"):
        assert group in page


def test_marks_what_came_after_the_closing_day(dated, client):
    set_up()
    nominate("KEN", "woman", submitted_at=end_of(date(2030, 12, 9)) + timedelta(seconds=1))
    nominate("NPL", "woman", submitted_at=end_of(date(2030, 12, 9)))
    sign_in(client, person("triage_officer"))
    assert "by 2 States, 1 late" in client.get(BOARD).text


def test_shows_nothing_of_a_request_that_the_reader_may_not_see(dated, client):
    nominate("KEN", "woman", marking="strictly_confidential")
    assert board(reference.get_session("AHC-P1")).people() == 1
    sign_in(client, person("triage_officer"))
    page = client.get(BOARD).text
    assert "PS-2031-KEN-001" not in page
    assert "No State has nominated anybody for this session yet." in page
    assert "What this session pays is not set up yet." in page


def test_costs_as_many_statements_for_three_states_as_for_one(dated, client):
    set_up()
    nominate("KEN", "woman")
    sign_in(client, person("auditor"))
    client.get(BOARD)
    with statements() as one:
        client.get(BOARD)
    nominate("NPL", "man")
    nominate("AUT", "man", "woman")
    with statements() as three:
        assert "by 3 States" in client.get(BOARD).text
    assert len(one) == len(three) <= 12


def test_counts_the_seats_and_which_pledge_pays_them_once_there_are_some(dated, client):
    people = pledges.people()
    pledge = pledges.funded(people)
    kenya = seats.eligible("KEN")
    with transaction():
        update_where(R, R.id == kenya.id, session_id=reference.get_session("AHC-P1").id)
    given = seats.given(
        people, [seats.seat(kenya, seats.person_of(kenya), (pledge, cents)) for cents in (20_00, 35_00)]
    )
    with transaction() as session:
        session.get(Seat, given[1]).apply(SeatAction.CONFIRM, version=None)
    sign_in(client, people.finance)
    page = client.get(BOARD).text
    reached = dict(re.findall(r'<dt>([^<]+)</dt>\s*<dd class="figure"><bdi>(.+?)</bdi>', page, re.DOTALL))
    assert (reached["Selected"], reached["Confirmed"]) == ("2", "1 <small>1 not answered</small>")
    assert [part for part in ("Nominated", "Selected", "Confirmed") if f'<th scope="row">{part}</th>' in page] == [
        *("Nominated", "Selected", "Confirmed")
    ]
    row = page.partition('id="h-pays"')[2].partition("</table>")[0]
    assert re.findall(r'<td class="num">([^<]+)</td>', row) == ["2", "55", "0", "0", "2", "55", "0", "0"]


@pytest.fixture
def two_seats(dated):
    """Kenya has two seats for 20 and 35 dollars: one confirmed, whose journey lacks everything, one not offered yet."""
    set_up()
    people = pledges.people()
    pledge, kenya = pledges.funded(people), seats.eligible("KEN")
    with transaction():
        update_where(R, R.id == kenya.id, session_id=reference.get_session("AHC-P1").id, submitted_at=now())
    persons = [seats.person_of(kenya) for _ in range(2)]
    given = seats.given(
        people,
        [seats.seat(kenya, who, (pledge, cents)) for who, cents in zip(persons, (20_00, 35_00), strict=True)],
    )
    with transaction() as session:
        session.get(Seat, given[1]).apply(SeatAction.CONFIRM, version=None)
    return people


def waits(page):
    """The lines of what waits: what, how many, whose turn."""
    card = page.partition('id="h-needs"')[2].partition("</table>")[0]
    return re.findall(
        r'<th scope="row">(?:<a [^>]+>)?([^<]+).*?<td class="num">(\d+)</td>\s*<td>([^<]+)<', card, re.DOTALL
    )


def test_says_what_waits_for_whom(two_seats, client):
    page = sign_in(client, two_seats.finance).get(BOARD).text
    assert {
        line for line in waits(page) if line[0] in ("Seats to offer to their States", "Ticket", "Authorisation signed")
    } == {
        ("Seats to offer to their States", "1", "Travel officer"),
        ("Ticket", "1", "Travel officer"),
        ("Authorisation signed", "1", "Programme manager"),
    }
    assert "Seats to settle" not in page
    assert 'href="/sessions/AHC-P1/travel?show=no_ticket"' in page


def test_counts_a_cancelled_seat_that_was_paid_among_those_to_settle(two_seats, client):
    seat = db.session.scalars(sa.select(Seat.public_id).where(Seat.status == "confirmed")).one()
    db.session.rollback()
    allocation = travel.allocation_of(seat)
    payment = seats.payment(allocation, 20_00, part="advance")
    money.disburse(allocation, actor=two_seats.finance.actor, payment=payment)
    gone = {"status": "cancelled", "given_back": True, "ended_at": now(), "cause": "illness", "borne_by": "pledge"}
    with transaction():
        update_where(Seat, Seat.public_id == seat, reason="Flu.", **gone)
    page = sign_in(client, two_seats.finance).get(BOARD).text
    assert ("Seats to settle", "1", "Travel officer, then finance") in waits(page)


def test_says_that_nothing_waits(two_seats, client):
    with transaction():
        update_where(Seat, Seat.status == "selected", status="declined", given_back=True, ended_at=now())
        update_where(Seat, Seat.status == "confirmed", status="declined", given_back=True, ended_at=now())
    assert "Nothing waits for anybody." in sign_in(client, two_seats.finance).get(BOARD).text


def test_counts_the_money_of_seats_that_stand(two_seats, client):
    def money():
        card = client.get(BOARD).text.partition('id="h-money"')[2].partition("</section>")[0]
        line = r'<th scope="row">([^<]+)</th>\s*<td class="num">([^<]+)</td>\s*<td class="num">([^<]+)</td>'
        return {label: (number, amount) for label, number, amount in re.findall(line, card)}

    sign_in(client, two_seats.finance)
    figures = money()
    assert (figures["Offered"], figures["Held"], figures["Paid"]) == (("2", "55"), ("–", "55"), ("–", "0"))
    assert (figures["Asked"][0], figures["Not covered"]) == ("2", ("0", "0"))
    with transaction():
        update_where(Seat, Seat.status == "selected", status="declined", given_back=True, ended_at=now())
    assert money()["Offered"] == ("1", "35")


def test_shows_seats_beside_nominations_by_group(two_seats, client):
    page = sign_in(client, two_seats.finance).get(BOARD).text
    card = page.partition('id="h-group"')[2].partition("</section>")[0]
    rows = dict(re.findall(r"<span>([^<]+)</span>.*?<span class=\"num\">([^<]+)</span>", card, re.DOTALL))
    assert (rows["African States"], rows["No regional group"]) == ("2 of 2", "0 of 0")


def test_says_nothing_of_seats_before_there_are_any(asked, client):
    sign_in(client, person("auditor"))
    page = client.get(BOARD).text
    assert "Selected" not in page
    assert "Which pledge pays" not in page


def test_tells_the_share_of_women_from_three_people_on_who_said_it(dated, client):
    nominate("KEN", "woman", "man", "not_stated")
    nominate("NPL", "woman")
    sign_in(client, person("auditor"))
    page = words_of(client.get(BOARD))
    assert "women, of those who said: nominated 2 of 3, 67 %" in page
    assert "women, of those who said: in seats" not in page
    people = pledges.people()
    kenya, pledge = seats.eligible("KEN"), pledges.funded(people)
    with transaction():
        update_where(R, R.id == kenya.id, session_id=reference.get_session("AHC-P1").id)
    persons = [seats.person_of(kenya) for _ in range(4)]
    with transaction():
        update_where(Delegate, Delegate.id.in_(persons), gender="woman")
    given = seats.given(people, [seats.seat(kenya, one, (pledge, 10_00)) for one in persons])
    with transaction() as session:
        session.get(Seat, given[0]).apply(SeatAction.DECLINE, version=None)
    assert "women, of those who said: in seats 3 of 3, 100 %" in words_of(client.get(BOARD))


def test_says_how_many_each_round_and_the_reserve_list_gave(app):
    people = pledges.people()
    sitting.session()
    kenya, nepal = sitting.asks("KEN", "Awa Otieno"), sitting.asks("NPL", "Tara Gurung")
    money = sitting.pledge_of(people, 2 * sitting.seat())
    round_ = sitting.prepared(people, (kenya, money), (nepal, money))
    rounds.approve(round_, actor=people.finance.actor, version=sitting.row(round_).version)
    page = sign_in(app.test_client(), person("auditor")).get(BOARD).text
    table = page.partition('id="h-given"')[2].partition("</table>")[0]
    rows = re.findall(r'<th scope="row">([^<]+)</th>\s*<td class="num">([^<]+)</td>', table)
    assert rows == [("Round 1", "2"), ("From the reserve list", "0"), ("All", "2")]
