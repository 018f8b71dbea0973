"""What goes back to a donor, what of a surplus is kept, what was recorded wrongly: proposed by one, done by another."""

import uuid
from functools import partial

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories.accounts import person
from tests.pledges.forms import words_of
from tests.pledges.test_corrections import step
from tests.pledges.test_ledger import balances
from tests.pledges.test_races import at_once
from tracker.errors import Conflict, DomainError, Forbidden, NotFound
from tracker.events import Event
from tracker.extensions import db
from tracker.pledges import services, verification
from tracker.pledges.models import Act
from tracker.pledges.proposed_acts import going_back, kinds
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.lifecycle import ActStatus
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.policies import RULES, ActFacts
from tracker.pledges.proposed_acts.reversal import propose_reversal
from tracker.rights.actor import OFFICE_ROLES, Actor
from tracker.rights.rules import can

FINANCE, MANAGER = "finance_officer", "programme_manager"
WHO = {
    "top_up": ({"travel_officer", MANAGER}, {FINANCE}),
    "promotion": ({"travel_officer", MANAGER}, {FINANCE}),
    "write_off": ({FINANCE}, {FINANCE, MANAGER}),
    "reversal": ({FINANCE}, {FINANCE, MANAGER}),
    "refund": ({FINANCE}, {FINANCE, MANAGER}),
    "apply_surplus": ({FINANCE}, {FINANCE, MANAGER}),
    "return_surplus": ({FINANCE}, {FINANCE, MANAGER}),
}
OF_BOTH = {"raise", "reduce", "extend", "earmark"}
WHO |= dict.fromkeys(OF_BOTH, ({MANAGER}, {MANAGER}))  # of donors: test_changes_of_a_promise
"""Who proposes each kind of act, and who confirms or refuses it: written by hand, from the product's description."""


def test_who_proposes_and_who_answers(app):
    assert {kind.name.value for kind in kinds.kinds()} == WHO.keys()
    for name, (proposers, confirmers) in WHO.items():
        kind = kinds.named(name)
        facts = {"proposer_is_there": True, "of_both": kind.of_both, "given": frozenset()}
        waits = ActFacts(ActStatus.WAITING, 1, kind.proposers, kind.confirmers, **facts)
        assert kind.of_both is (name in OF_BOTH)
        for role in OFFICE_ROLES:
            one, other = (Actor(number, roles=frozenset({role})) for number in (1, 2))
            assert (can(RULES, "propose", one, waits) is None) == (role in proposers), (name, role)
            for answer in ("agree" if kind.of_both else "confirm", "refuse"):
                assert (can(RULES, answer, other, waits) is None) == (role in confirmers), (name, role)
                assert can(RULES, answer, one, waits) is not None, (name, role)


@pytest.fixture
def ended(people):
    """A pledge of 100 of which 60 came in, and nothing was spent; 20 came in beyond another one."""
    return make.funded(people, received=60_00)


def proposed(people, pledge, amount: int = 13_10) -> uuid.UUID:
    facts = {"amount_minor": amount, "external_reference": "FIN-2", "reason": "It is over."}
    return uuid.UUID(going_back.propose_refund(pledge, actor=people.finance.actor, key="", **facts))


def status() -> list[str]:
    found = list(db.session.scalars(sa.select(ProposedAct.status).order_by(ProposedAct.id)))
    db.session.rollback()
    return found


def test_a_refund_takes_somebody_else_and_says_why(people, ended):
    act = proposed(people, ended)
    assert balances(ended)["available"] == 53_10  # nothing is set aside while it waits
    travel = person("travel_officer", of="UNODC").actor
    for by, code in ((people.finance.actor, "two_persons"), (travel, "role")):
        with pytest.raises(Forbidden) as refused:
            acts.confirm(act, actor=by, version=1)
        assert refused.value.refusal.code == code
        db.session.rollback()
    with pytest.raises(NotFound):
        acts.confirm(act, actor=people.signatory.actor, version=1)
    db.session.rollback()
    acts.confirm(act, actor=people.manager.actor, version=1)
    assert balances(ended)["available"] == 40_00
    note = db.session.execute(sa.select(Act.note, Act.external_reference).where(Act.name == "refund")).one()
    assert tuple(note) == ("It is over.", "FIN-2")
    assert verification.verify().first_wrong is None


def test_what_can_no_longer_be_posted_says_why_and_waits_on(people, ended):
    act = proposed(people, ended, 53_10)
    allocation = make.allocated(people, ended, make.request_of(), 50_00)
    with pytest.raises(Conflict, match="Less is available now"):
        acts.confirm(act, actor=people.other_finance.actor, version=1)
    db.session.rollback()
    assert status() == ["waiting"]
    services.release_allocation(allocation, actor=people.finance.actor, version=2, reason="Over.")
    acts.confirm(act, actor=people.other_finance.actor, version=1)
    assert "available" not in balances(ended)


def test_the_surplus_is_what_was_proposed(people):
    pledge = make.funded(people, received=120_00)
    act = uuid.UUID(going_back.propose_to_return(pledge, actor=people.finance.actor, reason="Twice.", key=""))
    services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(5_00))
    with pytest.raises(Conflict, match="25 is beyond the pledge now"):
        acts.confirm(act, actor=people.other_finance.actor, version=1)
    db.session.rollback()
    assert status() == ["waiting"]
    acts.take_back(act, actor=people.finance.actor, version=1)
    make.apply_surplus(people, pledge)
    assert status() == ["taken_back", "confirmed"]
    assert "unapplied" not in balances(pledge)


def test_the_reason_of_a_refusal_reaches_whoever_proposed(people, page, ended):
    act = proposed(people, ended)
    shown = words_of(page(people.other_finance, f"/pledges/{ended}"))
    assert "Refund USD 13.1" in shown
    assert "It is over." in shown
    assert page(people.other_finance, f"/finance/acts/{act}/refuse", {"reason": "Wait."}).status_code == 302
    assert "Wait." in words_of(page(people.finance, f"/finance/acts/{act}"))
    told = db.session.scalars(sa.select(Event).where(Event.name == "pledges.act_refused")).one()
    assert told.data["proposed_by_id"] == people.finance.person_id
    assert page(people.officer, f"/finance/acts/{act}").status_code == 403
    assert status() == ["refused"]


def test_two_confirmations_at_once_post_once(app, people):
    pledge = make.funded(people, received=110_00)
    receipt = step("receipt")
    proposing = (
        partial(going_back.propose_to_apply, pledge, reason="Yes."),
        partial(going_back.propose_refund, pledge, amount_minor=1_00, external_reference="F", reason="Over."),
    )
    seconds = people.other_finance.actor, people.manager.actor
    for propose in proposing:
        act = uuid.UUID(propose(actor=people.finance.actor, key=""))
        answers = at_once(app, *[partial(acts.confirm, act, actor=by, version=1) for by in seconds * 2])
        assert answers.count(None) == 1
        assert all(isinstance(answer, DomainError) for answer in answers if answer is not None)
    with pytest.raises(Conflict, match="Take back step"):
        propose_reversal(receipt, actor=people.finance.actor, reason="Wrong.", key="")
    db.session.rollback()
    names = list(db.session.scalars(sa.select(Act.name).order_by(Act.number)))
    assert names == ["accept", "receipt", "apply", "refund"]
    assert verification.verify().first_wrong is None
