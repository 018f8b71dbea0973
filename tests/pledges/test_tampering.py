"""Whoever owns the database can rewrite a row: then `flask ledger verify` says which."""

import pytest

from migrations import guards
from tests.factories import pledges as make
from tracker.database.append_only import MODELS
from tracker.extensions import db
from tracker.pledges import services, verification

GUARDED = [model.__tablename__ for model in MODELS]
PAID = "SELECT act_id FROM disbursements WHERE direction = 'paid'"
MORE = "UPDATE {} SET balance_minor = balance_minor + {} WHERE kind = '{}'"


def moved(amount: int, source: str, target: str) -> list[str]:
    """Balances that agree with so much more on the way from one account to another."""
    return [MORE.format("ledger_accounts", -amount, source), MORE.format("ledger_accounts", amount, target)]


# Each rewrites rows so that balances and transfers agree with one another as far as the words say.
TAMPERINGS = {
    "a balance": (["UPDATE ledger_accounts SET balance_minor = 1 WHERE kind = 'held'"], "ledger_accounts"),
    "a payment made larger everywhere but in its row": (
        [
            f"UPDATE transfers SET amount_minor = amount_minor + 7 WHERE act_id = ({PAID})",
            *moved(7, "held", "paid"),
            "UPDATE request_funding SET paid_minor = paid_minor + 7",
        ],
        "disbursements",
    ),
    "a payment made larger everywhere but in the record": (
        [
            f"UPDATE transfers SET amount_minor = amount_minor + 7 WHERE act_id = ({PAID})",
            *moved(7, "held", "paid"),
            "UPDATE request_funding SET paid_minor = paid_minor + 7",
            "UPDATE disbursements SET amount_minor = amount_minor + 7",
        ],
        "acts",
    ),
    "a payment that never was": (
        [
            *moved(-20_00, "held", "paid"),
            "UPDATE request_funding SET paid_minor = 0",
            f"DELETE FROM transfers WHERE act_id = ({PAID})",
            "CREATE TABLE gone AS SELECT act_id FROM disbursements",
            "DELETE FROM disbursements",
            "DELETE FROM acts WHERE id IN (SELECT act_id FROM gone)",
            "UPDATE pledges SET acts_posted = acts_posted - 1",
        ],
        "events",
    ),
    "an act without transfers": (
        [
            *moved(-20_00, "held", "paid"),
            f"DELETE FROM transfers WHERE act_id = ({PAID})",
        ],
        "acts",
    ),
    "money that went another way": (
        [
            "UPDATE transfers SET to_account_id = (SELECT id FROM ledger_accounts WHERE kind = 'lost')"
            " WHERE to_account_id = (SELECT id FROM ledger_accounts WHERE kind = 'unapplied')",
            *moved(20_00, "unapplied", "lost"),
        ],
        "acts",
    ),
    "who did it": ([f"UPDATE acts SET actor_person_id = actor_person_id + 1 WHERE id = ({PAID})"], "acts"),
    "a receipt": (["UPDATE receipts SET support_minor = support_minor + 1"], "receipts"),
    "a payment's row": (["UPDATE disbursements SET amount_minor = amount_minor - 1"], "disbursements"),
    "an allocation": (["UPDATE allocations SET amount_minor = amount_minor + 1"], "allocations"),
    "a pledge": (["UPDATE pledges SET amount_minor = amount_minor - 1"], "pledges"),
    "an instalment": (["UPDATE instalments SET received_minor = received_minor - 1"], "pledges"),
    "the money of a request": (["DELETE FROM request_funding"], "request_funding"),
}


@pytest.fixture
def spent(people):
    """100.00 of 120.00 that came in applied, 50.00 of it approved for a request, 20.00 of them paid."""
    pledge = make.funded(people, make.terms(100_00), received=120_00)
    allocation = make.allocated(people, pledge, make.request_of(), 50_00)
    paid = services.Payment(20_00, make.today(), "FIN-1", "supplier", "cash")
    services.disburse(allocation, actor=people.finance.actor, payment=paid)
    assert verification.verify().first_wrong is None
    db.session.remove()


@pytest.fixture
def unguarded(owner, database):
    """The owner's connection, with every trigger out of the way."""
    database.forget()
    for table in GUARDED:
        for statement in guards.triggers(table, owner.dialect.name):
            if statement.startswith("DROP TRIGGER"):
                owner.exec_driver_sql(statement)
    owner.commit()
    return owner


@pytest.mark.parametrize("what", TAMPERINGS)
def test_shows(spent, unguarded, what):
    statements, table = TAMPERINGS[what]
    for statement in statements:
        unguarded.exec_driver_sql(statement)
    guards.install(unguarded, application_role=None)
    unguarded.commit()
    first = verification.verify().first_wrong
    assert first is not None
    assert first.table == table


def test_a_missing_guard_shows(spent, unguarded):
    found = list(verification.findings())
    assert [finding.table for finding in found] == sorted(GUARDED)
