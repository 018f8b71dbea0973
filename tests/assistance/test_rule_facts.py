"""What rules ask of a request: read whole in one statement, and a fact that is missing is an error, never a yes."""

import uuid
from dataclasses import MISSING, fields

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tests.services.statements import statements
from tracker.assistance.decision import services as decision
from tracker.assistance.handling import services as handling
from tracker.assistance.lifecycle import SIGNS, Action, Kind, Outcome
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import (
    AnswerFacts,
    DecisionFacts,
    RuleFacts,
    built,
    rule_facts_of,
    rule_facts_of_many,
    statement,
)
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.errors import Forbidden, NotFound
from tracker.extensions import db
from tracker.rights.rules import can

pytestmark = pytest.mark.usefixtures("app")


def facts_of(case) -> RuleFacts:
    """The facts as a page reads them that knows nothing of the request yet."""
    db.session.rollback()
    return rule_facts_of(case.now.id)


def prepared_amendment(case, actor) -> uuid.UUID:
    amendment = decision.Amendment(reasons="A second course.", amount_minor=12_000_000, amount_reason="Prices rose.")
    return uuid.UUID(decision.prepare_amendment(case.public_id, actor=actor, version=case.version, amendment=amendment))


class TestNothingMissing:
    def test_a_column_that_was_not_read_is_an_error_for_every_request(self):
        plain, amended = make.draft(), make.accepted()
        prepared_amendment(amended, amended.officer)
        ids, columns = [plain.now.id, amended.now.id], list(statement().selected_columns)
        lenient = []
        for column in columns:
            rest = [other for other in columns if other is not column]
            short = statement().with_only_columns(*rest, maintain_column_froms=True)
            for row_id in ids:
                rows = db.session.execute(short, {"request_ids": [row_id]}).mappings().all()
                try:
                    built(rows)
                except KeyError:
                    continue
                lenient.append(column.name)
        assert lenient == []
        assert set(built(db.session.execute(statement(), {"request_ids": ids}).mappings().all())) == set(ids)

    @pytest.mark.parametrize("kind", [RuleFacts, AnswerFacts, DecisionFacts])
    def test_no_fact_has_a_default(self, kind):
        assert all(field.default is MISSING and field.default_factory is MISSING for field in fields(kind))

    def test_of_a_row_that_a_plain_select_loaded_nobody_can_ask_a_rule(self):
        case = make.draft()
        row = db.session.scalars(sa.select(AssistanceRequest)).one()
        for action in RULES:
            with pytest.raises(TypeError, match="AssistanceRequest"):
                can(RULES, action, case.authority, row)

    def test_a_request_that_is_gone_has_no_facts(self):
        with pytest.raises(NotFound):
            rule_facts_of(4711)


class TestAnAnswer:
    def test_cannot_be_judged_by_facts_that_do_not_say_what_it_changes(self):
        case = make.in_clarification()
        with pytest.raises(TypeError):
            can(RULES, Action.ANSWER, case.drafter, facts_of(case))

    def test_changes_of_weight_are_the_authoritys(self):
        case = make.in_clarification()
        facts = facts_of(case)
        assert can(RULES, Action.ANSWER, case.drafter, facts.with_changes(["problem"])) is None
        assert can(RULES, Action.ANSWER, case.drafter, facts.with_changes(["budget"])).code == "authority"
        assert can(RULES, Action.ANSWER, case.authority, facts.with_changes(["budget"])) is None


class TestOneStatement:
    def test_fifty_requests_are_asked_once(self):
        someone = accounts.person("focal_point")
        rows = [
            AssistanceRequest(kind=Kind.TECHNICAL, organisation_id=someone.organisation_id, title=f"Draft {number}")
            for number in range(50)
        ]
        with transaction() as session:
            session.add_all(rows)
        ids = list(db.session.scalars(sa.select(AssistanceRequest.id)))
        with statements() as seen:
            found = rule_facts_of_many(ids)
        assert len(seen) == 1
        assert set(found) == set(ids)
        assert len(found) == 50
        assert found[ids[7]] == rule_facts_of(ids[7])

    def test_each_request_has_its_own_decisions_and_recusals(self):
        accepted, reviewed = make.accepted(), make.in_review()
        prepared = prepared_amendment(accepted, accepted.officer)
        handling.recuse(reviewed.public_id, actor=reviewed.manager, version=None, reason="A relative works there.")
        found = rule_facts_of_many([accepted.now.id, reviewed.now.id])
        first, second = found[accepted.now.id], found[reviewed.now.id]
        assert first.decision.id == first.prepared_decision.amends_id == accepted.now.decision_id
        assert first.prepared_decision.public_id == prepared
        assert (first.recused_ids, second.recused_ids) == (frozenset(), {reviewed.people.manager.person_id})
        assert (second.decision, second.prepared_decision) == (None, None)


def proposal(outcome: Outcome, people: make.People) -> decision.Proposal:
    """A decision of that outcome with what it cannot lack."""
    more = {
        Outcome.ACCEPTED: lambda: {"amount_minor": 9_650_000, **make.CONSIDERED},
        Outcome.DECLINED: dict,
        Outcome.REFERRED: lambda: {"referred_to": "Council of Europe", "state_agreed_on": today()},
        Outcome.MERGED: lambda: {"merged_into": make.in_review(people).now.reference},
    }[outcome]
    return decision.Proposal(outcome=outcome, reasons="As the panel advised.", **more())


class TestTwoPersons:
    @pytest.mark.parametrize("outcome", Outcome)
    def test_whoever_prepared_a_decision_does_not_sign_it(self, outcome):
        case = make.in_review()
        said = proposal(outcome, case.people)
        made = decision.prepare_decision(case.public_id, actor=case.manager, version=case.version, proposal=said)
        assert can(RULES, SIGNS[outcome], case.manager, facts_of(case)).code == "two_persons"
        db.session.rollback()
        with pytest.raises(Forbidden) as refused:
            decision.sign_decision(case.public_id, actor=case.manager, version=case.version, decision=uuid.UUID(made))
        assert refused.value.refusal.code == "two_persons"
        assert case.now.status == "in_review"
        another = accounts.person("programme_manager").actor
        decision.sign_decision(case.public_id, actor=another, version=case.version, decision=uuid.UUID(made))
        assert case.now.status == outcome

    def test_whoever_prepared_an_amendment_does_not_sign_it(self):
        case = make.accepted()
        made, before = prepared_amendment(case, case.manager), case.now.decision_id
        assert can(RULES, Action.AMEND, case.manager, facts_of(case)).code == "two_persons"
        db.session.rollback()
        with pytest.raises(Forbidden) as refused:
            decision.amend(case.public_id, actor=case.manager, version=case.version, decision=made)
        assert refused.value.refusal.code == "two_persons"
        assert case.now.decision_id == before
        another = accounts.person("programme_manager").actor
        decision.amend(case.public_id, actor=another, version=case.version, decision=made)
        assert case.now.decision_id != before
