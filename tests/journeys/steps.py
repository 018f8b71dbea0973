"""The steps of the main job, each as the person at the browser takes it."""

from datetime import timedelta

from tests.files.samples import PDF
from tests.journeys.browsing import Seat
from tracker.calendar.now import today

NOTE = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": PDF}
A_DAY = timedelta(days=1)
CONSENTS = ["title:donors", "summary:donors", "amounts:donors"]


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


def nominate(drafter: Seat, session_id: int, *names: tuple[str, str], airport: str = "ABJ", alternates: int = 0) -> str:
    """The drafter asks in French for support for delegates to a session in 90 days, the last of them as alternates, and
    asks for authorisation; gives the request's id."""
    drafter.go("/requests/new").write(kind="participation", language="fr").send()
    request = drafter.id_in("/requests/([0-9a-f-]{36})")
    drafter.go(f"/requests/{request}/steps/session").write(session=session_id).send()
    days = {"arrives_on": today() + 89 * A_DAY, "leaves_on": today() + 95 * A_DAY}
    drafter.go(f"/requests/{request}/delegates")
    for place, (given, family) in enumerate(names):
        if place:
            drafter.press(drafter.page.locator("[name=rows][value='add:people']"))
        said = {"given_name": given, "family_name": family, "function": "Magistrat", "office": "Ministère"}
        said |= {"email": f"{given.lower()}@state.example", "gender": "woman", "departure_airport": airport, **days}
        said |= {"payer_fare": "fund", "payer_allowance": "fund", "payer_terminals": "fund", "payer_visa": "nobody"}
        said |= {"alternate": "y"} if place >= len(names) - alternates else {}
        drafter.write(**{f"people__{place}__{name}": value for name, value in said.items()})
    drafter.send()
    drafter.go(f"/requests/{request}/steps/consent").write(marking="unclassified").send()
    drafter.go(f"/requests/{request}/review").send()
    return request


def file_paper(officer: Seat) -> str:
    """The officer files what came on paper; gives the request's id."""
    officer.go("/triage/paper").write(state="CIV", kind="technical", language="fr", title="Formation", areas="TA.INV")
    officer.write(problem="Vingt agents.", issuer="Mission permanente", reference="CIV/18", dated=today(), file=NOTE)
    officer.send()
    return officer.id_in("/triage/requests/([0-9a-f-]{36})")


def authorise(authority: Seat, request: str) -> None:
    authority.go(f"/requests/{request}/authorise")
    authority.write(issuer="Mission permanente", note_reference="CIV/17", dated=today(), file=NOTE)
    authority.write(donors=CONSENTS).send()


def take_up(officer: Seat, request: str) -> None:
    officer.go(f"/triage/requests/{request}/take-up").send()


def ask_and_answer(officer: Seat, authority: Seat, request: str) -> None:
    officer.go(f"/triage/requests/{request}/ask")
    officer.write(questions__0__field="problem", questions__0__text="How many cases?").send()
    authority.go(f"/requests/{request}")
    authority.write(**{authority.field("answer_"): "Cent quarante l’an dernier."}).send(form_of="answer_")


def accept(officer: Seat, manager: Seat, request: str, *, amount: str) -> None:
    officer.go(f"/triage/requests/{request}/decision/accepted")
    said = {"human_rights": "The course covers privacy.", "amount_reason": "As agreed with the ministry."}
    officer.write(amount=amount, reasons="It fits the mandate.", **said).send()
    manager.go(f"/triage/requests/{request}/sign").send()


def find_eligible(officer: Seat, manager: Seat, request: str) -> None:
    """A request for participation is accepted: that names no amount."""
    officer.go(f"/triage/requests/{request}/decision/accepted")
    officer.write(reasons="On the list of least developed countries.", human_rights="Nothing to consider.").send()
    manager.go(f"/triage/requests/{request}/sign").send()


def pledge(donor: Seat, signatory: Seat, manager: Seat, finance: Seat, *, amount: str = "20000") -> str:
    """A pledge of so many dollars is offered, signed, accepted and received; gives its id."""
    donor.go("/pledges/new").write(title="Evidence", amount=amount, currency="USD").send()
    return promise(donor, signatory, manager, finance, amount=amount)


def promise(donor: Seat, signatory: Seat, manager: Seat, finance: Seat, *, amount: str) -> str:
    """A pledge whose first page was sent is offered in one instalment, signed, accepted and received; gives its id."""
    donor.send()
    donor.write(instalments__0__amount=amount, instalments__0__due_on=today() + 30 * A_DAY).send()
    donor.send().send()
    promised = donor.id_in("/pledges/([0-9a-f-]{36})")
    signatory.go(f"/pledges/{promised}/sign").send()
    manager.go(f"/pledges/{promised}/accept")
    manager.write(agreement_reference="AGR-1", agreement_date=today(), ends_on=today() + 700 * A_DAY, file=NOTE).send()
    finance.go(f"/pledges/{promised}/receipt")
    finance.write(amount=amount, value_date=today(), external_reference="BANK-1").send()
    return promised


def pay(manager: Seat, second: Seat, finance: Seat, request: str, *, amount: str) -> None:
    """The manager plans, one finance officer approves, another pays."""
    manager.go(f"/finance/requests/{request}/plan").write(amount=amount).send(form_of="amount")
    allocation = second.go("/finance").links("/finance/allocations/")[0].split("/")[3]
    second.go(f"/finance/allocations/{allocation}/approve").send()
    finance.go(f"/finance/allocations/{allocation}/pay")
    finance.write(amount=amount, value_date=today(), external_reference="FIN-1", payee_kind="supplier").send()


def deliver_and_confirm(officer: Seat, drafter: Seat, manager: Seat, request: str) -> None:
    officer.go(f"/triage/requests/{request}").write(title="Course", place="Abidjan").send(form_of="planned_on")
    activity = officer.go(f"/triage/requests/{request}").links("/activities/")[0]
    officer.go(activity).write(
        delivered_on=today(), place="Abidjan", women="31", men="29", result="It took place."
    ).send()
    confirmation = drafter.go(f"/requests/{request}").links("/activities/")[0]
    drafter.go(confirmation).write(rating="5", comment="Très utile.").send()
    manager.go(f"/triage/requests/{request}/complete").send()
