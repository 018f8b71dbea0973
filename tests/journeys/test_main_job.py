"""The main job in a browser, with a real site, worker, broker and mail server: from a draft to a confirmed delivery."""

from datetime import date, timedelta

import pytest

from tests.factories.accounts import person
from tests.journeys import people, steps
from tests.journeys.people import Everybody
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.pledges import verification
from tracker.reference import queries as reference
from tracker.reference import services as keeping

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("journeys")]
MONEY = ["pledges.allocation_approved", "assistance.implementation_started", "pledges.disbursed"]
DELIVERY = ["assistance.activity_planned", "assistance.implementation_recorded", "assistance.completed"]
STATE_AFTERWARDS = ["assistance.accepted", *MONEY, *DELIVERY]
DONOR = [
    *("pledges.accepted", "pledges.receipt_recorded", "pledges.allocation_approved", "pledges.disbursed"),
    *("assistance.implementation_recorded", "assistance.implementation_confirmed", "assistance.completed"),
]
OFFICE = {
    "manager": [
        *("assistance.decision_prepared", "pledges.offered", "pledges.signed", "pledges.receipt_recorded"),
        "assistance.implementation_confirmed",
    ],
    "donor": ["pledges.signed", *DONOR],
    "signatory": ["pledges.offered", *DONOR],
    "finance": ["pledges.accepted", "pledges.allocation_planned"],
    "second_finance": ["pledges.accepted", "pledges.allocation_planned"],
    "official": ["assistance.accepted", "pledges.accepted"],
}
"""What people of the office and the donor hear of every request that is paid, delivered and confirmed."""
OFFICER_AFTERWARDS = ["assistance.accepted", *MONEY, "assistance.implementation_confirmed", "assistance.completed"]


@pytest.fixture
def everybody(app) -> Everybody:
    return people.make_people()


@pytest.fixture
def seats(smtp, worker, seat, everybody):
    """Everybody at a browser."""
    return {name: seat(someone) for name, someone in everybody.by_name.items()}


def pay_deliver_and_confirm(seats, request: str, *, confirms: str = "drafter") -> None:
    """From the accepted request on: a pledge, its money, the delivery, the State's word."""
    steps.pledge(seats["donor"], seats["signatory"], seats["manager"], seats["finance"])
    steps.pay(seats["manager"], seats["second_finance"], seats["finance"], request, amount="9650")
    steps.deliver_and_confirm(seats["officer"], seats[confirms], seats["manager"], request)


def assert_all_were_told(everybody: Everybody, smtp, due: dict[str, list[str]]) -> None:
    people.wait_until_sent()
    people.assert_told(everybody, OFFICE | due)
    people.assert_mail_is_due_and_in_their_language(everybody, smtp)


def assert_the_ledger_balances(app) -> None:
    db.session.rollback()
    assert verification.verify().first_wrong is None
    assert "Every balance is the sum" in app.test_cli_runner().invoke(args=["ledger", "verify"]).output


def test_technical_assistance_from_draft_to_confirmed_delivery(app, smtp, everybody, seats):
    drafter, authority, officer = seats["drafter"], seats["authority"], seats["officer"]
    request = steps.ask_for_authorisation(drafter)
    assert drafter.page.locator("html").get_attribute("lang") == "fr"
    steps.authorise(authority, request)
    assert authority.page.locator("html").get_attribute("dir") == "rtl"
    steps.take_up(officer, request)
    steps.ask_and_answer(officer, authority, request)
    steps.accept(officer, seats["manager"], request, amount="9650")
    pay_deliver_and_confirm(seats, request)

    heard = ["assistance.taken_up", "assistance.clarification_asked", *STATE_AFTERWARDS]
    due = {
        "drafter": ["assistance.submitted", "assistance.answered", *heard],
        "authority": ["assistance.authorisation_asked", *heard],
        "officer": ["assistance.submitted", "assistance.answered", *OFFICER_AFTERWARDS],
    }
    assert_all_were_told(everybody, smtp, due)
    assert_the_ledger_balances(app)


def test_support_for_two_delegates_to_a_session(app, smtp, everybody, seats):
    drafter, officer = seats["drafter"], seats["officer"]
    request = steps.nominate(drafter, open_session(), ("Yao", "Koffi-Mensanh"), ("Rokia", "Traoré-Sanlé"))
    steps.authorise(seats["authority"], request)
    steps.take_up(officer, request)
    steps.find_eligible(officer, seats["manager"], request)
    drafter.go(f"/requests/{request}").page.get_by_text("Admissible, en attente").first.wait_for()

    due = {
        "drafter": ["assistance.submitted", "assistance.taken_up", "assistance.accepted"],
        "authority": ["assistance.authorisation_asked", "assistance.taken_up", "assistance.accepted"],
        "officer": ["assistance.submitted", "assistance.accepted"],
        "manager": ["assistance.decision_prepared"],
        "official": ["assistance.accepted"],
    }
    people.wait_until_sent()
    people.assert_told(everybody, due)
    people.assert_mail_is_due_and_in_their_language(everybody, smtp)
    assert_the_ledger_balances(app)


def open_session() -> int:
    """A session to which States can nominate two delegates now; gives its id."""
    session = reference.get_session("AHC-P1")
    session_id, version = session.id, session.version
    starts: date = today() + timedelta(days=90)
    facts = {"starts_on": starts, "ends_on": starts + timedelta(days=4), "closing_on": today() + timedelta(days=30)}
    db.session.rollback()
    keeping.edit_session("AHC-P1", actor=person("administrator").actor, version=version, seats_per_state=2, **facts)
    return session_id


@pytest.mark.engine("sqlite")  # its acts differ from the others only before the office has the request
def test_what_came_on_paper_goes_the_same_way(app, smtp, everybody, seats):
    officer, authority = seats["officer"], seats["authority"]
    request = steps.file_paper(officer)
    steps.take_up(officer, request)
    steps.ask_and_answer(officer, authority, request)
    steps.accept(officer, seats["manager"], request, amount="9650")
    pay_deliver_and_confirm(seats, request, confirms="authority")

    heard = ["assistance.submitted", "assistance.taken_up", "assistance.clarification_asked", *STATE_AFTERWARDS]
    due = {"authority": heard, "officer": ["assistance.answered", *OFFICER_AFTERWARDS]}
    assert_all_were_told(everybody, smtp, due)
    assert_the_ledger_balances(app)
