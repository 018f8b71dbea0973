"""The desks of finance and of donors: what waits, and which needs a donor is shown."""

import re
from html import unescape

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.pledges.forms import words_of
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.database.transactions import transaction
from tracker.desks.views import donor
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.pledges import queries, services
from tracker.pledges.models import Pledge
from tracker.pledges.views import offering


class TestFinanceDesk:
    def test_shows_what_waits(self, page, people):
        pledge, request = make.funded(people), make.request_of()
        make.planned(people, pledge, request, 20_00)
        make.allocated(people, pledge, request, 30_00)
        make.accepted(people, make.terms(70_00, title="Not paid yet"))
        shown = words_of(page(people.finance, "/finance"))
        assert shown.count(request.reference) == 2
        assert "late" not in shown.replace("related", "").replace("Latest", "")

    def test_counts_whole_lists_also_where_it_shows_a_part(self, people):
        pledge, request = make.funded(people), make.request_of()
        for amount in (1_00, 2_00, 3_00):
            make.allocated(people, pledge, request, amount)
            make.planned(people, pledge, request, 10 * amount)
        planned, held = queries.waiting(people.finance.actor, limit=2)
        assert [row.allocation.amount_minor for row in planned] == [10_00, 20_00]
        assert (planned[0].total_minor, planned[0].of_all) == (60_00, 3)
        assert [(row.held_minor, row.total_minor, row.of_all) for row in held] == [(1_00, 6_00, 3), (2_00, 6_00, 3)]

    def test_names_a_state_that_gives_in_the_readers_language(self, page, people):
        make.accepted(make.people("NOR"), make.terms(70_00, parts=(70_00,)))
        reader = person("finance_officer", of="UNODC", language="fr")
        request = make.request_of()
        for address in ("/pledges", f"/finance/requests/{request.public_id}/plan"):
            shown = page(reader, address).text
            assert "Norvège" in shown
            assert "Norway" not in shown

    def test_plan_page_says_why_a_pledge_cannot_pay(self, page, people):
        rule = make.Rule("kinds", ("participation",))
        make.funded(people, make.terms(100_00, earmarks=[rule], title="Only trips"))
        shown = words_of(page(people.manager, f"/finance/requests/{make.request_of().public_id}/plan"))
        assert "It is for another kind of request." in shown

    def test_whoever_recused_from_a_request_plans_no_money_for_it(self, page, people):
        pledge, request = make.funded(people), make.request_of()
        with transaction() as session:
            reason = "My sister works there."
            session.add(Recusal(request_id=request.id, person_id=people.manager.person_id, reason=reason))
        shown = page(people.manager, f"/finance/requests/{request.public_id}/plan")
        assert shown.status_code == 404
        with pytest.raises(NotFound):
            make.planned(people, pledge, request, 20_00)
        assert page(people.manager, f"/triage/requests/{request.public_id}").status_code == 404
        assert page(people.finance, f"/finance/requests/{request.public_id}/plan").status_code == 200


class TestDonorsDesk:
    def consent(self, request, *fields):
        from tracker.assistance.models import Consent

        with transaction() as session:
            giver = person("authorising_officer").person_id
            session.add_all(
                Consent(request_id=request.id, field=name, audience="donors", given_by_id=giver) for name in fields
            )

    def test_shows_only_what_the_state_agreed_to(self, page, people):
        silent = make.request_of(title="Not for donors")
        shown = make.request_of("RWA", title="Virtual assets")
        self.consent(shown, "title")
        desk = words_of(page(people.officer, "/donor"))
        assert "Virtual assets" in desk
        assert "Not for donors" not in desk
        assert shown.reference not in desk
        assert silent.reference not in desk
        assert "1,000" not in desk

    def test_adds_up_whatever_became_of_the_pledges(self, page, people):
        """product.md's example, then withdrawn; and a pledge in another currency."""
        pledge, request = (
            make.funded(people, make.terms(100_00, parts=(60_00, 40_00)), received=60_00),
            make.request_of(),
        )
        allocation = make.allocated(people, pledge, request, 53_00)
        for act, amount in ((services.disburse, 50_00), (services.recover, 10_00)):
            payment = services.Payment(amount, make.today(), "FIN-1", "supplier", "card")
            act(allocation, actor=people.finance.actor, payment=payment)
        make.accepted(people, make.terms(80_00, "EUR"))
        make.offered(people, make.terms(7_777_00))
        shown = words_of(page(people.officer, "/donor"))
        assert "pledged 80 EUR 100 USD received, of it 6.90 support cost 60 USD" in shown
        assert "allocated, 0.10 still free 53 USD paid out, 13 still held 40 USD" in shown
        services.withdraw(pledge, actor=people.signatory.actor, version=3, reason="Budget cut")
        services.release_allocation(allocation, actor=people.finance.actor, version=2, reason="Done")
        make.refund(people, pledge, 13_10, "FIN-2")
        shown = words_of(page(people.officer, "/donor"))
        assert "80 EUR 45.20 USD received, of it 5.20 support cost 45.20 USD" in shown
        assert "allocated, 0 still free 40 USD paid out, 0 still held 40 USD" in shown

    def test_shows_no_zeros_to_a_donor_who_pledged_nothing_yet(self, page, people):
        shown = words_of(page(people.officer, "/donor"))
        assert "No pledge yet" in shown
        assert "received" not in shown

    def test_puts_matching_needs_first(self, page, people):
        for code in ("RWA", "PER", "MWI"):
            self.consent(make.request_of(code, title=f"Need of {code}"), "title")
        page(people.officer, "/pledges/interests", {"regions": "GRULAC"})
        shown = words_of(page(people.officer, "/donor/needs"))
        assert shown.index("Need of PER") < shown.index("Need of MWI")
        assert "Matches your interests: Latin American and Caribbean States." in shown

    def test_lists_needs_a_page_at_a_time(self, page, people, monkeypatch):
        monkeypatch.setattr(donor, "_ON_PAGE", 2)
        for number in range(5):
            self.consent(make.request_of("RWA" if number % 2 else "PER", title=f"Need {number}"), "title")
        address, seen = "/donor/needs", []
        while address:
            text = page(people.officer, address).text
            seen += [int(number) for number in re.findall(r">Need (\d)<", text)]
            ahead = re.search(r'<a href="([^"]+)" rel="next">', text)
            address = ahead and unescape(ahead[1])
        assert sorted(seen) == list(range(5))
        back = unescape(re.search(r'<a href="([^"]+)" rel="prev">', text)[1])
        assert re.findall(r">Need (\d)<", page(people.officer, back).text) == [str(number) for number in seen[2:4]]
        only = page(people.officer, "/donor/needs?region=GRULAC").text
        assert re.findall(r">Need (\d)<", only) == ["4", "2"]
        assert "region=GRULAC&amp;after=" in only
        assert len(re.findall(r">Need (\d)<", page(people.officer, "/donor/needs?region=OCE&kind=x").text)) == 2

    def test_says_that_a_list_of_needs_is_cut(self, page, people, monkeypatch):
        for number in range(2):
            self.consent(make.request_of("RWA", title=f"Need {number}"), "title")
        assert "accepted last" not in words_of(page(people.officer, "/donor/needs"))
        for module in (queries, queries.needs):
            monkeypatch.setattr(module, "MOST_NEEDS", 1)
        shown = words_of(page(people.officer, "/donor/needs"))
        assert "Only the 1 need accepted last is compared" in shown
        assert [f"Need {number}" in shown for number in range(2)] == [False, True]

    def test_a_need_that_was_named_is_offered_below_those_that_fit_best(self, page, people, monkeypatch):
        monkeypatch.setattr(offering, "_MOST_OFFERED", 1)
        numbers = []
        for number in range(3):
            request = make.request_of("RWA", title=f"Need {number}")
            self.consent(request, "title")
            numbers.append(str(db.session.get_one(AssistanceRequest, request.id).public_number))
        named, left_out, best = numbers
        assert f'value="{named}"' in page(people.officer, f"/pledges/new?need={named}").text
        back = {"step": "instalments", "go": "back", "requests": named}
        offered = page(people.officer, "/pledges/new", back).text
        assert [f'value="{number}"' in offered for number in (named, left_out, best)] == [True, False, True]

    def test_a_need_opens_and_can_be_named_in_an_offer(self, page, people):
        request = make.request_of("RWA", title="Virtual assets")
        self.consent(request, "title", "amounts")
        number = db.session.get_one(AssistanceRequest, request.id).public_number
        assert "Virtual assets" in page(people.officer, f"/donor/needs/{number}").text
        offer = page(people.officer, f"/pledges/new?need={number}")
        assert f'name="requests" value="{number}"' in offer.text

    def test_a_need_without_consent_is_not_there(self, page, people):
        number = db.session.get_one(AssistanceRequest, make.request_of().id).public_number
        assert page(people.officer, f"/donor/needs/{number}").status_code == 404


def test_a_pledge_taken_over_from_another_list_stands_apart(page, people):
    pledge = make.offered(people, make.terms(7_777_00))
    with transaction() as session:
        facts = {"origin": "imported", "source": "FTS", "source_id": "4711"}
        session.execute(sa.update(Pledge).where(Pledge.public_id == pledge).values(**facts))
    desk = words_of(page(people.signatory, "/donor"))
    assert "1 more pledge of yours was taken over from another list." in desk
    assert "Nothing waits for you." in desk
    assert "7,777" not in words_of(page(people.officer, "/pledges"))
    assert "FTS 4711" in words_of(page(people.officer, "/pledges?status=taken-over"))
    shown = words_of(page(people.officer, f"/pledges/{pledge}"))
    assert "This is a record of FTS, number 4711" in shown
    assert "free to allocate today" not in shown
    refused = page(people.signatory, f"/pledges/{pledge}/sign")
    assert refused.status_code == 403
    assert "it is changed there" in refused.text
