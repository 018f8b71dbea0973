"""A session's second half in browsers: seats that a donor sponsors and a worker proposes, and a delegate on a phone."""

import os
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_babel import gettext

from tests.costs.world import A
from tests.factories import reference as reference_data
from tests.factories import rounds
from tests.factories.accounts import person
from tests.journeys import on_a_phone, steps, travelling
from tests.journeys.browsing import Seat
from tests.journeys.on_a_phone import Phone
from tests.services.postgresql import wait_for
from tracker.calendar.now import today
from tracker.costs.advances import advance_of
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.languages.choosing import in_language
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import USE_LABELS, SeatUse
from tracker.participation.seats.models import Seat as SeatRow
from tracker.participation.travel.models import SeatTravel
from tracker.pledges import verification
from tracker.reference.models import Session

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("journeys")]
NAMES = {"NPL": "Sita Rai", "ZMB": "Chanda Mwila", "KEN": "Awa Konan"}
OFFICE = {
    "manager": "programme_manager",
    "finance": "finance_officer",
    "second_finance": "finance_officer",
    "travel": "travel_officer",
}


@pytest.fixture
def language():
    """English on one engine and French on the other; TRACKER_JOURNEY_LANGUAGE chooses."""
    usual = "fr" if os.environ.get("TRACKER_TEST_ENGINE") == "postgresql" else "en"
    return os.environ.get("TRACKER_JOURNEY_LANGUAGE", usual)


@dataclass(frozen=True)
class Scene:
    """Three States that are eligible for a session, with one person each, and everybody at a browser."""

    requests: dict[str, str]
    seats: dict[str, Seat]


@pytest.fixture
def scene(app, smtp, worker, seat, language):
    reference_data.loaded()
    rounds.session(seats=2, seats_per_state=1)
    requests = {iso3: str(rounds.asks(iso3, name).public_id) for iso3, name in NAMES.items()}
    with transaction():
        for name in NAMES.values():
            address = f"{name.split()[0].lower()}@mail.example"
            update_where(Delegate, Delegate.name == name, email=address, language=language, gender="woman")
    everybody = {name: person(role, language=language, name=name) for name, role in OFFICE.items()}
    everybody |= {iso3: person("authorising_officer", of=iso3, language=language, name=iso3) for iso3 in NAMES}
    everybody |= {
        "donor": person("donor_officer", of="NORAD", language=language, name="Donor"),
        "signatory": person("donor_signatory", of="NORAD", language=language, name="Signatory"),
    }
    return Scene(requests, {name: seat(someone) for name, someone in everybody.items()})


def test_from_the_sponsored_seat_to_the_report(scene, smtp, page_of, language):
    seats = scene.seats
    promised = sponsor(seats)
    given = propose_and_depart_once(seats)
    assert_the_ledger_balances()
    travelling.offer(seats["travel"])
    for iso3 in given:
        travelling.confirm(seats[iso3], scene.requests[iso3])
    name = NAMES[given[0]]
    phone = Phone(page_of(None, language=language, **on_a_phone.PHONE), None)
    path = phone.door(smtp, f"{name.split()[0].lower()}@mail.example")
    assert name in phone.text()
    phone.accept_conditions(path)
    phone.hand_in_papers(path, name, given[0], until=today() + timedelta(3000))
    seat = travelling.seat_of(seats["travel"], name.split()[-1])
    disclose(seats["travel"])
    advance = buy_and_pay(seats, seat, scene.requests[given[0]])
    assert_the_ledger_balances()
    come_home(name)
    phone.claim(path)
    look_at_the_claim(seats["travel"], seat)
    settle(seats, seat, scene.requests[given[0]], advance)
    assert phone.go(f"{path}/claim").page.locator("#h-due").count(), "the delegate reads what was due and paid"
    assert_the_ledger_balances()
    read_the_report(seats, promised, language)


def sponsor(seats) -> str:
    """A donor asks what seats cost, sees how many an amount covers, and pledges it as the page filled it in."""
    donor = seats["donor"]
    donor.go(f"/rounds/sessions/{travelling.SESSION}/sponsor").write(amount="20000", currency="USD")
    donor.press(donor.page.locator("main form[method=get] button[type=submit]").first)
    donor.go(donor.links(r"/pledges/new\?")[0]).send()
    return steps.promise(donor, seats["signatory"], seats["manager"], seats["finance"], amount="20000")


def propose_and_depart_once(seats) -> list[str]:
    """A worker proposes both seats; the manager takes the proposal over, gives the second one to the State that was
    left out, with a reason, and signs; another person approves. Gives the States with a seat."""
    manager = seats["manager"]
    round_ = travelling.open_round(manager)
    manager.go(f"/rounds/{round_}/propose").send()
    job = manager.address
    wait_for(lambda: manager.go(job).links("/proposals/1$"), seconds=60, what="the proposal")
    manager.go(manager.links("/proposals/1$")[0])
    assert manager.page.locator("#h-states").count()
    manager.go(manager.links("/proposals/1/take-over$")[0]).send()
    manager.go(f"/rounds/{round_}")
    manager.press(manager.page.locator("main form[action$='/take-off'] button, main form[action*='/take'] button").last)
    travelling.give_out_of_turn(manager, round_, "The State chairs the group of experts.")
    travelling.sign_and_approve(manager, seats["second_finance"], round_)
    return [iso3 for iso3 in NAMES if NAMES[iso3] in _seated()]


def disclose(travel: Seat) -> None:
    """The travel officer gives the passport out to the agency, as a ZIP with a password that is shown once."""
    travel.go(f"/sessions/{travelling.SESSION}/travel/give-out")
    who = travel.page.locator("main [name=people]").first.get_attribute("value")
    travel.write(people=who, recipient="agency", to_name="Agency", what="passport.number", how="zip")
    travel.write(reason="The airline asks for it.").send()
    with travel.page.expect_download() as file:
        travel.page.locator("main form button[type=submit]:visible").last.click()
    assert file.value.suggested_filename.endswith(".zip")


def buy_and_pay(seats, seat: str, request: str) -> int:
    """The ticket is bought at its estimate and paid, and the advance on the allowance, once the payee is known; gives
    the advance in cents."""
    travel, finance = seats["travel"], seats["finance"]
    allocation = travelling.allocation_of(finance, request)
    lines = travelling.estimates(finance, allocation)
    travelling.write_ticket(travel, seat, lines[0], "T-1").send()
    travelling.pay_line(finance, allocation, 1, lines[0], "whole", "FIN-1").send()
    travelling.say_payee(finance, seat, "4711")
    advance = advance_of(lines[1], A).minor
    travelling.pay_line(finance, allocation, 2, advance, "advance", "FIN-2").send()
    return advance


def come_home(name: str) -> None:
    """The session and the journey are over since last week."""
    first, last = today() - timedelta(14), today() - timedelta(8)
    delegate = sa.select(Delegate.id).where(Delegate.name == name).scalar_subquery()
    seat = sa.select(SeatRow.id).where(SeatRow.delegate_id == delegate).scalar_subquery()
    with transaction():
        update_where(Session, Session.code == travelling.SESSION, starts_on=first, ends_on=last, closing_on=None)
        update_where(Delegate, Delegate.name == name, arrives_on=first, leaves_on=last)
        days = {"ticket_out_on": first - timedelta(1), "ticket_back_on": last + timedelta(1)}
        update_where(SeatTravel, SeatTravel.seat_id == seat, **days)


def look_at_the_claim(travel: Seat, seat: str) -> None:
    """The travel officer begins to look at the claim and opens the boarding pass, which leaves a trace."""
    travel.go(f"{seat}/claim/begin").send()
    with travel.page.expect_download() as file:
        travel.page.locator("main form[action*='/claim/papers/'] button").click()
    assert file.value.suggested_filename.endswith("IMG 0001.jpg")


def settle(seats, seat: str, request: str, advance: int) -> None:
    """The travel officer enters how the journey went, what is due still is paid, and a finance officer settles."""
    travel, finance = seats["travel"], seats["finance"]
    travel.go(f"{seat}/travel/days").write(shown_by="boarded").send()
    travel.go(f"{seat}/settlement/enter").write(fare_invoice="INV-1", remark="Rates of the days.").send()
    allocation = travelling.allocation_of(finance, request)
    due = travelling.dues_of(seat)
    travelling.pay_line(finance, allocation, 2, due["allowance"] - advance, "balance", "FIN-3").send()
    travelling.pay_line(finance, allocation, 3, due["terminals"], "whole", "FIN-4").send()
    seats["second_finance"].go(f"{seat}/settlement/settle").send()


def read_the_report(seats, promised: str, language: str) -> None:
    """The office reads the session's report; the donor sees that one of the two seats that its pledge paid was used."""
    seats["manager"].go(f"/sessions/{travelling.SESSION}/report")
    assert travelling.SESSION in seats["manager"].text()
    assert travelling.SESSION in seats["donor"].go(f"/donor/reports/{travelling.SESSION}").text()
    cells = seats["donor"].go(f"/pledges/{promised}").page.locator("main td").all_inner_texts()
    with in_language(language):
        assert [cells.count(gettext(USE_LABELS[use])) for use in (SeatUse.USED, SeatUse.OPEN)] == [1, 1]


def _seated() -> set[str]:
    from tracker.rounds.models import RoundSeat

    db.session.rollback()
    return set(db.session.scalars(sa.select(Delegate.name).join(RoundSeat, RoundSeat.delegate_id == Delegate.id)))


def assert_the_ledger_balances() -> None:
    db.session.rollback()
    assert verification.verify().first_wrong is None
