"""Each act of the office by everybody in it who may not do it, by whoever declared a conflict of interest, and where
the request does not stand right for it."""

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.triage.office_acts import OFFICE_ACTS, OFFICERS
from tracker.assistance.lifecycle import AMENDABLE, OPEN, Outcome, Status
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.database.transactions import transaction
from tracker.errors import Forbidden, NotFound
from tracker.extensions import db

# Rules are asked in Python: what one engine shows, the other would show again.
pytestmark = pytest.mark.engine("sqlite")

REVIEW = {Status.IN_REVIEW}
WHERE = {
    "return_note": {Status.SUBMITTED},
    "take_up": {Status.SUBMITTED},
    "ask": REVIEW,
    "prepare_decision": REVIEW,
    "drop_decision": REVIEW,
    **{f"sign {outcome}": REVIEW for outcome in Outcome},
    "prepare_amendment": set(AMENDABLE),
    "drop_amendment": set(AMENDABLE),
    "amend": set(AMENDABLE),
    "start_implementation": {Status.ACCEPTED},
    "complete": {Status.IN_IMPLEMENTATION},
    "end_unfunded": {Status.ACCEPTED},
    "assign": set(OPEN),
    "plan_activity": set(AMENDABLE),
    "record_implementation": {Status.IN_IMPLEMENTATION},
}
"""Where a request stands when the act is possible; any other may be noted on, and recused from."""
READERS = OFFICERS | {"finance_officer", "travel_officer", "auditor"}


def refusal_of(act, actor):
    """The code with which the act is refused to this actor; nothing of it is kept."""
    with pytest.raises(Forbidden) as refused:
        act(actor=actor)
    db.session.rollback()
    return refused.value.refusal.code


@pytest.mark.parametrize("name", OFFICE_ACTS)
def test_only_with_the_role_for_it(people, name):
    who, ready = OFFICE_ACTS[name]
    case, act = ready(people)
    for role in sorted(READERS - who):
        assert refusal_of(act, accounts.person(role).actor) in ("officer", "manager"), role
    act(actor=case.manager)


@pytest.mark.parametrize("name", sorted(OFFICE_ACTS.keys() - {"recuse"}))
def test_not_after_a_conflict_of_interest_was_declared(people, name):
    case, act = OFFICE_ACTS[name][1](people)
    facts = {"request_id": case.now.id, "person_id": people.manager.person_id, "reason": "My sister works there."}
    with transaction() as session:
        session.execute(sa.insert(Recusal).values(facts))
    with pytest.raises(NotFound):
        act(actor=case.manager)
    db.session.rollback()
    with transaction() as session:
        session.execute(sa.delete(Recusal))
    act(actor=case.manager)


@pytest.mark.parametrize("name", WHERE)
def test_only_where_the_request_stands_right(people, name):
    """What was imported stands anywhere without the facts of a request that came by the form."""
    case, act = OFFICE_ACTS[name][1](people)
    before = case.now.status
    for status in sorted(set(Status) - WHERE[name]):
        put_in(status, case)
        assert refusal_of(act, case.manager) == "status", status
    put_in(before, case)
    act(actor=case.manager)


def put_in(status, case):
    """Have the request stand in this status, past the services."""
    row = sa.update(AssistanceRequest).where(AssistanceRequest.public_id == case.public_id)
    with transaction() as session:
        session.execute(row.values(status=status, origin="imported"))
