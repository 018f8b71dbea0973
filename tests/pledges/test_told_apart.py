"""Two requests of one State and kind are told apart wherever a donor reads of them; it reads what was agreed."""

from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.pledges.forms import words_of
from tests.pledges.test_corrections import payment
from tracker.assistance.models import Activity, AssistanceRequest, Consent
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.pledges import funding, services


def number_of(request: make.FundableRequest) -> Any:
    number = db.session.scalar(sa.select(AssistanceRequest.public_number).where(AssistanceRequest.id == request.id))
    db.session.rollback()
    return number


def consent(request: make.FundableRequest, *fields: str) -> None:
    with transaction() as session:
        giver = person("authorising_officer").person_id
        session.add_all(
            Consent(request_id=request.id, field=name, audience="donors", given_by_id=giver) for name in fields
        )


@pytest.fixture
def two(people) -> list[make.FundableRequest]:
    """Two accepted requests of one State; of the second the State shows title and summary."""
    plain, shown = make.request_of("KEN"), make.request_of("KEN", title="A laboratory", problem="No tools at all.")
    consent(plain, "amounts")
    consent(shown, "title", "summary")
    return [plain, shown]


@pytest.fixture
def names(two) -> list[str]:
    first, second = (f"no. {str(number_of(request))[:8]}" for request in two)
    return [f"Kenya, Technical assistance, {first}", f"Kenya: A laboratory, {second}"]


def paid(people: make.People, pledge: Any, request: make.FundableRequest) -> None:
    allocation = make.allocated(people, pledge, request, 30_00)
    services.disburse(allocation, actor=people.finance.actor, payment=payment(10_00))
    with transaction() as session:
        facts = {"delivered_on": today(), "women": 5, "men": 6, "recorded_by_id": people.manager.person_id}
        session.add(Activity(request_id=request.id, title="Course", language="en", **facts))


def test_on_the_pledges_page(people, page, two, names):
    pledge = make.funded(people)
    for request in two:
        paid(people, pledge, request)
    shown = words_of(page(people.officer, f"/pledges/{pledge}"))
    became, results = shown.split("What became of it", 1)[1].split("Results", 1)
    for name in names:
        assert f"Paid: {name}" in shown
        assert name in became
        assert name in results
    assert not any(request.reference in shown for request in two)


def test_for_the_office_by_their_references(people, page, two):
    pledge = make.funded(people)
    for request in two:
        paid(people, pledge, request)
    shown = words_of(page(people.finance, f"/pledges/{pledge}"))
    ledger, rest = shown.split("What became of it", 1)
    for request in two:
        assert f"FIN-1 {request.reference}" in ledger
        assert rest.count(request.reference) == 2


def test_among_the_needs_and_in_an_offer(people, page, two, names):
    needs = words_of(page(people.officer, "/donor/needs"))
    offered = page(people.officer, "/pledges/new", {"step": "instalments", "go": "back"}).text
    for name, request in zip(names, two, strict=True):
        number = f"no. {str(number_of(request))[:8]}"
        assert needs.count(number) == 2  # in its line, and in what its button says
        assert f"Number {number}" in words_of(page(people.officer, f"/donor/needs/{number_of(request)}"))
        assert name in unescape(offered)


def test_in_the_terms_of_a_pledge(people, page, two, names):
    rule = make.Rule("requests", tuple(str(number_of(request)) for request in two))
    pledge = make.offered(people, make.terms(earmarks=[rule]))
    shown = words_of(page(people.officer, f"/pledges/{pledge}"))
    assert "; ".join(names) in shown


class TestWhatWasAgreed:
    def test_is_read_by_the_donor_who_pays_also_when_the_request_is_over(self, people, page, two):
        pledge = make.funded(people)
        paid(people, pledge, two[1])
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.id == two[1].id, status="completed")
            funding.shut(two[1].id)
        address = f"/donor/needs/{number_of(two[1])}"
        assert address in page(people.officer, f"/pledges/{pledge}").text
        need = page(people.officer, address)
        assert "No tools at all." in words_of(need)
        assert "Fund this need" not in need.text
        stranger = person("donor_officer", of="SWEDEN", email="other@sweden.example")
        assert page(stranger, address).status_code == 404

    def test_is_no_link_where_nothing_was_agreed(self, people, page):
        request = make.request_of("KEN")
        pledge = make.funded(people)
        paid(people, pledge, request)
        assert f"/donor/needs/{number_of(request)}" not in page(people.officer, f"/pledges/{pledge}").text
        assert page(people.officer, f"/donor/needs/{number_of(request)}").status_code == 404

    def test_never_shows_a_strictly_confidential_request(self, people, page, two):
        pledge = make.funded(people)
        paid(people, pledge, two[1])
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.id == two[1].id, marking="strictly_confidential")
        shown = page(people.officer, f"/pledges/{pledge}").text
        for hidden in ("A laboratory", str(number_of(two[1]))[:8]):
            assert hidden not in shown
        assert page(people.officer, f"/donor/needs/{number_of(two[1])}").status_code == 404
