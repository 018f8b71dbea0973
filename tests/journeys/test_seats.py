"""The travel half of the mission in browsers: from a session's support to the seat that is paid, missed and settled."""

import os
from dataclasses import dataclass

import pytest

from tests.costs.world import A
from tests.factories.accounts import Someone, person
from tests.journeys import people, steps, travelling
from tracker.costs import loading
from tracker.costs.advances import advance_of
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.pledges import verification
from tracker.reference import loader

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("journeys")]
STATES = {"CIV": "ABJ", "KEN": "NBO", "NPL": "KTM"}


ACCEPTED = ["assistance.taken_up", "assistance.accepted", "participation.seats_given"]
OFFERED = "participation.seats_offered"
TICKET = "participation.ticket_recorded"
PAID = ["assistance.implementation_started", *["pledges.disbursed"] * 3]
ANSWERED = ["participation.seat_confirmed", "participation.seat_declined"]
REPLACED = ["participation.seat_substituted", "participation.seat_confirmed"]
MISSED = "participation.journey_missed"
ASKED_TO_PAY = [*["participation.payee_asked", TICKET] * 2, MISSED, "participation.settlement_entered"]
SETTLED = [
    *(TICKET, "assistance.implementation_started", "pledges.disbursed"),
    *(MISSED, "participation.seats_settled"),
]
# The donor hears of its pledge: once of what the round took, once of the top-up, of each payment, of what went back.
USED = [
    *["pledges.seats_funded"] * 2,
    *["pledges.allocation_released"] * 2,
    *["pledges.disbursed"] * 4,
]
TOLD = {
    # Each State hears of its own request and seat, from both of its people but for what one of them did.
    "drafter_CIV": ["assistance.submitted", *ACCEPTED, "participation.seat_confirmed", TICKET, *PAID],
    "authority_CIV": ["assistance.authorisation_asked", *ACCEPTED, OFFERED, TICKET, *PAID],
    "drafter_KEN": ["assistance.submitted", *ACCEPTED, "participation.seat_declined"],
    "authority_KEN": ["assistance.authorisation_asked", *ACCEPTED, OFFERED],
    "drafter_NPL": ["assistance.submitted", *ACCEPTED, *REPLACED, *SETTLED],
    "authority_NPL": ["assistance.authorisation_asked", *ACCEPTED, OFFERED, *SETTLED],
    "official": [
        *["assistance.accepted"] * 3,
        *["participation.seats_given", OFFERED] * 3,
        *("participation.seat_substituted", "pledges.accepted", MISSED),
    ],
    "delegate": ["participation.link_made"] * 2,
    "donor": ["pledges.signed", "pledges.accepted", "pledges.receipt_recorded", *USED],
    "signatory": ["pledges.offered", "pledges.accepted", "pledges.receipt_recorded", *USED],
    "officer": [
        *["assistance.submitted"] * 3,
        *["assistance.accepted"] * 3,
        *["participation.seats_given"] * 3,
        *(*PAID, "assistance.implementation_started", "pledges.disbursed"),
    ],
    "manager": [
        *["assistance.decision_prepared"] * 3,
        *("pledges.offered", "pledges.signed", "pledges.receipt_recorded", "rounds.approved"),
        *(*ANSWERED, *REPLACED, MISSED),
    ],
    # Who settled the seat needs not be told that money went back; the other one does.
    "finance": [
        *("pledges.accepted", "rounds.prepared", "pledges.act_proposed"),
        *(*["pledges.allocation_released"] * 2, *ASKED_TO_PAY),
    ],
    "second_finance": [
        *("pledges.accepted", "rounds.prepared", "pledges.act_proposed"),
        *("pledges.allocation_released", *ASKED_TO_PAY),
    ],
    "travel": [
        *["participation.seats_given"] * 3,
        *(*ANSWERED, *REPLACED, "pledges.act_confirmed"),
        *("participation.payee_recorded", "participation.seats_settled"),
    ],
}
"""The mail that is due to everybody, whatever the engine and the language."""


@dataclass(frozen=True)
class Delegations:
    """The people of three States, of a donor and of the office, by the part they play."""

    by_name: dict[str, Someone]
    LANGUAGES: dict[str, str]


def delegations(language: str) -> Delegations:
    """Load the reference data and make the people."""
    loader.load()
    with transaction():
        loading.load_rates()
        loading.load_rules()
    roles = {
        **{f"drafter_{iso3}": ("focal_point", iso3) for iso3 in STATES},
        **{f"authority_{iso3}": ("authorising_officer", iso3) for iso3 in STATES},
        "donor": ("donor_officer", "NORAD"),
        "signatory": ("donor_signatory", "NORAD"),
        "officer": ("triage_officer", None),
        "manager": ("programme_manager", None),
        "finance": ("finance_officer", None),
        "second_finance": ("finance_officer", None),
        "travel": ("travel_officer", None),
    }
    made = {}
    for name, (role, of) in roles.items():
        where = {"of": of} if of else {}
        made[name] = person(role, language=language, name=name.replace("_", " "), **where)
    return Delegations(made, dict.fromkeys(made, language))


@pytest.fixture
def language():
    """English on one engine and French on the other; TRACKER_JOURNEY_LANGUAGE chooses."""
    usual = "fr" if os.environ.get("TRACKER_TEST_ENGINE") == "postgresql" else "en"
    return os.environ.get("TRACKER_JOURNEY_LANGUAGE", usual)


@pytest.fixture
def everybody(app, language) -> Delegations:
    return delegations(language)


@pytest.fixture
def seats(smtp, worker, seat, everybody):
    """Everybody at a browser."""
    return {name: seat(someone) for name, someone in everybody.by_name.items()}


def test_from_the_session_to_the_settled_seat(app, smtp, everybody, seats):
    manager, officer, travel = seats["manager"], seats["officer"], seats["travel"]
    session_id = travelling.dated()
    travelling.set_up(manager)
    requests = {iso3: nominate(seats, session_id, iso3) for iso3 in ("CIV", "KEN")}
    requests["NPL"] = steps.nominate(
        seats["drafter_NPL"], session_id, ("Sita", "Rai"), ("Hari", "Rai"), alternates=1, airport="KTM"
    )
    for iso3 in ("CIV", "KEN"):
        steps.authorise(seats[f"authority_{iso3}"], requests[iso3])
    travelling.close_nominations(manager)
    steps.authorise(seats["authority_NPL"], requests["NPL"])
    for request in requests.values():
        steps.take_up(officer, request)
        steps.find_eligible(officer, manager, request)
    steps.pledge(seats["donor"], seats["signatory"], manager, seats["finance"], amount="40000")
    assert_the_ledger_balances()

    round_ = travelling.open_round(manager)
    travelling.give_out_of_turn(manager, round_, "The State chairs the group of experts.")
    travelling.give_in_turn(manager, round_)
    travelling.sign_and_approve(manager, seats["second_finance"], round_)
    assert_the_ledger_balances()

    travelling.offer(travel)
    travelling.confirm(seats["authority_CIV"], requests["CIV"])
    travelling.decline(seats["authority_KEN"], requests["KEN"], "Elections are held that week.")
    travelling.substitute(seats["authority_NPL"], requests["NPL"])
    travelling.confirm(seats["authority_NPL"], requests["NPL"])
    assert_the_ledger_balances()

    pay(seats, requests["CIV"])
    assert_the_ledger_balances()
    miss_and_settle(seats, requests["NPL"])
    assert_the_ledger_balances()
    people.wait_until_sent()
    people.assert_told(everybody, TOLD)
    people.assert_mail_is_due_and_in_their_language(everybody, smtp)


def nominate(seats, session_id: int, iso3: str) -> str:
    drafter = seats[f"drafter_{iso3}"]
    return steps.nominate(drafter, session_id, ("Awa", f"Diallo-{iso3.title()}"), airport=STATES[iso3])


def pay(seats, request: str) -> None:
    """A ticket that costs 30 percent more than was estimated: refused, topped up, paid; then the allowance in parts."""
    finance, travel = seats["finance"], seats["travel"]
    allocation, seat = travelling.allocation_of(finance, request), travelling.seat_of(travel, "Civ")
    lines = travelling.estimates(finance, allocation)
    price = lines[0] * 130 // 100
    said = travelling.write_ticket(travel, seat, price, "T-1").refused()
    assert "A top-up comes first" in said or "complément" in said, said
    travelling.top_up(travel, seats["second_finance"], allocation, price - lines[0])
    travelling.write_ticket(travel, seat, price, "T-1").send()
    travelling.pay_line(finance, allocation, 1, price, "whole", "FIN-1").send()
    advance = advance_of(lines[1], A).minor
    said = travelling.pay_line(finance, allocation, 2, advance, "advance", "FIN-2").refused()
    assert "payee number" in said or "numéro" in said, said
    travelling.say_payee(finance, seat, "4711")
    said = travelling.pay_line(finance, allocation, 2, advance, "advance", "FIN-2").refused()
    assert "conditions" in said, said
    travelling.accept_on_paper(travel, seat)
    travelling.pay_line(finance, allocation, 2, advance, "advance", "FIN-2").send()
    travelling.pay_line(
        finance, allocation, 2, lines[1] - advance, "balance", "FIN-3", note="Before the journey."
    ).send()


def miss_and_settle(seats, request: str) -> None:
    """A ticket is bought, its person falls ill: the ticket stays as cost, the rest of the seat's money goes back."""
    finance, travel = seats["finance"], seats["travel"]
    allocation, seat = travelling.allocation_of(finance, request), travelling.seat_of(travel, "Rai")
    fare = travelling.estimates(finance, allocation)[0]
    travelling.write_ticket(travel, seat, fare, "T-2").send()
    travelling.pay_line(finance, allocation, 1, fare, "whole", "FIN-4").send()
    travelling.miss(travel, seat)
    travelling.settle(travel, seats["second_finance"], seat, fare)
    assert travelling.money_of(allocation) == (0, fare)


def assert_the_ledger_balances() -> None:
    db.session.rollback()
    assert verification.verify().first_wrong is None
