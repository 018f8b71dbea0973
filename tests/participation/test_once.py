"""One live request of a State for each session, and each person once in a delegation."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from tests.factories import assistance
from tests.factories.assistance import People
from tests.participation.test_delegation import nominate
from tests.services.databases import close
from tests.services.people import sign_in
from tracker.assistance import lifecycle
from tracker.assistance.authorisation.services import ask_authorisation, return_to_draft, submit, withdraw
from tracker.assistance.authorisation.services.filing import file_paper_request
from tracker.assistance.clarification.services import answer, ask_clarification
from tracker.assistance.decision.services import Proposal, prepare_decision, reopen, sign_decision
from tracker.assistance.handling.services import take_up
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.models import request as request_model
from tracker.assistance.queries import get_visible, open_clarification
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.reference.models import Session
from tracker.settings.configuration import ROOT

REFUSED = "The State has a request for this session already"


def ready(meeting, people=None, *, name="Awa Konan"):
    """A draft for the session with one delegate, complete."""
    made = assistance.draft(people or People("KEN"), kind="participation")
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.public_id == made.public_id, session_id=meeting)
    nominate(made, name=name)
    return made


def asked(meeting, people, **who):
    made = ready(meeting, people, **who)
    ask_authorisation(made.public_id, actor=made.drafter, version=made.version)
    return made


def arrived(meeting, people):
    made = asked(meeting, people)
    submit(made.public_id, actor=made.authority, version=made.version, note=assistance.note())
    take_up(made.public_id, actor=made.officer, version=made.version)
    return made


def another_session():
    """A session that overlaps with the one of the other tests."""
    with transaction() as session:
        row = session.scalars(sa.select(Session).where(Session.code == "AHC-P2")).one()
        row.starts_on, row.ends_on = today() + timedelta(92), today() + timedelta(97)
        row.closing_on = today() + timedelta(30)
        return row.id


def try_second(made):
    with pytest.raises(Invalid) as refused:
        ask_authorisation(made.public_id, actor=made.drafter, version=made.version)
    return str(refused.value.fields["session"])


class TestOneRequestForASession:
    def test_a_second_stops_before_authorisation_is_asked(self, meeting):
        people = People("KEN")
        first, second = asked(meeting, people), ready(meeting, people)
        assert REFUSED in try_second(second)
        assert second.now.status == "draft"
        return_to_draft(first.public_id, actor=first.authority, version=first.version, reason="Add a name")
        ask_authorisation(second.public_id, actor=second.drafter, version=second.version)
        assert REFUSED in try_second(first)

    def test_another_state_and_another_session_are_free(self, meeting):
        people = People("KEN")
        asked(meeting, people)
        asked(meeting, People("GHA"))
        with transaction() as session:
            other = session.scalars(
                sa.select(Session.id).where(Session.id != meeting, Session.code != "").limit(1)
            ).one()
            same_days = session.get_one(Session, meeting)
            update_where(
                Session,
                Session.id == other,
                starts_on=same_days.starts_on,
                ends_on=same_days.ends_on,
                closing_on=same_days.closing_on,
            )
        asked(other, people, name="Serge Koffi")

    def test_a_withdrawn_one_stands_in_nobodys_way(self, meeting):
        people = People("KEN")
        first = asked(meeting, people)
        withdraw(first.public_id, actor=first.authority, version=first.version, reason="Somebody else pays")
        asked(meeting, people)

    def test_the_page_leads_to_the_other_where_it_is_seen(self, client, meeting):
        people = People("KEN")
        first, second = asked(meeting, people), ready(meeting, people)
        sign_in(client, people.drafter)
        page = client.get(f"{second.url}/review").text
        assert REFUSED in page
        assert f'<a href="{first.url}">{first.now.reference}</a>' in page

    def test_one_on_paper_is_the_second_too(self, meeting):
        first = asked(meeting, People("KEN"))
        with pytest.raises(Invalid, match=REFUSED):
            file_paper_request(
                actor=first.officer,
                state_code="KEN",
                kind="participation",
                language="en",
                values={"session": meeting, "title": "Seats"},
                note=assistance.note(),
            )

    def test_a_second_look_into_a_second_is_refused(self, meeting):
        people = People("KEN")
        declined = arrived(meeting, people)
        _decline(declined)
        asked(meeting, people)
        with pytest.raises(Invalid, match=REFUSED):
            reopen(declined.public_id, actor=declined.authority, version=declined.version, reason="Look again")
        assert declined.now.status == "declined"

    def test_an_answer_does_not_move_a_request_into_anothers_session(self, meeting):
        people = People("KEN")
        asked(meeting, people)
        with transaction() as session:
            other = session.scalars(sa.select(Session.id).where(Session.id != meeting).limit(1)).one()
        second = ready(meeting, people, name="Serge Koffi")
        with transaction():
            update_where(AssistanceRequest, AssistanceRequest.public_id == second.public_id, session_id=other)
        _bring_to_review(second)
        ask_clarification(
            second.public_id, actor=second.officer, version=second.version, questions=[("session", "Which one?")]
        )
        question = _question_of(second)
        with pytest.raises(Invalid, match=REFUSED):
            answer(
                second.public_id,
                actor=second.authority,
                version=second.version,
                replies={question: "The first."},
                values={"session": meeting},
            )
        assert second.now.session_id == other

    def test_the_database_refuses_what_no_verb_looked_at(self, meeting):
        people = People("KEN")
        asked(meeting, people)
        second = ready(meeting, people)
        row = AssistanceRequest.public_id == second.public_id
        facts = {"reference": "PS-2026-KEN-900", "reference_number": 900, "status": "awaiting_authorisation"}
        with pytest.raises(sa.exc.IntegrityError), transaction():
            update_where(AssistanceRequest, row, **facts)
        with transaction():
            update_where(AssistanceRequest, row, **facts, origin="imported")

    def test_the_keys_condition_names_the_live_statuses(self):
        named = request_model._COUNTS_FOR_SESSION.partition("IN (")[2].strip(")").replace("'", "").split(",")
        assert set(named) == set(lifecycle.LIVE)


def test_the_office_sees_who_is_nominated_by_two(client, meeting):
    kenya = arrived(meeting, People("KEN"))
    ghana = People("GHA", {"triage_officer": kenya.people.officer})
    other = arrived(meeting, ghana)
    sign_in(client, kenya.people.officer)
    page = client.get(f"/triage/requests/{kenya.public_id}").text
    card = page.partition('id="h-similar"')[2].partition("</section>")[0]
    assert "Nominated in another request for this session too" in card
    assert other.now.reference in card
    assert "Awa Konan" in card


def _bring_to_review(made) -> None:
    with transaction():
        days = {"starts_on": 90, "ends_on": 95, "closing_on": 30}
        update_where(
            Session, Session.id == made.now.session_id, **{name: today() + timedelta(n) for name, n in days.items()}
        )
    ask_authorisation(made.public_id, actor=made.drafter, version=made.version)
    submit(made.public_id, actor=made.authority, version=made.version, note=assistance.note())
    take_up(made.public_id, actor=made.officer, version=made.version)


def _decline(made) -> None:
    proposal = Proposal(outcome=Outcome.DECLINED, reasons="Outside the mandate.")
    prepared = prepare_decision(made.public_id, actor=made.officer, version=made.version, proposal=proposal)
    sign_decision(made.public_id, actor=made.manager, version=made.version, decision=uuid.UUID(prepared))


def _question_of(made) -> int:
    asked_now = open_clarification(get_visible(made.public_id, made.authority))
    number = asked_now.questions[0].id
    db.session.rollback()
    return number


def test_of_two_from_before_the_later_names_the_earlier(app, database, meeting):
    """What two live requests for one session become when a database of version 0.1.0 is brought forward."""
    people = People("KEN")
    first, second = asked(meeting, people), ready(meeting, people)
    with transaction():
        facts = {"reference": "PS-2026-KEN-900", "reference_number": 900, "status": "awaiting_authorisation"}
        update_where(
            AssistanceRequest, AssistanceRequest.public_id == second.public_id, repeats_id=first.now.id, **facts
        )
    database.forget()
    downgrade(directory=str(ROOT / "migrations"), revision="v0_1_0")
    upgrade(directory=str(ROOT / "migrations"))
    assert (first.now.repeats_id, second.now.repeats_id) == (None, first.now.id)
    close(app)
