"""What was amended, as its State, its annex, its donors and its mails show it."""

import re
import uuid
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from tests.factories import assistance as make
from tests.factories import pledges as money
from tests.services.statements import statements
from tracker.accounts.models import Organisation, Person
from tracker.assistance import terms
from tracker.assistance.decision import services
from tracker.assistance.lifecycle import Outcome
from tracker.database.transactions import transaction, update_where
from tracker.events import Event
from tracker.extensions import db
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery


def amend(case, **facts) -> None:
    values = {
        "reasons": "A second course was asked for.",
        "amount_minor": 12_000_000,
        "amount_reason": "Prices rose.",
        **facts,
    }
    made = services.prepare_amendment(
        case.public_id, actor=case.officer, version=case.version, amendment=services.Amendment(**values)
    )
    decision = uuid.UUID(made)
    services.amend(case.public_id, actor=case.manager, version=case.version, decision=decision)


@pytest.fixture
def case(app):
    return make.decided(None, Outcome.ACCEPTED, amount_minor=9_650_000, scope="One course")


def plain(answer) -> str:
    """The words of a page, in order."""
    text = re.sub(r"<[^>]+>", " ", answer.text).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text)


class TestTheStatesPage:
    def test_shows_the_terms_in_force_and_the_earlier_ones_with_their_days(self, case, client_of):
        amend(case, scope="Two courses", conditions="In Nairobi.")
        text = plain(client_of(case.people.drafter).get(case.url))
        decision = text[text.index("The decision") :]
        assert "Its terms were amended on" in text
        assert decision.index("Amended on") < decision.index("USD 120,000") < decision.index("before: USD 96,500")
        assert decision.index("Two courses") < decision.index("Terms before, as accepted on")
        assert decision.index("Terms before") < decision.index("It fits the mandate.")
        assert "A second course was asked for." in decision

    def test_tells_nothing_of_an_amendment_that_is_only_prepared(self, case, client_of):
        amendment = services.Amendment(reasons="QUIET REASONS", amount_minor=12_000_000, amount_reason="Prices rose.")
        services.prepare_amendment(case.public_id, actor=case.officer, version=case.version, amendment=amendment)
        text = client_of(case.people.drafter).get(case.url).text
        assert "QUIET REASONS" not in text
        assert "Amend" not in text

    def test_costs_the_same_with_many_amendments(self, case, client_of):
        client = client_of(case.people.drafter)
        client.get(case.url)
        for number in range(6):
            amend(case, amount_minor=12_000_000 + number)
        with statements() as seen:
            assert client.get(case.url).status_code == 200
        assert len(seen) <= 8, seen

    def test_the_history_says_when(self, case, client_of):
        amend(case)
        history = plain(client_of(case.people.drafter).get(case.url)).partition("Who is waiting for whom")[2]
        assert history.index("Amended") < history.index("Accepted")

    def test_words_that_stay_keep_their_language(self, case, client_of):
        with transaction():
            update_where(Person, Person.id == case.people.officer.person_id, language="fr")
        amend(case, scope="One course", conditions="À Nairobi.", reasons="Un deuxième cours est demandé.")
        text = client_of(case.people.drafter).get(case.url).text
        assert re.search(r'lang="fr"[^>]*>À Nairobi\.', text)
        assert not re.search(r'lang="fr"[^>]*>One course', text)

    def test_the_annex_prints_all_of_it(self, case, client_of):
        amend(case, conditions="In Nairobi.")
        text = plain(client_of(case.people.drafter).get(f"{case.url}/annex"))
        printed = text[text.index("Decision of UNODC") :]
        assert printed.index("USD 120,000") < printed.index("Terms before, as accepted on")


class TestWhoIsTold:
    def told(self, case) -> set[str]:
        notifications.dispatch()
        event = sa.select(Event.id).where(Event.name == "assistance.amended", Event.subject_id == case.now.id)
        found = set(db.session.scalars(sa.select(Delivery.recipient_key).where(Delivery.event_id.in_(event))))
        db.session.rollback()
        return found

    def keys(self, *people) -> set[str]:
        return {f"person:{person.person_id}" for person in people}

    def test_the_state_its_official_address_and_the_officer(self, case):
        with transaction():
            update_where(Organisation, Organisation.id == case.now.organisation_id, official_email="m@ken.example")
        amend(case)
        people = case.people
        official = {f"address:{case.now.organisation_id}"}
        assert self.told(case) == self.keys(people.drafter, people.authority, people.officer) | official

    def test_the_donors_whose_money_is_allocated_and_no_other(self, case, client_of):
        norway, sweden = money.people("NORAD"), money.people("SIDA")
        need = money.FundableRequest(case.now.id, case.public_id, case.now.reference)
        money.allocated(norway, money.funded(norway), need, 30_00)
        money.funded(sweden)
        amend(case, reasons="SECRET REASONS")
        told = self.told(case)
        assert self.keys(norway.officer, norway.signatory) <= told
        assert told.isdisjoint(self.keys(sweden.officer, sweden.signatory))
        text = plain(client_of(norway.officer).get("/notifications"))
        assert "a request that your pledge pays was amended" in text
        assert case.now.reference not in text
        assert "SECRET REASONS" not in text


class TestTheDifference:
    def test_marks_the_words_that_differ(self):
        before, after = terms.difference("One course in Nairobi.", "One long course in Mombasa.")
        assert [text.strip() for differs, text in before if differs] == ["Nairobi."]
        assert [text.strip() for differs, text in after if differs] == ["long", "Mombasa."]

    def test_marks_single_characters_where_words_have_no_spaces(self):
        before, after = terms.difference("\u7533\u8bf7\u57f9\u8bad", "\u7533\u8bf7\u8bbe\u5907")
        assert before == [(False, "\u7533\u8bf7"), (True, "\u57f9\u8bad")]
        assert after[0] == (False, "\u7533\u8bf7")

    def test_gives_each_text_back_whole(self):
        for before, after in (("", "a b"), ("a\nb  c", ""), ("x y z", "z y x")):
            sides = terms.difference(before, after)
            assert tuple("".join(text for _, text in side) for side in sides) == (before, after)

    def test_names_what_differs_only(self):
        words = {"scope": "A", "conditions": "B", "human_rights": "C"}
        row = {"amount_minor": 5, **words, **{f"{name}_language": "en" for name in words}}
        before, after = SimpleNamespace(**row), SimpleNamespace(**{**row, "conditions": "C"})
        assert [change.name for change in terms.changes(before, after)] == ["conditions"]
