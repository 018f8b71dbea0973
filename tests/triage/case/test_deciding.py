"""Decisions: prepared by one, signed by another, dropped, stale; and who may do what."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tests.triage.cases import clocks, events, page
from tracker.assistance.decision import services as decision_services
from tracker.assistance.handling import services as handling
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import Decision, Recusal
from tracker.calendar.now import today
from tracker.extensions import db


def prepared(people, outcome=Outcome.ACCEPTED, **facts):
    """A request with a decision that `officer` prepared."""
    case = make.in_review(people)
    facts = {
        "reasons": "It fits the mandate.",
        **({"amount_minor": 3_500_000, **make.CONSIDERED} if outcome is Outcome.ACCEPTED else {}),
        **facts,
    }
    decision_services.prepare_decision(
        case.public_id,
        actor=case.officer,
        version=case.version,
        proposal=decision_services.Proposal(outcome=outcome, **facts),
    )
    return case


class TestDecide:
    def test_an_officer_prepares_and_a_manager_signs(self, officer, manager, people):
        case = make.in_review(people)
        done = officer.post(
            page(case, "decision/accepted"),
            amount="35,000.50",
            reasons="It fits.",
            scope="Two courses",
            human_rights="Privacy.",
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
        decision_services.drop_decision(
            case.public_id, actor=case.officer, version=case.version, reason="Other amount."
        )
        decision_services.prepare_decision(
            case.public_id,
            actor=case.officer,
            version=case.version,
            proposal=decision_services.Proposal(
                outcome=Outcome.ACCEPTED, reasons="More.", amount_minor=9_000_000, **make.CONSIDERED
            ),
        )
        stale = manager.client.post(page(case, "sign"), data=read)
        assert stale.status_code == 409
        fresh = manager.client.post(page(case, "sign"), data={**read, "version": case.version})
        assert fresh.status_code == 409
        assert case.now.status == "in_review"

    def test_after_a_second_look_another_officer_prepares(self, officer, desk, people):
        case = make.declined(people)
        decision_services.reopen(case.public_id, actor=case.authority, version=case.version, reason="New facts.")
        refused = officer.get(page(case, "decision/accepted"))
        assert refused.status_code == 403
        assert "did not decide before" in refused.get_data(as_text=True)
        other = desk(accounts.person("triage_officer"))
        assert (
            other.post(
                page(case, "decision/accepted"), amount="1000", reasons="Yes.", human_rights="Privacy."
            ).status_code
            == 302
        )

    def test_a_second_look_goes_to_nobody_who_decided_before(self, manager, people):
        case = make.declined(people)
        decision_services.reopen(case.public_id, actor=case.authority, version=case.version, reason="New facts.")
        assert case.now.assigned_to_id is None
        text = manager.get(page(case)).get_data(as_text=True)
        for decided in (people.officer, people.manager):
            assert f'<option value="{decided.public_id}"' not in text.replace(" selected", "")
            refused = manager.client.post(
                page(case, "assign"), data={"officer": decided.public_id, "version": case.version}
            )
            assert refused.status_code == 422
            assert "did not decide before" in refused.get_data(as_text=True)
            refused = manager.post(f"/triage/queue/assign?r={case.public_id}", officer=decided.public_id)
            assert refused.status_code == 422
        assert case.now.assigned_to_id is None
        other = accounts.person("triage_officer")
        taken = {"officer": other.public_id, "version": case.version}
        assert manager.client.post(page(case, "assign"), data=taken).status_code == 302
        assert case.now.assigned_to_id == other.person_id


class TestStale:
    def test_shows_both_texts(self, officer, manager, people):
        case = make.in_review(people)
        hidden = officer.hidden(page(case, "decision/declined"))
        decision_services.prepare_decision(
            case.public_id,
            actor=case.manager,
            version=case.version,
            proposal=decision_services.Proposal(
                outcome=Outcome.ACCEPTED, reasons="THEIR REASONS", amount_minor=1, **make.CONSIDERED
            ),
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
    @pytest.mark.parametrize("act", ["take-up", "return-note", "start-implementation", "complete"])
    def test_what_does_not_lead_on_is_refused_with_a_sentence(self, manager, people, act):
        case = make.in_review(people)
        answer = manager.get(page(case, act))
        assert answer.status_code == 403
        assert "Not possible at this stage of the request." in answer.get_data(as_text=True)

    def test_whoever_recused_reads_nothing_more_of_it(self, officer, desk, people):
        case = make.in_review(people)
        assert officer.post(page(case, "recuse"), reason="My sister works there.").status_code == 302
        assert case.now.assigned_to_id is None
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Recusal)) == 1
        for address in (page(case), page(case, "ask"), page(case, "decision/accepted")):
            assert officer.get(address).status_code == 404
        assert officer.client.post(page(case, "notes"), data={"body": "Still here"}).status_code == 404
        address = str(case.public_id)
        for listed in ("/triage/queue", f"/triage/queue?q={case.now.reference}"):
            assert address not in officer.get(listed).get_data(as_text=True), listed
        others = desk(people.manager)
        assert address in others.get("/triage/queue").get_data(as_text=True)
        assert "My sister works there." in others.get(page(case)).get_data(as_text=True)

    def test_whoever_recused_from_a_strictly_confidential_request_lands_in_the_queue(self, officer, people):
        case = make.submitted(people, marking="strictly_confidential")
        handling.assign(
            case.public_id, actor=case.manager, version=case.version, officer=uuid.UUID(people.officer.public_id)
        )
        address = page(case, "recuse")
        assert "You can no longer open or find the request." in officer.get(address).get_data(as_text=True)
        pressed = {**officer.hidden(address), "reason": "My sister works there."}
        for _time in range(2):
            done = officer.client.post(address, data=pressed)
            assert (done.status_code, done.location) == (302, "/triage/queue")
        assert officer.get(page(case)).status_code == 404

    def test_strictly_confidential_is_equal_to_absent_for_other_officers(self, officer, desk, people):
        case = make.submitted(people, marking="strictly_confidential")
        assert officer.get(page(case, "take-up")).status_code == 404
        handling.assign(
            case.public_id, actor=case.manager, version=case.version, officer=uuid.UUID(people.officer.public_id)
        )
        assert officer.get(page(case, "take-up")).status_code == 200
        assert desk(accounts.person("triage_officer")).get(page(case, "take-up")).status_code == 404
