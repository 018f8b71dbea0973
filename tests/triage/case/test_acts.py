"""Every act of the office through its page: who may, what happens, and what the page says when not."""

import re
import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tests.triage.cases import clocks, events, page
from tracker.assistance.handling import services
from tracker.assistance.models import Clarification, InternalNote, NoteVerbale
from tracker.extensions import db
from tracker.triage.case.clarification import queries as questions
from tracker.triage.case.clarification.views import kept as clarifications


class TestTakeUp:
    def test_shows_the_note_then_verifies_it_and_sends_the_receipt(self, officer, people):
        case = make.submitted(people)
        text = officer.get(page(case, "take-up")).get_data(as_text=True)
        assert "KEN/VIE/117" in text
        assert "Who will be told" in text
        assert officer.post(page(case, "take-up")).status_code == 302
        assert case.now.status == "in_review"
        assert case.now.assigned_to_id == people.officer.person_id
        note = db.session.get(NoteVerbale, case.now.note_id)
        assert note.verified_by_id == people.officer.person_id
        assert clocks(case)["acknowledge"].met is True
        assert clocks(case)["decide"].stopped_at is None
        assert len(events(case, "assistance.taken_up")) == 1

    def test_names_whoever_is_told_and_nobody_else(self, officer, people):
        accounts.person("triage_officer", name="L. Brandt")
        case = make.submitted(people)
        text = officer.get(page(case, "take-up")).get_data(as_text=True)
        assert people.drafter.name in text
        assert "L. Brandt" not in text

    def test_leaves_an_assigned_request_with_its_officer(self, manager, people):
        case = make.submitted(people)
        services.assign(
            case.public_id, actor=case.manager, version=case.version, officer=uuid.UUID(people.officer.public_id)
        )
        manager.post(page(case, "take-up"))
        assert case.now.assigned_to_id == people.officer.person_id

    def test_pressing_twice_does_it_once(self, officer, people):
        case = make.submitted(people)
        hidden = officer.hidden(page(case, "take-up"))
        answers = [officer.client.post(page(case, "take-up"), data=hidden).status_code for _ in range(2)]
        assert answers[0] == 302
        assert len(events(case, "assistance.taken_up")) == 1

    def test_returning_the_note_needs_a_reason_and_ends_the_clocks(self, officer, people):
        case = make.submitted(people)
        assert officer.post(page(case, "return-note")).status_code == 422
        assert officer.post(page(case, "return-note"), reason="The note is not signed.").status_code == 302
        assert case.now.status == "awaiting_authorisation"
        assert case.now.return_reason == "The note is not signed."
        running = [name for name, clock in clocks(case).items() if clock.stopped_at is None]
        assert running == ["authorise"]
        assert "The note is not signed." in officer.get(page(case)).get_data(as_text=True)


class TestAsk:
    def asking(self, officer, case, **values):
        return officer.post(page(case, "ask"), **values)

    def test_pauses_the_decision_and_starts_the_states_clock(self, officer, people):
        case = make.in_review(people)
        done = self.asking(
            officer,
            case,
            **{"questions-0-field": "problem", "questions-0-text": "How many cases?", "questions-1-field": "title"},
        )
        assert done.status_code == 302
        assert case.now.status == "clarification"
        assert clocks(case)["decide"].due_at is None
        assert clocks(case)["decide"].paused_by_id == people.officer.person_id
        make.letter_arrives(case)
        assert clocks(case)["answer"].due_at == case.now.due_at
        asked = db.session.scalars(sa.select(Clarification).where(Clarification.request_id == case.now.id)).one()
        questions = db.session.execute(
            sa.text("SELECT field, text FROM questions WHERE clarification_id = :id"), {"id": asked.id}
        ).all()
        assert [tuple(q) for q in questions] == [("problem", "How many cases?")]

    def test_keeps_what_was_typed_when_nothing_was_asked(self, officer, people):
        case = make.in_review(people)
        answer = self.asking(officer, case, **{"questions-0-field": "problem", "questions-0-text": "  "})
        assert answer.status_code == 422
        assert "Write at least one question." in answer.get_data(as_text=True)

    def test_refuses_a_field_of_the_other_kind(self, officer, people):
        case = make.in_review(people)
        answer = self.asking(officer, case, **{"questions-0-field": "delegates", "questions-0-text": "Who?"})
        assert answer.status_code == 422
        assert "Who?" in answer.get_data(as_text=True)

    def test_opens_no_answer_that_nobody_chose(self, officer, people):
        case = make.in_review(people)
        answer = self.asking(officer, case, **{"questions-0-field": "", "questions-0-text": "How many?"})
        assert answer.status_code == 422
        assert "Choose for each question the answer that it is about." in answer.get_data(as_text=True)
        assert "How many?" in answer.get_data(as_text=True)
        text = officer.get(page(case, "ask")).get_data(as_text=True)
        assert re.search(r'name="questions-0-field"[^>]*><option[^>]* value="">', text)

    def test_the_ways_around_keep_the_place_in_the_queue(self, officer, people):
        officer.post("/triage/questions", field="budget", text="Please break it down.")
        case, place = make.in_review(people), "kind=technical&at=abc"
        text = officer.get(page(case, f"ask?{place}")).get_data(as_text=True)
        assert re.search(
            r'<form method="post" action="[^"]*kind=technical[^"]*at=abc[^"]*"[^>]*>(?:(?!</form>).)*name="use"',
            text,
            re.DOTALL,
        )
        text = officer.get(page(case, f"decision/accepted?{place}")).get_data(as_text=True)
        assert page(case, "decision/declined?kind=technical&amp;at=abc") in text
        assert 'href="/triage/queue?kind=technical">Queue<' in text

    def test_kept_questions_are_put_below_what_is_typed(self, officer, people):
        case = make.in_review(people)
        assert officer.post("/triage/questions", field="budget", text="Please break it down.").status_code == 302
        kept = re.search(r'name="use" id="use-(\d+)"', officer.get(page(case, "ask")).get_data(as_text=True))[1]
        typed = {"questions-1-field": "objectives", "questions-1-text": "For how many people?"}
        answer = officer.post(page(case, "ask"), put_in="1", use=kept, **typed)
        assert answer.status_code == 200
        text = answer.get_data(as_text=True)
        assert re.findall(r"<textarea[^>]*>\s*([^<]*)<", text) == ["For how many people?", "Please break it down.", ""]
        assert re.findall(r'<option selected value="(\w+)">', text) == ["objectives", "budget"]
        assert case.now.status == "in_review"
        version = re.search(r'name="version" value="(\d+)"', officer.get("/triage/questions").text)[1]
        assert officer.post(f"/triage/questions/{kept}/end", version=version).status_code == 302
        assert "Please break it down." not in officer.get(page(case, "ask")).get_data(as_text=True)

    def test_more_kept_questions_than_there_is_room_for_are_said(self, officer, people):
        for number in range(4):
            officer.post("/triage/questions", field="budget", text=f"Kept {number}?")
        case = make.in_review(people)
        kept = re.findall(r'name="use" id="use-(\d+)"', officer.get(page(case, "ask")).get_data(as_text=True))
        typed = {f"questions-{n}-text": f"Typed {n}?" for n in range(3)}
        answer = officer.client.post(page(case, "ask"), data={"put_in": "1", "use": kept, **typed})
        text = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert "At most 6 questions can be asked at once." in text
        assert [row for row in ("Typed 0?", "Typed 1?", "Typed 2?") if f">{row}" not in text.replace("\r\n", "")] == []

    def test_stands_in_the_list_of_clarifications(self, officer, people):
        case = make.in_clarification(people)
        text = officer.get("/triage/clarifications").get_data(as_text=True)
        assert case.now.reference in text
        assert "0 of 1" in text

    def test_says_that_the_list_of_clarifications_is_cut(self, officer, people, monkeypatch):
        for _ in range(2):
            make.in_clarification(people)
        assert "Only the first" not in officer.get("/triage/clarifications").text
        for module in (questions, clarifications):
            monkeypatch.setattr(module, "MOST", 1)
        text = officer.get("/triage/clarifications").text
        assert "Only the first 1 is shown." in text
        assert text.count("0 of 1") == 1

    def test_the_list_leads_on_from_one_asked_state_to_the_next(self, officer, people):
        first, between = make.in_clarification(people), make.in_review(people)
        make.in_clarification(people)
        assert f"{page(first)}?status=clarification" in officer.get("/triage/clarifications").get_data(as_text=True)
        text = officer.get(page(first, "") + "?status=clarification").get_data(as_text=True)
        beside = re.findall(r'<a href="([^"]*)" rel="(?:next|prev)"', text)
        assert len(beside) == 1
        assert "status=clarification" in beside[0]
        assert str(between.public_id) not in beside[0]


class TestAssignAndNote:
    def test_assigns_and_tells_the_officer(self, officer, people):
        case, colleague = make.submitted(people), accounts.person("triage_officer", name="S. Okello")
        hidden = {"version": case.version}
        done = officer.client.post(page(case, "assign"), data={**hidden, "officer": colleague.public_id})
        assert done.status_code == 302
        assert case.now.assigned_to_id == colleague.person_id
        assert [event.data["officer_id"] for event in events(case, "assistance.assigned")] == [colleague.person_id]

    @pytest.mark.parametrize("officer_id", ["", "nobody", "00000000-0000-4000-8000-000000000000"])
    def test_refuses_who_is_no_officer(self, officer, people, officer_id):
        case = make.submitted(people)
        answer = officer.client.post(page(case, "assign"), data={"version": case.version, "officer": officer_id})
        assert answer.status_code == 422

    def test_refuses_a_manager_of_nothing_and_a_focal_point(self, officer, people):
        case = make.submitted(people)
        answer = officer.client.post(
            page(case, "assign"), data={"version": case.version, "officer": people.drafter.public_id}
        )
        assert answer.status_code == 422

    def test_adds_a_note_and_keeps_a_too_long_one_on_the_page(self, officer, people):
        case = make.in_review(people)
        assert officer.client.post(page(case, "notes"), data={"body": "Call the mission."}).status_code == 302
        too_long = officer.client.post(page(case, "notes"), data={"body": "x" * 4001})
        assert too_long.status_code == 422
        assert "x" * 4001 in too_long.get_data(as_text=True)
        assert db.session.scalar(sa.select(sa.func.count(InternalNote.id))) == 1
