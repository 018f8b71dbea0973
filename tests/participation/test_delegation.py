"""Nominating delegates: by form, in order, with seats and eligibility."""

import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import assistance
from tests.factories.accounts import state as make_state
from tests.factories.assistance import People
from tests.factories.participation import person
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.assistance.authorisation.services import ask_authorisation, submit
from tracker.assistance.clarification.services import answer, ask_clarification
from tracker.assistance.handling.services import take_up
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.assistance.models import AssistanceRequest, Question
from tracker.assistance.queries import get_visible
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.participation import queries, services
from tracker.participation.lifecycle import eligibility
from tracker.participation.models import Delegate
from tracker.reference import nominations
from tracker.reference.country_lists import lists_of
from tracker.reference.models import Session

WHOLE = person(nationality_iso3="KEN", departure_airport="Nairobi")


def nominate(case, name="Awa Konan", **changes):
    nomination = person(name, **{"nationality_iso3": "KEN", "departure_airport": "Nairobi", **changes})
    return uuid.UUID(services.nominate(case.public_id, actor=case.drafter, nomination=nomination))


def gaps(case):
    return set(missing(Kind.PARTICIPATION, Action.ASK_AUTHORISATION, get_visible(case.public_id, case.drafter)))


class TestNominating:
    def test_is_closed_once_authorisation_was_asked(self, case):
        nominate(case)
        ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
        with pytest.raises(Forbidden):
            nominate(case, name="Serge Koffi")

    def test_another_state_sees_nothing(self, client, case):
        nominate(case)
        stranger = People("GHA").drafter
        with pytest.raises(NotFound):
            services.save_delegation(case.public_id, actor=stranger.actor, version=None, people=[])
        sign_in(client, stranger)
        assert client.get(f"{case.url}/delegates").status_code == 404

    def test_an_officer_nominates_nobody(self, case):
        with pytest.raises((Forbidden, NotFound)):
            services.nominate(case.public_id, actor=case.officer, nomination=WHOLE)


class TestCompleteness:
    def test_names_everybody_for_whom_something_is_missing(self, case):
        nominate(case, email="")
        nominate(case, name="Serge Koffi", office="")
        found = missing(Kind.PARTICIPATION, Action.ASK_AUTHORISATION, get_visible(case.public_id, case.drafter))
        assert "Awa Konan, Serge Koffi" in str(found["delegates"])

    def test_asks_for_a_session_then_for_people(self, case):
        assert gaps(case) == {"delegates"}
        nominate(case)
        assert gaps(case) == set()

    def test_takes_more_than_seats_as_reserve_but_no_more_alternates(self, case):
        for number in range(3):
            nominate(case, name=f"Delegate {number}")
        assert gaps(case) == set()
        for number in range(2):
            nominate(case, name=f"Alternate {number}", alternate=True)
        assert gaps(case) == {"delegates"}

    def test_takes_late_ones_until_the_seats_are_being_given(self, case, meeting, monkeypatch):
        with transaction() as session:
            session.get_one(Session, meeting).closing_on = today() - timedelta(1)
        nominate(case)
        assert gaps(case) == set()
        monkeypatch.setattr(nominations, "_answers", [lambda session_id: session_id == meeting])
        found = missing(Kind.PARTICIPATION, Action.ASK_AUTHORISATION, get_visible(case.public_id, case.drafter))
        assert str(found["session"]).startswith("The seats of this session are being given")

    def test_names_what_is_missing(self, case):
        nominate(case, email="")
        assert gaps(case) == {"delegates"}

    def test_asks_what_is_needed(self, case):
        nominate(case, payer_fare="state", payer_allowance="host", payer_terminals="state")
        assert gaps(case) == {"needs"}
        nominate(case, "Serge Koffi", payer_visa=None)
        assert gaps(case) == {"needs"}

    def test_is_for_developing_countries(self, meeting):
        made = assistance.draft(People("DEU"), kind="participation")
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.public_id == made.public_id, session_id=meeting)
        nominate(made, nationality_iso3="DEU")
        assert gaps(made) == {"session"}


class TestCopyingTheLastDelegation:
    def test_takes_everybody_once_and_keeps_one_head(self, case, meeting):
        nominate(case, head=True)
        with transaction():
            update_where(
                AssistanceRequest,
                AssistanceRequest.public_id == case.public_id,
                status="withdrawn",
                withdrawal_reason="x",
            )
            update_where(
                AssistanceRequest, AssistanceRequest.public_id == case.public_id, origin="imported", status="submitted"
            )
        again = assistance.draft(case.people, kind="participation")
        nominate(again, name="Serge Koffi", head=True, email="s@example.org")
        assert services.copy_last_delegation(again.public_id, actor=case.drafter) == 1
        with pytest.raises(Conflict):
            services.copy_last_delegation(again.public_id, actor=case.drafter)
        people = queries.delegates_of(again.now.id)
        assert [(one.name, one.head) for one in people] == [("Serge Koffi", True), ("Awa Konan", False)]


def test_a_least_developed_country_counts_as_one_until_it_graduates(app):
    make_state("NPL")
    session = Session(closing_on=date(2027, 1, 1), starts_on=date(2027, 2, 1))
    for day, member in ((date(2026, 11, 23), True), (date(2026, 11, 24), False)):
        found = eligibility(lists_of("NPL", day), session, today=day, days_left=1, takes_late=False)
        assert found.lists["ldc"] is member
        assert found.is_eligible


class TestTheForm:
    def test_has_the_delegates_as_a_step(self, client, case):
        sign_in(client, case.people.drafter)
        nominate(case)
        page = client.get(f"{case.url}/delegates").get_data(as_text=True)
        assert "Awa Konan" in page
        assert f"{case.url}/steps/contribution" in page
        assert "Eligible for official development assistance" in page

    def test_shows_the_delegation_where_the_request_is_shown(self, client, case):
        sign_in(client, case.people.drafter)
        nominate(case)
        for address in (case.url, f"{case.url}/review"):
            page = client.get(address).get_data(as_text=True)
            assert "Awa Konan, Magistrate" in page
            assert "Return ticket" in page

    def test_leads_from_a_gap_to_the_delegates(self, client, case):
        sign_in(client, case.people.drafter)
        page = client.get(f"{case.url}/review").get_data(as_text=True)
        assert "Nominate at least one delegate." in page
        assert f'href="{case.url}/delegates' in page

    def test_a_question_on_the_delegates_reopens_them(self, client, case):
        nominate(case)
        ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
        submit(case.public_id, actor=case.authority, version=case.version, note=assistance.note())
        take_up(case.public_id, actor=case.officer, version=case.version)
        with pytest.raises(Forbidden):
            nominate(case, name="Serge Koffi")
        questions = [("delegates", "Who leads?")]
        ask_clarification(case.public_id, actor=case.officer, version=case.version, questions=questions)
        nominate(case, name="Serge Koffi")
        sign_in(client, case.people.drafter)
        assert f'<a href="{case.url}/delegates">Change this in the request</a>' in client.get(case.url).text
        assert "Serge Koffi" in client.get(f"{case.url}/delegates").get_data(as_text=True)

    def test_an_answer_on_the_delegates_is_sent_with_a_whole_delegation(self, case):
        nominate(case)
        ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
        submit(case.public_id, actor=case.authority, version=case.version, note=assistance.note())
        take_up(case.public_id, actor=case.officer, version=case.version)
        questions = [("delegates", "Who leads?"), ("title", "What is it called?")]
        ask_clarification(case.public_id, actor=case.officer, version=case.version, questions=questions)
        gap = nominate(case, name="Serge Koffi", function="", payer_fare=None)
        replies = dict.fromkeys(question_ids(case), "As written.")
        with pytest.raises(Invalid) as refused:
            answer(case.public_id, actor=case.authority, version=case.version, replies=replies)
        asked, _other = sorted(replies)
        assert list(refused.value.fields) == [f"answer_{asked}"]
        with transaction():
            update_where(Delegate, Delegate.public_id == gap, function="Judge", payer_fare="fund")
        answer(case.public_id, actor=case.authority, version=case.version, replies=replies)
        assert case.now.status == "in_review"


def question_ids(case):
    with transaction() as session:
        return list(session.scalars(sa.select(Question.id).order_by(Question.id)))


class TestOnTheRequestsPage:
    def test_says_once_what_is_asked_for_all_alike(self, client, case):
        nominate(case)
        nominate(case, name="Serge Koffi", departure_airport="KTM")
        sign_in(client, case.people.drafter)
        page = client.get(f"{case.url}/annex").get_data(as_text=True)
        assert page.count("For each of them: Return ticket") == 1
        assert "Serge Koffi: Return" not in page
        assert "; leaves from KTM" in page

    def test_says_for_each_what_only_some_need(self, client, case):
        nominate(case)
        nominate(case, name="Serge Koffi", payer_fare="other", payer_other="Commonwealth", payer_visa="fund")
        sign_in(client, case.people.drafter)
        page = client.get(f"{case.url}/annex").get_data(as_text=True)
        assert "Serge Koffi: Return ticket (paid by: Commonwealth)" in page
        assert "For each of them" not in page

    def test_names_them_to_the_office_in_one_line_of_the_history(self, client, case):
        nominate(case)
        nominate(case, name="Serge Koffi")
        ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
        submit(case.public_id, actor=case.authority, version=case.version, note=assistance.note(), consents=())
        sign_in(client, case.people.officer)
        client.get("/triage/queue")
        with statements() as said:
            page = client.get(f"/triage/requests/{case.public_id}").get_data(as_text=True)
        history = page.partition('id="h-history"')[2]
        assert history.count("Awa Konan and Serge Koffi") == 1
        assert len(said) <= 10, said


def test_the_states_list_says_how_many_are_nominated(client, case):
    sign_in(client, case.people.drafter)
    assert "no delegate yet" in client.get("/requests").text
    nominate(case)
    nominate(case, name="Zuri Otieno")
    client.get("/desk")
    for address in ("/requests", "/desk"):
        with statements() as said:
            assert "2 delegates" in client.get(address).text
        assert len(said) <= 6, said


def test_the_delegates_page_says_at_once_when_there_are_too_many(client, case):
    sign_in(client, case.people.drafter)
    for name in ("Awa Konan", "Zuri Otieno"):
        nominate(case, name=name)
    assert "stand as reserve" not in client.get(f"{case.url}/delegates").text
    nominate(case, name="Juma Mwangi")
    assert "3 are nominated: the last in your order stand as reserve." in client.get(f"{case.url}/delegates").text
