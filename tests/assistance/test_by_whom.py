"""Each act of the State by everybody in it who may not do it, and where the request does not stand right for it.

The tables are written down a second time, from the product's description: they do not read the code's own."""

import uuid
from functools import partial

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tests.factories.verbs import verb
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.decision import services as decision
from tracker.assistance.drafting import services as drafting
from tracker.assistance.lifecycle import CLOSED, Outcome, Status
from tracker.assistance.models import AssistanceRequest, Question
from tracker.database.transactions import transaction
from tracker.errors import Forbidden, NotFound
from tracker.extensions import db

# Rules are asked in Python: what one engine shows, the other would show again.
pytestmark = pytest.mark.engine("sqlite")

REASON = {"reason": "There is a reason."}
AUTHORITY = {"authorising_officer"}
WRITERS = AUTHORITY | {"focal_point"}
OF_STATE = WRITERS | {"state_administrator"}
DRAFT, AWAITING = {Status.DRAFT}, {Status.AWAITING_AUTHORISATION}
DELIVERING = {Status.IN_IMPLEMENTATION, Status.COMPLETED}


def answered(case):
    asked = db.session.scalars(sa.select(Question.id)).all()
    db.session.rollback()
    return {"replies": dict.fromkeys(asked, "Forty.")}


def delivery(case):
    return {"activity_public_id": make.activities(case)[0].public_id, "rating": 4}


def invited(case):
    return {"person_public_id": uuid.UUID(accounts.person("focal_point", of="KEN").public_id)}


# act: (who, where, what makes a request ready, what the act needs beside the actor and the version)
ACTS = {
    "edit": (WRITERS, DRAFT, make.draft, lambda _case: {"step": "where", "values": {"title": "Other"}}),
    "autosave": (WRITERS, DRAFT, make.draft, lambda _case: {"step": "where", "values": {"title": "Other"}}),
    "invite_co_drafter": (WRITERS, DRAFT, make.draft, invited),
    "discard": (WRITERS, DRAFT, make.draft, lambda _case: {}),
    "ask_authorisation": (WRITERS, DRAFT, make.complete, lambda _case: {}),
    "return_to_draft": (AUTHORITY, AWAITING, make.awaiting_authorisation, lambda _case: REASON),
    "submit": (AUTHORITY, AWAITING, make.awaiting_authorisation, lambda _case: {"note": make.note()}),
    "set_consent": (AUTHORITY, set(Status) - DRAFT, make.submitted, lambda _case: {"consents": ("title:donors",)}),
    "withdraw": (AUTHORITY, set(Status) - CLOSED, make.submitted, lambda _case: REASON),
    "answer": (WRITERS, {Status.CLARIFICATION}, make.in_clarification, answered),
    "reopen": (AUTHORITY, {Status.DECLINED}, make.declined, lambda _case: REASON),
    "confirm_implementation": (WRITERS, DELIVERING, make.delivered, delivery),
}
WITHOUT_VERSION = {"invite_co_drafter", "confirm_implementation"}


@pytest.fixture
def ready(app, name):
    """A request, and the act on it with everything it needs but the actor."""
    _who, _where, made, needs = ACTS[name]
    case = made()
    version = {} if name in WITHOUT_VERSION else {"version": case.version}
    return case, partial(verb(name), case.public_id, **version, **needs(case))


def refusal_of(act, actor):
    """The code with which the act is refused to this actor; nothing of it is kept."""
    with pytest.raises(Forbidden) as refused:
        act(actor=actor)
    db.session.rollback()
    return refused.value.refusal.code


@pytest.mark.parametrize("name", ACTS)
def test_only_with_the_role_for_it(ready, name):
    case, act = ready
    who, where = ACTS[name][:2]
    for role in sorted(OF_STATE - who):
        by = case.drafter if role == "focal_point" else accounts.person(role, of="KEN").actor
        if where == DRAFT:  # who does not write drafts does not see them
            with pytest.raises(NotFound):
                act(actor=by)
        else:
            assert refusal_of(act, by) in ("drafter", "authority"), role
    act(actor=case.authority)


@pytest.mark.parametrize("name", ["set_consent", "withdraw", "answer", "reopen", "confirm_implementation"])
def test_not_by_the_office(ready, name):
    """It reads what was submitted; in the State's name it files what came on paper, and nothing else."""
    case, act = ready
    assert refusal_of(act, case.manager) == "own"


@pytest.mark.parametrize("name", ACTS)
def test_only_where_the_request_stands_right(ready, name):
    """What was imported stands anywhere without the facts of a request that came by the form."""
    case, act = ready
    before = case.now.status
    for status in sorted(set(Status) - ACTS[name][1]):
        put_in(status, case)
        assert refusal_of(act, case.authority) == "status", status
    put_in(before, case)
    act(actor=case.authority)


def put_in(status, case):
    """Have the request stand in this status, past the services."""
    row = sa.update(AssistanceRequest).where(AssistanceRequest.public_id == case.public_id)
    with transaction() as session:
        session.execute(row.values(status=status, origin="imported"))


@pytest.mark.parametrize("role", ["state_administrator", "donor_officer", "programme_manager", "administrator"])
def test_a_request_is_begun_by_its_writers(app, role):
    by = accounts.person(role, of="KEN" if role == "state_administrator" else None).actor
    begin = partial(drafting.start_draft, kind="technical", language="en")
    assert refusal_of(begin, by) == "drafter"


def test_a_draft_that_was_numbered_is_withdrawn_and_not_discarded(app):
    case = make.awaiting_authorisation()
    authorisation.return_to_draft(case.public_id, actor=case.authority, version=case.version, **REASON)
    assert refusal_of(partial(drafting.discard, case.public_id, version=case.version), case.drafter) == "reference"
    assert case.now.status == Status.DRAFT


def decline_again(case):
    """Other people than those who declined first prepare and sign."""
    officer, manager = (accounts.person(role).actor for role in ("triage_officer", "programme_manager"))
    proposal = decision.Proposal(outcome=Outcome.DECLINED, reasons="Still outside the mandate.")
    made = decision.prepare_decision(case.public_id, actor=officer, version=case.version, proposal=proposal)
    decision.sign_decision(case.public_id, actor=manager, version=case.version, decision=uuid.UUID(made))


def test_a_second_look_is_asked_once(app):
    case = make.declined()
    decision.reopen(case.public_id, actor=case.authority, version=case.version, **REASON)
    decline_again(case)
    again = partial(decision.reopen, case.public_id, version=case.version, **REASON)
    assert refusal_of(again, case.authority) == "once"
    assert case.now.status == Status.DECLINED
