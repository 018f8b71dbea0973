"""Every act of the office through its page: who may, what happens, and what the page says when not."""

import re
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tracker.assistance import services
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import Activity, Clarification, Clock, Decision, InternalNote, NoteVerbale, Recusal
from tracker.events import Event
from tracker.extensions import db
from tracker.now import now, shifted, today
from tracker.reference.models import ClockRule


def page(case, act: str = "") -> str:
    return f"/triage/requests/{case.public_id}" + (f"/{act}" if act else "")


def events(case, name: str) -> list[Event]:
    found = db.session.scalars(sa.select(Event).where(Event.name == name, Event.subject_id == case.now.id)).all()
    return list(found)


def clocks(case) -> dict[str, Clock]:
    found = db.session.scalars(sa.select(Clock).where(Clock.request_id == case.now.id).order_by(Clock.id)).all()
    return {clock.name: clock for clock in found}


def prepared(people, outcome=Outcome.ACCEPTED, **facts):
    """A request with a decision that `officer` prepared."""
    case = make.in_review(people)
    facts = {
        "reasons": "It fits the mandate.",
        **({"amount_minor": 3_500_000} if outcome is Outcome.ACCEPTED else {}),
        **facts,
    }
    services.prepare_decision(
        case.public_id, actor=case.officer, version=case.version, proposal=services.Proposal(outcome=outcome, **facts)
    )
    return case


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
        assert all(clock.stopped_at for clock in clocks(case).values())
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

    def test_kept_questions_are_put_into_the_form(self, officer, people):
        case = make.in_review(people)
        assert officer.post("/triage/questions", field="budget", text="Please break it down.").status_code == 302
        kept = re.search(r'name="use" id="use-(\d+)"', officer.get(page(case, "ask")).get_data(as_text=True))[1]
        text = officer.get(page(case, f"ask?use={kept}")).get_data(as_text=True)
        assert re.search(r"<textarea[^>]*>\s*Please break it down.", text)
        assert officer.client.post(f"/triage/questions/{kept}/end").status_code == 302
        assert "Please break it down." not in officer.get(page(case, "ask")).get_data(as_text=True)

    def test_stands_in_the_list_of_clarifications(self, officer, people):
        case = make.in_clarification(people)
        text = officer.get("/triage/clarifications").get_data(as_text=True)
        assert case.now.reference in text
        assert "0 of 1" in text


class TestDecide:
    def test_an_officer_prepares_and_a_manager_signs(self, officer, manager, people):
        case = make.in_review(people)
        done = officer.post(
            page(case, "decision/accepted"), amount="35,000.50", reasons="It fits.", scope="Two courses", conditions=""
        )
        assert done.status_code == 302
        assert case.now.status == "in_review"
        text = manager.get(page(case, "sign")).get_data(as_text=True)
        assert "35,000.50" in text
        assert "official" in text or "Kenya" in text
        assert manager.post(page(case, "sign")).status_code == 302
        assert case.now.status == "accepted"
        assert clocks(case)["decide"].stopped_at is not None
        assert len(events(case, "assistance.accepted")) == 1

    def test_nobody_signs_their_own(self, manager, people):
        case = make.in_review(people)
        manager.post(page(case, "decision/declined"), reasons="Outside the mandate.")
        assert manager.get(page(case, "sign")).status_code == 403
        decision = db.session.scalars(sa.select(Decision.public_id).where(Decision.request_id == case.now.id)).one()
        db.session.rollback()
        answer = manager.client.post(page(case, "sign"), data={"decision": str(decision), "version": case.version})
        assert answer.status_code == 403
        assert "somebody else must sign it" in answer.get_data(as_text=True)
        assert case.now.status == "in_review"

    def test_an_officer_does_not_sign(self, officer, desk, people):
        case = prepared(people)
        assert desk(accounts.person("triage_officer")).get(page(case, "sign")).status_code == 403

    @pytest.mark.parametrize(
        ("outcome", "values", "message"),
        [
            ("accepted", {"reasons": "x"}, "Write the amount"),
            ("accepted", {"reasons": "x", "amount": "-5"}, "amount"),
            ("accepted", {"reasons": "x", "amount": "many"}, "amount"),
            ("declined", {"reasons": " "}, "Write a few words here."),
            ("referred", {"reasons": "x", "referred_to": "OAS"}, "only when the State has agreed"),
            ("merged", {"reasons": "x", "merged_into": "TA-2000-KEN-999"}, "another open request"),
        ],
    )
    def test_says_what_is_missing_and_keeps_what_was_typed(self, officer, people, outcome, values, message):
        case = make.in_review(people)
        answer = officer.post(page(case, f"decision/{outcome}"), **values)
        assert answer.status_code == 422
        assert message in answer.get_data(as_text=True)
        assert db.session.scalar(sa.select(sa.func.count(Decision.id))) == 0

    def test_declined_starts_the_clock_for_a_second_look(self, manager, people):
        case = prepared(people, Outcome.DECLINED)
        manager.post(page(case, "sign"))
        assert case.now.status == "declined"
        assert clocks(case)["reopen"].due_at is not None

    def test_refer_needs_the_day_of_the_states_yes(self, officer, manager, people):
        case = make.in_review(people)
        day = today() - timedelta(days=1)
        parts = {"state_agreed_on-day": day.day, "state_agreed_on-month": day.month, "state_agreed_on-year": day.year}
        done = officer.post(page(case, "decision/referred"), reasons="They can.", referred_to="OAS", **parts)
        assert done.status_code == 302
        manager.post(page(case, "sign"))
        assert case.now.status == "referred"

    def test_merge_joins_another_request_of_the_same_state(self, officer, manager, people):
        other, case = make.in_review(people), make.in_review(people)
        foreign = make.in_review(make.People(of="BTN"))
        wrong = officer.post(page(case, "decision/merged"), reasons="Same.", merged_into=foreign.now.reference)
        assert wrong.status_code == 422
        officer.post(page(case, "decision/merged"), reasons="Same.", merged_into=other.now.reference.lower())
        manager.post(page(case, "sign"))
        assert (case.now.status, case.now.merged_into_id) == ("merged", other.now.id)

    def test_a_prepared_decision_is_dropped_with_a_reason(self, officer, manager, people):
        case = prepared(people)
        assert officer.post(page(case, "decision/declined"), reasons="x").status_code == 409
        assert manager.post(page(case, "drop-decision")).status_code == 422
        assert manager.post(page(case, "drop-decision"), reason="Too much.").status_code == 302
        assert case.now.status == "in_review"
        assert manager.get(page(case, "sign")).status_code == 409
        assert "Too much." in officer.get(page(case)).get_data(as_text=True)

    def test_a_replaced_decision_is_not_signed_by_mistake(self, officer, manager, people):
        case = prepared(people)
        read = manager.hidden(page(case, "sign"))
        services.drop_decision(case.public_id, actor=case.officer, version=case.version, reason="Other amount.")
        services.prepare_decision(
            case.public_id,
            actor=case.officer,
            version=case.version,
            proposal=services.Proposal(outcome=Outcome.ACCEPTED, reasons="More.", amount_minor=9_000_000),
        )
        stale = manager.client.post(page(case, "sign"), data=read)
        assert stale.status_code == 409
        fresh = manager.client.post(page(case, "sign"), data={**read, "version": case.version})
        assert fresh.status_code == 409
        assert case.now.status == "in_review"

    def test_after_a_second_look_another_officer_prepares(self, officer, desk, people):
        case = make.declined(people)
        services.reopen(case.public_id, actor=case.authority, version=case.version, reason="New facts.")
        refused = officer.get(page(case, "decision/accepted"))
        assert refused.status_code == 403
        assert "did not decide before" in refused.get_data(as_text=True)
        other = desk(accounts.person("triage_officer"))
        assert other.post(page(case, "decision/accepted"), amount="1000", reasons="Yes.").status_code == 302


class TestStale:
    def test_shows_both_texts(self, officer, manager, people):
        case = make.in_review(people)
        hidden = officer.hidden(page(case, "decision/declined"))
        services.prepare_decision(
            case.public_id,
            actor=case.manager,
            version=case.version,
            proposal=services.Proposal(outcome=Outcome.ACCEPTED, reasons="THEIR REASONS", amount_minor=1),
        )
        answer = officer.client.post(page(case, "decision/declined"), data={**hidden, "reasons": "MY REASONS"})
        assert answer.status_code == 409
        text = answer.get_data(as_text=True)
        assert "MY REASONS" in text
        assert "THEIR REASONS" in text

    @pytest.mark.parametrize("act", ["return-note", "take-up"])
    def test_an_old_version_does_nothing(self, officer, people, act):
        case = make.submitted(people)
        answer = officer.client.post(page(case, act), data={"version": case.version - 1, "reason": "Old."})
        assert answer.status_code == 409
        assert case.now.status == "submitted"


class TestRights:
    ACTS = ("take-up", "return-note", "ask", "decision/accepted", "recuse", "start-delivery", "complete", "sign")

    @pytest.mark.parametrize("act", ACTS)
    @pytest.mark.parametrize("role", ["finance_officer", "auditor", "administrator", "focal_point", "donor_officer"])
    def test_other_roles_do_not_act(self, desk, people, role, act):
        case = make.in_review(people)
        assert desk(accounts.person(role)).get(page(case, act)).status_code == 403

    @pytest.mark.parametrize("act", ["take-up", "return-note", "start-delivery", "complete"])
    def test_what_does_not_lead_on_is_refused_with_a_sentence(self, manager, people, act):
        case = make.in_review(people)
        answer = manager.get(page(case, act))
        assert answer.status_code == 403
        assert "Not possible while the request stands where it is now." in answer.get_data(as_text=True)

    def test_whoever_recused_no_longer_acts(self, officer, people):
        case = make.in_review(people)
        assert officer.post(page(case, "recuse"), reason="My sister works there.").status_code == 302
        assert case.now.assigned_to_id is None
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Recusal)) == 1
        assert officer.get(page(case)).status_code == 200
        for act in ("ask", "decision/accepted"):
            answer = officer.get(page(case, act))
            assert answer.status_code == 403
            assert "conflict of interest" in answer.get_data(as_text=True)
        answer = officer.client.post(page(case, "notes"), data={"body": "Still here"})
        assert answer.status_code == 403

    def test_strictly_confidential_is_equal_to_absent_for_other_officers(self, officer, desk, people):
        case = make.submitted(people, marking="strictly_confidential")
        assert officer.get(page(case, "take-up")).status_code == 404
        services.assign(
            case.public_id, actor=case.manager, version=case.version, officer=uuid.UUID(people.officer.public_id)
        )
        assert officer.get(page(case, "take-up")).status_code == 200
        assert desk(accounts.person("triage_officer")).get(page(case, "take-up")).status_code == 404


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


class TestDelivery:
    def test_from_plan_to_completion(self, officer, manager, people):
        case = make.accepted(people)
        officer.client.post(page(case, "activities"), data={"title": "Course in Nairobi", "place": "Nairobi"})
        assert manager.post(page(case, "start-delivery")).status_code == 302
        assert case.now.status == "in_delivery"
        assert manager.post(page(case, "complete")).status_code == 422
        activity = make.activities(case)[0]
        address = page(case, f"activities/{activity.public_id}")
        day = today()
        parts = {"delivered_on-day": day.day, "delivered_on-month": day.month, "delivered_on-year": day.year}
        wrong = officer.post(address, women="-1", place="Nairobi", result="Done", **parts)
        assert wrong.status_code == 422
        done = officer.post(
            address, women="31", men="28", not_stated="1", place="Nairobi", result="60 trained", **parts
        )
        assert done.status_code == 302
        row = db.session.scalars(sa.select(Activity).where(Activity.public_id == activity.public_id)).one()
        assert (row.women, row.men, row.not_stated, row.recorded_by_id) == (31, 28, 1, people.officer.person_id)
        assert officer.get(address).status_code == 409
        assert manager.post(page(case, "complete")).status_code == 302
        assert case.now.status == "completed"

    def test_an_officer_neither_starts_nor_completes(self, officer, people):
        assert officer.get(page(make.accepted(people), "start-delivery")).status_code == 403
        assert officer.get(page(make.delivered(people), "complete")).status_code == 403

    def test_another_requests_activity_is_not_found(self, officer, people):
        mine, other = make.in_delivery(people), make.in_delivery(people)
        foreign = make.activities(other)[0]
        assert officer.get(page(mine, f"activities/{foreign.public_id}")).status_code == 404


class TestPaper:
    def test_files_a_request_in_the_states_name(self, officer, people):
        make.ground()
        accounts.organisation("KEN")
        day = today()
        parts = {"dated-day": day.day, "dated-month": day.month, "dated-year": day.year}
        values = {"state": "KEN", "kind": "technical", "language": "fr", "title": "Atelier", "areas": "TA.INV"}
        done = officer.post("/triage/paper", issuer="Mission", reference="12/2026", problem="…", **values, **parts)
        assert done.status_code == 302
        text = officer.get(done.location).get_data(as_text=True)
        assert "Atelier" in text
        assert "on paper" in text

    def test_says_what_is_missing(self, officer, people):
        accounts.organisation("KEN")
        answer = officer.post("/triage/paper", title="Atelier", state="KEN")
        assert answer.status_code == 422
        assert "Atelier" in answer.get_data(as_text=True)


class TestClocks:
    def test_the_pause_is_shown_with_who_caused_it(self, officer, people):
        text = officer.get(page(make.in_clarification(people))).get_data(as_text=True)
        assert "stands still since" in text

    def test_the_days_are_those_of_the_rule(self, officer, people):
        with shifted(now() - timedelta(days=1)):
            case = make.submitted(people)
        rule = db.session.scalars(sa.select(ClockRule.working_days).where(ClockRule.clock == "decide")).one()
        assert clocks(case)["decide"].working_days == rule


def test_figures_have_a_row_for_every_group_and_totals_of_the_queue(officer, people):
    make.in_review(people)
    make.submitted(make.People(of="BTN"))
    make.in_clarification(make.People(of="FJI"))
    make.declined(people)
    text = officer.get("/triage/figures").get_data(as_text=True)
    assert "No regional group" in text
    for group in ("African States", "Western European and other States"):
        assert group in text
    totals = re.findall(r'<tfoot><tr><th scope="row">All</th><td class="num">(\d+)</td>', text)
    assert len(totals) == 3
    assert set(totals) == {"3"}
