"""Nominating delegates: by form, in order, with seats and eligibility."""

import uuid
from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import assistance
from tests.factories.accounts import state as make_state
from tests.factories.assistance import People
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.assistance.authorisation.services import ask_authorisation, submit
from tracker.assistance.clarification.services import ask_clarification
from tracker.assistance.handling.services import take_up
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import get_visible
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, NotFound, Stale
from tracker.extensions import db
from tracker.participation import queries, services
from tracker.participation.lifecycle import NEED_LABELS, eligibility
from tracker.participation.models import Delegate
from tracker.participation.services import Nomination
from tracker.reference.country_lists import lists_of
from tracker.reference.models import Session

WHOLE = Nomination(
    name="Awa Konan",
    function="Magistrate",
    office="Ministry of Justice",
    email="awa@example.org",
    nationality_iso3="KEN",
    departure_airport="Nairobi",
)


def nominate(case, **changes):
    address = "-".join(changes.get("name", WHOLE.name).lower().split()) + "@example.org"
    said = {n: getattr(WHOLE, n) for n in Nomination.__dataclass_fields__}
    nomination = Nomination(**{**said, "email": address, **changes})
    return uuid.UUID(services.nominate(case.public_id, actor=case.drafter, nomination=nomination))


def gaps(case):
    return set(missing(Kind.PARTICIPATION, Action.ASK_AUTHORISATION, get_visible(case.public_id, case.drafter)))


class TestNominating:
    def test_by_form_without_a_name_keeps_what_was_typed(self, client, case):
        sign_in(client, case.people.drafter)
        answer = client.post(
            f"{case.url}/delegates/new", data={"function": "Judge", "language": "en", "gender": "woman"}
        )
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert "Enter the name." in page
        assert 'value="Judge"' in page

    def test_a_name_stays_text_in_every_sentence(self, client, case):
        sign_in(client, case.people.drafter)
        data = {"name": "<b>Amina</b>", "language": "en", "gender": "woman"}
        assert client.post(f"{case.url}/delegates/new", data=data).status_code == 302
        for page in ("delegates", "review"):
            shown = client.get(f"{case.url}/{page}").text
            assert "&lt;b&gt;Amina&lt;/b&gt;" in shown
            assert "<b>Amina" not in shown

    def test_never_asks_for_a_passport(self, client, case):
        sign_in(client, case.people.drafter)
        page = client.get(f"{case.url}/delegates/new").get_data(as_text=True).lower()
        assert "passport" not in page

    def test_keeps_the_order_of_priority(self, case):
        nominate(case)
        second = nominate(case, name="Serge Koffi")
        services.move_up(second, actor=case.drafter, version=None)
        assert [d.name for d in queries.delegates_of(case.now.id)] == ["Serge Koffi", "Awa Konan"]
        with pytest.raises(Conflict):
            services.move_up(second, actor=case.drafter, version=None)

    def test_has_one_head(self, case):
        nominate(case, head=True)
        nominate(case, name="Serge Koffi", head=True)
        assert [d.head for d in queries.delegates_of(case.now.id)] == [False, True]

    def test_two_people_at_once_do_not_overwrite_each_other(self, case):
        delegate = nominate(case)
        services.change(delegate, actor=case.drafter, version=1, nomination=WHOLE)
        with pytest.raises(Stale):
            services.change(delegate, actor=case.authority, version=1, nomination=WHOLE)

    def test_pressing_twice_nominates_once(self, client, case):
        sign_in(client, case.people.drafter)
        data = {"key": "6f1a3a2e-8a55-4a38-9a5e-2f6f8e0d9f10", "name": "Awa", "language": "en", "gender": "woman"}
        for _press in range(2):
            assert client.post(f"{case.url}/delegates/new", data=data).status_code == 302
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Delegate)) == 1

    def test_is_closed_once_authorisation_was_asked(self, case):
        nominate(case)
        ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
        with pytest.raises(Forbidden):
            nominate(case, name="Serge Koffi")

    def test_another_state_sees_nothing(self, client, case):
        delegate = nominate(case)
        stranger = People("GHA").drafter
        with pytest.raises(NotFound):
            services.remove(delegate, actor=stranger.actor, version=None)
        sign_in(client, stranger)
        assert client.get(f"{case.url}/delegates").status_code == 404
        assert client.get(f"/delegates/{delegate}").status_code == 404

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

    def test_holds_to_the_seats(self, case):
        for number in range(3):
            nominate(case, name=f"Delegate {number}")
        assert gaps(case) == {"delegates"}

    def test_names_what_is_missing(self, case):
        nominate(case, email="")
        assert gaps(case) == {"delegates"}

    def test_asks_what_is_needed(self, case):
        nominate(case, needs_fare=False, needs_dsa=False, needs_terminals=False)
        assert gaps(case) == {"needs"}

    def test_is_for_developing_countries(self, meeting):
        made = assistance.draft(People("DEU"), kind="participation")
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.public_id == made.public_id, session_id=meeting)
        nominate(made, nationality_iso3="DEU")
        assert gaps(made) == {"session"}


class TestCopyingTheLastDelegation:
    def test_takes_everybody_once(self, case, meeting):
        nominate(case)
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
        assert services.copy_last_delegation(again.public_id, actor=case.drafter) == 1
        with pytest.raises(Conflict):
            services.copy_last_delegation(again.public_id, actor=case.drafter)


def test_a_least_developed_country_counts_as_one_until_it_graduates(app):
    make_state("NPL")
    session = Session(closing_on=date(2027, 1, 1), starts_on=date(2027, 2, 1))
    for day, member in ((date(2026, 11, 23), True), (date(2026, 11, 24), False)):
        found = eligibility(lists_of("NPL", day), session, today=day, days_left=1)
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
            assert "Return ticket in economy class" in page

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
        nominate(case, name="Serge Koffi", **{f"needs_{need}": need == "visa" for need in NEED_LABELS})
        sign_in(client, case.people.drafter)
        page = client.get(f"{case.url}/annex").get_data(as_text=True)
        assert "Serge Koffi: Visa fee" in page
        assert "For each of them" not in page

    def test_names_them_to_the_office_in_one_line_of_the_history(self, client, case):
        nominate(case)
        nominate(case, name="Serge Koffi")
        ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
        submit(case.public_id, actor=case.authority, version=case.version, note=assistance.note(), consents=())
        sign_in(client, case.people.officer)
        client.get("/triage/queue")
        with statements() as seen:
            page = client.get(f"/triage/requests/{case.public_id}").get_data(as_text=True)
        history = page.partition('id="h-history"')[2]
        assert history.count("Awa Konan and Serge Koffi") == 1
        assert len(seen) <= 8, seen


def test_the_states_list_says_how_many_are_nominated(client, case):
    sign_in(client, case.people.drafter)
    assert "no delegate yet" in client.get("/requests").text
    nominate(case)
    nominate(case, name="Zuri Otieno")
    client.get("/desk")
    for address in ("/requests", "/desk"):
        with statements() as seen:
            assert "2 delegates" in client.get(address).text
        assert len(seen) <= 6, seen


def test_the_delegates_page_says_at_once_when_there_are_too_many(client, case):
    sign_in(client, case.people.drafter)
    for name in ("Awa Konan", "Zuri Otieno"):
        nominate(case, name=name)
    assert "can be funded for each State" not in client.get(f"{case.url}/delegates").text
    nominate(case, name="Juma Mwangi")
    assert "2 delegates can be funded for each State; 3 are nominated." in client.get(f"{case.url}/delegates").text
