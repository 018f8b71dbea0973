"""Each act on a pledge and its money by everybody who may not do it, and where it is not possible.

The tables are written down a second time, from the product's description: they do not read the code's own."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import pledges as make
from tests.factories.money_acts import MONEY_ACTS
from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.lifecycle import ENDED_WITH_REASON, HOLDS_MONEY, OPEN, AllocationStatus, Origin, Status
from tracker.pledges.models import Allocation, Pledge

# Rules are asked in Python: what one engine shows, the other would show again.
pytestmark = pytest.mark.engine("sqlite")

DONOR = {"donor_officer", "donor_signatory"}
OFFICE = {"programme_manager", "finance_officer", "triage_officer", "travel_officer", "auditor"}
MANAGER, FINANCE = {"programme_manager"}, {"finance_officer"}
WHO = {
    "offer": {"donor_officer"},
    "sign": {"donor_signatory"},
    "withdraw": {"donor_signatory"},
    **dict.fromkeys(("accept", "refuse", "lapse", "close", "file_pledge"), MANAGER),
    **dict.fromkeys(("raise", "reduce", "extend", "earmark"), MANAGER | {"donor_officer"}),
    **dict.fromkeys(("record_receipt", "apply_surplus", "return_surplus", "refund", "reverse"), FINANCE),
    "confirm_posting": FINANCE,
    **dict.fromkeys(("plan_allocation", "cancel_plan"), MANAGER | FINANCE),
    **dict.fromkeys(("approve_allocation", "release_allocation", "disburse", "recover"), FINANCE),
}
ACCEPTED, HELD, PLANNED = {Status.ACCEPTED}, {AllocationStatus.APPROVED}, {AllocationStatus.PLANNED}
OF_PLEDGE = {
    "close": ACCEPTED,
    "raise": ACCEPTED,
    "extend": ACCEPTED,
    "earmark": ACCEPTED,
    "reduce": ACCEPTED | {Status.WITHDRAWN, Status.LAPSED},
    "record_receipt": set(HOLDS_MONEY),
    "apply_surplus": ACCEPTED,
    "return_surplus": set(HOLDS_MONEY),
    "refund": set(HOLDS_MONEY),
    "reverse": set(HOLDS_MONEY),
    "plan_allocation": ACCEPTED,
}
"""In which status of the pledge the act is possible, for acts that find its money there."""
MOVES = {
    "sign": {Status.OFFERED},
    "accept": {Status.SIGNED},
    "refuse": {Status.OFFERED, Status.SIGNED},
    "withdraw": {Status.OFFERED, Status.SIGNED, Status.ACCEPTED},
    "lapse": {Status.OFFERED, Status.SIGNED, Status.ACCEPTED},
}
"""The same for acts that move it on; tests/rights/lawful.py has them where they are possible."""
ON_A_LEDGER = sorted(OF_PLEDGE.keys() - {"close"})
OF_ALLOCATION = {
    "approve_allocation": PLANNED,
    "cancel_plan": PLANNED,
    "release_allocation": HELD,
    "disburse": HELD,
    "recover": HELD | {AllocationStatus.CLOSED},
}


def refused(act, code, **by):
    """The act is refused for this reason, and nothing of it is kept."""
    with pytest.raises(Forbidden) as refusal:
        act(**by)
    assert refusal.value.refusal.code == code
    db.session.rollback()


def put(model, *where, **facts):
    """Change rows by hand, past the services."""
    with transaction() as session:
        session.execute(sa.update(model).where(*where).values(facts))


def put_in(status, *where):
    """Have pledges that were accepted once stand in this status."""
    reason = "It was so." if status in ENDED_WITH_REASON else None
    put(Pledge, *where, status=status, ended_at=None if status in OPEN else now(), reason=reason)


def test_every_act_is_in_the_table():
    assert WHO.keys() == MONEY_ACTS.keys()


@pytest.mark.parametrize("name", MONEY_ACTS)
def test_by_whom(people, name):
    ready = MONEY_ACTS[name](people)
    for role in sorted((DONOR | OFFICE) - WHO[name]):
        by = accounts.person(role, of="NORAD" if role in DONOR else "UNODC").actor
        with pytest.raises(Forbidden) as refusal:
            ready.by_service(actor=by)
        assert refusal.value.refusal.code in ("role", "own"), role
        db.session.rollback()
    ready.by_service(actor=ready.who.actor)


@pytest.mark.parametrize("name", OF_PLEDGE)
def test_where_the_pledge_stands(people, name):
    ready = MONEY_ACTS[name](people)
    for status in sorted(set(Status) - OF_PLEDGE[name]):
        put_in(status)
        refused(ready.by_service, "status", actor=ready.who.actor)
    put_in(Status.ACCEPTED)
    ready.by_service(actor=ready.who.actor)


@pytest.mark.parametrize("name", MOVES)
def test_from_where_a_pledge_is_moved_on(people, name):
    pledge, ready = make.accepted(people), MONEY_ACTS[name](people)
    facts = {**ready.by_service.keywords, "version": None, "actor": ready.who.actor}
    for status in sorted(set(Status) - MOVES[name]):
        put_in(status, Pledge.public_id == pledge)
        refused(ready.by_service.func, "status", public_id=pledge, **facts)


@pytest.mark.parametrize("name", OF_ALLOCATION)
def test_where_the_allocation_stands(people, name):
    ready = MONEY_ACTS[name](people)
    columns = (Allocation.status, Allocation.approved_at, Allocation.approved_by_id, Allocation.ended_at)
    before = dict(db.session.execute(sa.select(*columns)).one()._mapping)
    for status in sorted(set(AllocationStatus) - OF_ALLOCATION[name]):
        approved = status != AllocationStatus.PLANNED
        over = status in (AllocationStatus.RELEASED, AllocationStatus.CLOSED)
        facts = {"approved_at": now(), "approved_by_id": people.other_finance.person_id} if approved else {}
        nothing = dict.fromkeys(before)
        put(Allocation, **{**nothing, **facts, "ended_at": now() if over else None, "status": status})
        refused(ready.by_service, "status", actor=ready.who.actor)
    put(Allocation, **before)
    ready.by_service(actor=ready.who.actor)


@pytest.mark.parametrize("name", ["sign", "withdraw", "accept", "refuse", "lapse", "close"])
def test_what_was_taken_over_from_another_list_is_not_moved_here(people, name):
    ready = MONEY_ACTS[name](people)
    put(Pledge, origin=Origin.IMPORTED)
    refused(ready.by_service, "taken_over", actor=ready.who.actor)


@pytest.mark.parametrize("name", ON_A_LEDGER)
def test_money_that_others_keep_is_not_kept_here(people, name):
    ready = MONEY_ACTS[name](people)
    put(Pledge, acts_posted=0)
    refused(ready.by_service, "no_ledger", actor=ready.who.actor)


def test_nobody_approves_what_they_planned(people):
    pledge, request = make.funded(people), make.request_of()
    made = services.plan_allocation(
        pledge, actor=people.finance.actor, request_id=request.public_id, amount_minor=20_00
    )
    plan = uuid.UUID(made)
    refused(services.approve_allocation, "two_persons", public_id=plan, actor=people.finance.actor, version=1)
    services.approve_allocation(plan, actor=people.other_finance.actor, version=1)


@pytest.mark.parametrize("role", ["donor_administrator", "programme_manager", "focal_point"])
def test_interests_are_said_by_donor_staff(people, role):
    by = accounts.person(role, of="NORAD" if role == "donor_administrator" else None).actor
    refused(services.set_interests, "role", rules={"regions": ["AFR"]}, actor=by, version=None)
