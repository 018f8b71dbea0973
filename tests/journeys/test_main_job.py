"""The main job in a browser, with a real site, worker, broker and mail server: from a draft to a confirmed delivery."""

from datetime import timedelta

import pytest

from tests.files.samples import PDF
from tests.journeys import people
from tests.journeys.browsing import Seat
from tests.journeys.people import Everybody
from tracker.extensions import db
from tracker.now import today
from tracker.pledges import verification

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("journeys")]
NOTE = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": PDF}
A_DAY = timedelta(days=1)


@pytest.fixture
def everybody(app) -> Everybody:
    return people.gather()


def ask_for_authorisation(drafter: Seat) -> str:
    """The drafter writes a request for technical assistance in French; gives its id."""
    drafter.go("/requests/new").write(kind="technical", language="fr").send()
    request = drafter.id_in("/requests/([0-9a-f-]{36})")
    step = f"/requests/{request}/steps"
    drafter.go(f"{step}/where").write(title="Preuve numérique", areas=["TA.INV", "TA.PRO"]).send()
    drafter.go(f"{step}/who").write(beneficiaries__0="Parquet général d’Abidjan").send()
    drafter.go(f"{step}/why").write(
        problem="Des preuves sont écartées.",
        objectives="Des preuves admises.",
        expected_results="Soixante magistrats formés.",
        human_rights="Vie privée et droits de la défense.",
    ).send()
    begins = today() + 200 * A_DAY
    drafter.go(f"{step}/when").write(starts_on=begins, ends_on=begins + 10 * A_DAY, place="Abidjan", currency="USD")
    drafter.write(lines__0__label="Formateurs", lines__0__amount="9650").send()
    drafter.go(f"{step}/consent").write(marking="unclassified", donors=["title:donors", "amounts:donors"]).send()
    drafter.go(f"/requests/{request}/review").send()
    return request


def authorise(authority: Seat, request: str) -> None:
    authority.go(f"/requests/{request}/authorise")
    authority.write(issuer="Mission permanente", note_reference="CIV/17", dated=today(), file=NOTE)
    authority.write(donors=["title:donors", "summary:donors", "amounts:donors"]).send()


def take_up(officer: Seat, request: str) -> None:
    officer.go(f"/triage/requests/{request}/take-up").send()


def ask_and_answer(officer: Seat, authority: Seat, request: str) -> None:
    officer.go(f"/triage/requests/{request}/ask")
    officer.write(questions__0__field="problem", questions__0__text="How many cases?").send()
    authority.go(f"/requests/{request}")
    name = authority.page.locator("main textarea[name^=answer_]").first.get_attribute("name")
    authority.write(**{name: "Cent quarante l’an dernier."})
    authority.press(
        authority.page.locator("main form:has(textarea[name^=answer_]) .form-end button[type=submit]").first
    )


def accept(officer: Seat, manager: Seat, request: str, *, amount: str) -> None:
    officer.go(f"/triage/requests/{request}/decision/accepted")
    officer.write(amount=amount, reasons="It fits the mandate.").send()
    manager.go(f"/triage/requests/{request}/sign").send()


def pledge(donor: Seat, signatory: Seat, manager: Seat, finance: Seat) -> str:
    """A pledge of 20,000 dollars is offered, signed, accepted and received; gives its id."""
    donor.go("/pledges/new").write(title="Evidence", amount="20000", currency="USD").send()
    donor.send()
    donor.write(instalments__0__amount="20000", instalments__0__due_on=today() + 30 * A_DAY).send()
    donor.send().send()
    promised = donor.id_in("/pledges/([0-9a-f-]{36})")
    signatory.go(f"/pledges/{promised}/sign").send()
    manager.go(f"/pledges/{promised}/accept")
    manager.write(agreement_reference="AGR-1", agreement_date=today(), ends_on=today() + 700 * A_DAY).send()
    finance.go(f"/pledges/{promised}/receipt")
    finance.write(amount="20000", value_date=today(), external_reference="BANK-1").send()
    return promised


def pay(manager: Seat, second: Seat, finance: Seat, request: str, *, amount: str) -> None:
    """The manager plans, one finance officer approves, another pays."""
    manager.go(f"/finance/requests/{request}/plan").write(amount=amount)
    manager.press(manager.page.locator("main form:has([name=amount]) button[type=submit]").first)
    allocation = second.go("/finance").links("/finance/allocations/")[0].split("/")[3]
    second.go(f"/finance/allocations/{allocation}/approve").send()
    finance.go(f"/finance/allocations/{allocation}/pay")
    finance.write(amount=amount, value_date=today(), external_reference="FIN-1").send()


def deliver_and_confirm(officer: Seat, drafter: Seat, manager: Seat, request: str) -> None:
    officer.go(f"/triage/requests/{request}").write(title="Course", place="Abidjan")
    officer.press(officer.page.locator("main form[action*='/activities'] button[type=submit]").first)
    activity = officer.go(f"/triage/requests/{request}").links("/activities/")[0]
    officer.go(activity).write(
        delivered_on=today(), place="Abidjan", women="31", men="29", result="It took place."
    ).send()
    confirmation = drafter.go(f"/requests/{request}").links("/deliveries/")[0]
    drafter.go(confirmation).write(rating="5", comment="Très utile.").send()
    manager.go(f"/triage/requests/{request}/complete").send()


def assert_the_ledger_balances(app) -> None:
    db.session.rollback()
    report = verification.verify()
    assert report.first_wrong is None
    assert "Every balance is the sum" in app.test_cli_runner().invoke(args=["ledger", "verify"]).output


def test_technical_assistance_from_draft_to_confirmed_delivery(app, smtp, worker, seat, everybody):
    seats = {name: seat(someone) for name, someone in everybody.by_name.items()}
    drafter, authority, officer, manager = (seats[n] for n in ("drafter", "authority", "officer", "manager"))
    request = ask_for_authorisation(drafter)
    assert drafter.page.locator("html").get_attribute("lang") == "fr"
    authorise(authority, request)
    assert authority.page.locator("html").get_attribute("dir") == "rtl"
    take_up(officer, request)
    ask_and_answer(officer, authority, request)
    accept(officer, manager, request, amount="9650")
    pledge(seats["donor"], seats["signatory"], manager, seats["finance"])
    pay(manager, seats["second_finance"], seats["finance"], request, amount="9650")
    deliver_and_confirm(officer, drafter, manager, request)

    people.wait_until_sent()
    state_hears = ["assistance.submitted", "assistance.taken_up", "assistance.clarification_asked"]
    afterwards = ["assistance.activity_delivered", "assistance.completed"]
    money = ["pledges.allocation_approved", "assistance.delivery_started", "pledges.disbursed"]
    donor_hears = [
        *("pledges.accepted", "pledges.receipt_recorded", "pledges.allocation_approved", "pledges.disbursed"),
        *("assistance.activity_delivered", "assistance.delivery_confirmed", "assistance.completed"),
    ]
    due = {
        "drafter": [*state_hears, "assistance.answered", "assistance.accepted", *money, *afterwards],
        "authority": [
            *("assistance.authorisation_asked", "assistance.taken_up", "assistance.clarification_asked"),
            *("assistance.accepted", *money, *afterwards),
        ],
        "officer": [
            *("assistance.submitted", "assistance.answered", "assistance.accepted", *money),
            *("assistance.delivery_confirmed", "assistance.completed"),
        ],
        "manager": [
            *("pledges.offered", "pledges.signed", "pledges.receipt_recorded", "assistance.delivery_confirmed"),
        ],
        "donor": ["pledges.signed", *donor_hears],
        "signatory": ["pledges.offered", *donor_hears],
        "finance": ["pledges.accepted", "pledges.allocation_planned"],
        "second_finance": ["pledges.accepted", "pledges.allocation_planned"],
        "official": ["assistance.accepted", "pledges.accepted"],
    }
    people.assert_told(everybody, due)
    people.assert_mail_is_due_and_in_their_language(everybody, smtp)
    assert_the_ledger_balances(app)
