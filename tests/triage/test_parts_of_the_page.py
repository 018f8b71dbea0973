"""Parts of the office's page of a request that are there at some moments, or for some readers, only."""

from tests.factories import assistance as make
from tests.triage.cases import page, set_columns
from tracker.assistance.decision import services
from tracker.assistance.models import BudgetLine, Recusal
from tracker.database.transactions import delete_where, transaction

PLAN = "Plan an allocation"
CONFLICT = "I have a conflict of interest"
EARLIER = "The decision before the second look"
AMOUNT = "<dt>Amount</dt>"


def text(someone, case) -> str:
    return someone.get(page(case)).get_data(as_text=True)


class TestPlanning:
    def test_is_offered_to_who_plans_money_while_the_request_can_take_it(self, officer, manager, people):
        case = make.accepted(people)
        assert PLAN in text(manager, case)
        assert PLAN not in text(officer, case)
        assert PLAN in text(manager, make.in_implementation(people))
        assert PLAN not in text(manager, make.completed(people))

    def test_is_not_offered_to_who_has_a_conflict(self, manager, people):
        case = make.accepted(people)
        with transaction() as session:
            session.add(Recusal(request_id=case.now.id, person_id=people.manager.person_id, reason="My sister."))
        assert PLAN not in text(manager, case)


class TestConflict:
    def test_can_be_declared_until_the_request_has_ended(self, officer, people):
        assert CONFLICT in text(officer, make.in_review(people))
        assert CONFLICT in text(officer, make.accepted(people))
        for ended in (make.declined(people), make.completed(people), make.withdrawn(people)):
            assert CONFLICT not in text(officer, ended)


class TestSecondLook:
    def test_shows_the_decision_before_it(self, officer, people):
        case = make.declined(people)
        assert EARLIER not in text(officer, case)
        services.reopen(case.public_id, actor=case.authority, version=case.version, reason="New facts.")
        assert EARLIER in text(officer, case)
        assert "New facts." in text(officer, case)
        assert EARLIER not in text(officer, make.in_review(people))


class TestAmount:
    def test_stands_apart_where_no_budget_says_it(self, officer, people):
        case = make.in_review(people)
        assert AMOUNT not in text(officer, case)
        with transaction():
            delete_where(BudgetLine, BudgetLine.request_id == case.now.id)
        assert AMOUNT in text(officer, case)
        set_columns(case, amount_minor=None, amount_usd_minor=None)
        assert AMOUNT not in text(officer, case)
