"""An act on a pledge reads as little after many allocations as after few, and by an index."""

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.services.statements import rows_given, statements
from tracker.accounts.models import Organisation
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.pledges.earmarks import matches
from tracker.pledges.models import Allocation, LedgerAccount, Pledge
from tracker.pledges.queries import facts_of
from tracker.pledges.queries.shares import named_by, used_of_shares
from tracker.reference.models import Session, State

CAPPED = (make.Rule("kinds", ("technical",)), make.Rule("lists", ("ldc", "oda_eligible"), 9_000))


def earlier_allocations(people, pledge, number: int) -> None:
    """As many allocations of a pledge as after years: each for a request of its own, with a cent held."""
    pledge_id = db.session.scalar(sa.select(Pledge.id).where(Pledge.public_id == pledge))
    requests = [make.request_of() for _ in range(number)]
    with transaction() as session:
        for request in requests:
            allocation = Allocation(
                pledge_id=pledge_id,
                request_id=request.id,
                amount_minor=1,
                status="approved",
                planned_by_id=people.manager.person_id,
                approved_by_id=people.finance.person_id,
                approved_at=now(),
            )
            session.add(allocation)
            session.flush()
            facts = {"pledge_id": pledge_id, "currency": "USD", "allocation_id": allocation.id}
            session.add_all(
                LedgerAccount(kind=kind, balance_minor=int(kind == "held"), **facts) for kind in ("held", "paid")
            )


def cost_of_an_approval(people, pledge) -> tuple[int, int]:
    """(statements, rows) of one plan and its approval."""
    request = make.request_of()
    with statements() as seen, rows_given() as given:
        make.allocated(people, pledge, request, 1_00)
    return len(seen), sum(rows for _statement, rows in given)


def test_an_approval_costs_the_same_after_200_allocations(people):
    pledge = make.funded(people, make.terms(100_000_00, earmarks=CAPPED))
    cost_of_an_approval(people, pledge)
    few = cost_of_an_approval(people, pledge)
    earlier_allocations(people, pledge, 200)
    assert cost_of_an_approval(people, pledge) == few


@pytest.mark.engine("sqlite")
def test_accounts_are_found_by_an_index(app, people):
    pledge = make.funded(people, make.terms(1_000_00, earmarks=CAPPED))
    request = make.request_of()
    with statements() as seen:
        make.allocated(people, pledge, request, 1_00)
    asked = {s for s in seen if "ledger_accounts" in s and s.startswith(("SELECT", "UPDATE"))}
    assert asked
    with db.engine.connect() as connection:
        for statement in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?"))
            assert not [row.detail for row in plan if row.detail.startswith("SCAN ledger_accounts")], statement


@pytest.mark.parametrize(
    "rule",
    [
        make.Rule("kinds", ("technical",)),
        make.Rule("areas", ("TA",)),
        make.Rule("areas", ("TA.INV", "TA.PRO")),
        make.Rule("sessions", ("AHC-1",)),
        make.Rule("regions", ("AFR", "")),
        make.Rule("regions", ("GRULAC",)),
        make.Rule("lists", ("ldc",)),
        make.Rule("lists", ("sids", "oda_eligible")),
        make.Rule("states", ("KEN",)),
        make.Rule("requests", ("no number",)),
    ],
    ids=lambda rule: f"{rule.rule} {'+'.join(rule.codes)}",
)
def test_the_database_and_the_rule_name_the_same_requests(people, rule):
    ids = [make.request_of(code).id for code in ("KEN", "CIV", "RWA", "PER")]
    named = (
        sa.select(AssistanceRequest.id)
        .join(Organisation, Organisation.id == AssistanceRequest.organisation_id)
        .outerjoin(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(Session, Session.id == AssistanceRequest.session_id)
        .where(AssistanceRequest.id.in_(ids), named_by(rule, today()))
    )
    assert set(db.session.scalars(named)) == {i for i, facts in facts_of(ids, today()).items() if matches(rule, facts)}


def test_what_a_share_has_used_is_what_is_held_and_paid_for_what_it_names(people):
    pledge = make.funded(people, make.terms(1_000_00, earmarks=CAPPED))
    here = make.request_of("KEN")
    make.allocated(people, pledge, here, 30_00)
    facts = facts_of([here.id], today())[here.id]
    pledge_id = db.session.scalar(sa.select(Pledge.id).where(Pledge.public_id == pledge))
    assert used_of_shares([(pledge_id, CAPPED)], facts) == {pledge_id: {CAPPED[1]: 30_00}}
    assert used_of_shares([(pledge_id, CAPPED[:1])], facts) == {}
