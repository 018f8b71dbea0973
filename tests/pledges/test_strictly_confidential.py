"""Money of a strictly confidential request: finance knows the reference and the amounts, other staff nothing."""

import pytest

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.pledges.forms import words_of
from tracker.assistance.models import Activity, AssistanceRequest
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.services import Payment

TITLE = "Witnesses under threat"


@pytest.fixture
def officer(people):
    """The one officer who has the request in hand."""
    return person("triage_officer", of="UNODC")


@pytest.fixture
def secret(people, officer):
    """A strictly confidential request of Kenya that a pledge pays: (request, pledge, allocation)."""
    facts = {"marking": "strictly_confidential", "assigned_to_id": officer.person_id}
    drafter = person("focal_point", of="KEN", name="Wanjiru Kamau")
    request = make.request_of("KEN", title=TITLE, drafter_id=drafter.person_id, **facts)
    pledge = make.funded(people)
    allocation = make.allocated(people, pledge, request, 30_00)
    payment = Payment(10_00, today(), "FIN-1", "supplier", "card")
    services.disburse(allocation, actor=people.finance.actor, payment=payment)
    with transaction() as session:
        facts = {"delivered_on": today(), "women": 5, "men": 6, "recorded_by_id": officer.person_id}
        session.add(Activity(request_id=request.id, title="Course", language="en", **facts))
    return request, pledge, allocation


class TestTheAllocation:
    def test_shows_finance_the_reference_and_the_amounts_only(self, page, people, secret):
        request, _pledge, allocation = secret
        shown = page(people.finance, f"/finance/allocations/{allocation}")
        words = words_of(shown)
        assert request.reference in words
        assert "20 USD" in words
        assert "10 USD" in words
        assert "(strictly confidential)" in words
        for hidden in (TITLE, "Kenya", "Technical assistance", str(request.public_id)):
            assert hidden not in shown.text
        pay = page(people.finance, f"/finance/allocations/{allocation}/pay")
        assert "The State concerned" in words_of(pay)
        for hidden in (TITLE, "Kenya", "Wanjiru Kamau"):
            assert hidden not in pay.text

    def test_is_not_there_for_an_officer_who_has_other_requests(self, page, people, secret):
        address = f"/finance/allocations/{secret[2]}"
        assert page(person("triage_officer", of="UNODC"), address).status_code == 404

    def test_opens_whole_for_the_assigned_officer_managers_and_auditors(self, page, people, officer, secret):
        request, _pledge, allocation = secret
        for reader in (officer, people.manager, person("auditor", of="UNODC")):
            shown = page(reader, f"/finance/allocations/{allocation}").text
            assert f"/triage/requests/{request.public_id}" in shown

    def test_of_any_other_request_opens_for_every_officer(self, page, people):
        allocation = make.planned(people, make.funded(people), make.request_of(), 10_00)
        address = f"/finance/allocations/{allocation}"
        assert page(person("triage_officer", of="UNODC"), address).status_code == 200


class TestThePledge:
    def test_counts_the_money_without_a_name(self, page, people, secret):
        request, pledge, allocation = secret
        shown = page(person("triage_officer", of="UNODC"), f"/pledges/{pledge}")
        words = words_of(shown)
        assert "Paid: a strictly confidential request" in words
        assert "Results" not in words
        for hidden in (request.reference, "Kenya", TITLE, str(allocation)):
            assert hidden not in shown.text

    def test_names_only_the_reference_to_finance(self, page, people, secret):
        request, pledge, allocation = secret
        shown = page(people.finance, f"/pledges/{pledge}")
        assert request.reference in shown.text
        assert str(allocation) in shown.text
        assert "Kenya" not in shown.text

    def test_tells_its_donor_the_amount_only(self, page, people, secret):
        request, pledge, _allocation = secret
        shown = page(people.officer, f"/pledges/{pledge}")
        words = words_of(shown)
        assert "Paid: a strictly confidential request" in words
        assert "a strictly confidential request 20 10" in words
        desk, table = page(people.officer, "/donor"), page(people.officer, f"/pledges/{pledge}/ledger.csv")
        assert "Strictly confidential 10" in words_of(desk)
        number = str(db.session.get_one(AssistanceRequest, request.id).public_number)
        for seen in (shown, desk, table):
            for hidden in (request.reference, "Kenya", "Technical assistance", TITLE, number[:8]):
                assert hidden not in seen.text

    def test_that_names_it_in_an_earmark_keeps_the_name_to_those_who_may_know(self, page, people):
        request = make.request_of("KEN", title=TITLE)
        number = db.session.get_one(AssistanceRequest, request.id).public_number
        db.session.rollback()
        pledge = make.offered(people, make.terms(earmarks=[make.Rule("requests", (str(number),))]))
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.id == request.id, marking="strictly_confidential")
        assert request.reference not in page(person("triage_officer", of="UNODC"), f"/pledges/{pledge}").text
        assert request.reference in page(people.manager, f"/pledges/{pledge}").text


def test_the_finance_desk_names_the_reference_only(page, people, secret):
    request, _pledge, _allocation = secret
    shown = page(people.finance, "/finance").text
    assert request.reference in shown
    assert "Kenya" not in shown
    assert "Kenya" in page(people.manager, "/finance").text


class TestTheMoney:
    """Only unearmarked money pays it: an earmark would tell the donor what it was used for."""

    def earmarked(self, people):
        return make.funded(people, make.terms(earmarks=[make.Rule("kinds", ("technical",))]))

    def test_comes_from_no_earmarked_pledge(self, page, people):
        request = make.request_of("KEN", marking="strictly_confidential")
        pledge = self.earmarked(people)
        with pytest.raises(Conflict, match="takes unearmarked money only"):
            make.planned(people, pledge, request, 10_00)
        plan = words_of(page(people.manager, f"/finance/requests/{request.public_id}/plan"))
        assert "A strictly confidential request takes unearmarked money only." in plan

    def test_is_not_approved_once_the_request_is_marked(self, people):
        request = make.request_of("KEN")
        allocation = make.planned(people, self.earmarked(people), request, 10_00)
        mark_strictly(request)
        with pytest.raises(Conflict, match="takes unearmarked money only"):
            services.approve_allocation(allocation, actor=people.finance.actor, version=None)

    def test_that_stands_already_is_listed_and_can_still_be_paid(self, page, people):
        request = make.request_of("KEN")
        allocation = make.allocated(people, self.earmarked(people), request, 30_00)
        assert "Earmarked money for strictly" not in page(people.finance, "/finance").text
        mark_strictly(request)
        shown = words_of(page(people.finance, "/finance"))
        assert (
            f"Earmarked money for strictly confidential requests Request Pledge Status Amount, USD {request.reference}"
            in shown
        )
        payment = Payment(10_00, today(), "FIN-2", "supplier", "card")
        services.disburse(allocation, actor=people.finance.actor, payment=payment)


def mark_strictly(request):
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.id == request.id, marking="strictly_confidential")
