"""A claim ends when the money came back, or two persons give it up; until then its request is not completed."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import pledges
from tests.factories.settling import CODE, PLANNED, read
from tests.participation.settling.test_one_seat import FARE, enter, settle
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Forbidden
from tracker.events import Event
from tracker.extensions import db
from tracker.participation.settling import services
from tracker.participation.settling.lifecycle import Billed, Entry, Spent
from tracker.participation.settling.write_off import propose_write_off
from tracker.pledges import verification
from tracker.pledges.models import Act, Allocation, Disbursement
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.reversal import propose_reversal

PAID = {"fare": 780_00, "allowance": PLANNED, "terminals": 152_00}
BACK = PLANNED + 152_00


@pytest.fixture
def claim(scene):
    """A settled seat of somebody who did not travel and was paid the allowance and terminals before."""
    seat = scene.seat("no_show", **PAID)
    enter(scene, seat, Entry(Spent(), FARE, "Did not travel and gave no reason."))
    settle(scene, seat)
    return seat


def propose(scene, seat, line="allowance", by=None) -> uuid.UUID:
    by = by or scene.finance.actor
    return uuid.UUID(propose_write_off(seat, actor=by, line=line, reason="It cannot be had.", key=str(uuid.uuid4())))


def owed(scene, seat) -> dict[str, int]:
    return {line.kind: line.owed_minor for line in read(scene, seat).owed}


def in_the_way(scene, seat) -> dict[str, str]:
    request = db.session.get_one(AssistanceRequest, read(scene, seat).request.id)
    found = {name: str(why) for name, why in missing(Kind.PARTICIPATION, Action.COMPLETE, request).items()}
    db.session.rollback()
    return found


def step_of(scene, seat, name="recover") -> uuid.UUID:
    """The latest payment or recovery of a seat, as a step of the ledger."""
    of_seat = sa.select(Act.public_id).join(Disbursement, Disbursement.act_id == Act.id)
    of_seat = of_seat.join(Allocation, Allocation.id == Disbursement.allocation_id)
    whose = (Allocation.seat_id == read(scene, seat).seat.id, Act.name == name)
    found = db.session.scalars(of_seat.where(*whose).order_by(Act.id.desc())).first()
    db.session.rollback()
    return found


def names() -> list[str]:
    found = [event.name for event in db.session.query(Event).order_by(Event.id)]
    db.session.rollback()
    return found


def test_two_persons_give_a_claim_up_and_nothing_is_posted(scene, claim):
    assert owed(scene, claim) == {"allowance": PLANNED, "terminals": 152_00}
    act = propose(scene, claim)
    with pytest.raises(Forbidden, match="somebody else confirms"):
        acts.confirm(act, actor=scene.finance.actor, version=None)
    db.session.rollback()
    paid = read(scene, claim).total("paid_minor")
    acts.confirm(act, actor=scene.manager.actor, version=None)
    assert owed(scene, claim) == {"terminals": 152_00}
    assert read(scene, claim).total("paid_minor") == paid
    assert names()[-2:] == ["participation.claim_written_off", "pledges.act_confirmed"]
    acts.confirm(propose(scene, claim, "terminals"), actor=scene.second.actor, version=None)
    assert owed(scene, claim) == {}
    assert verification.verify().first_wrong is None


def test_what_came_back_meanwhile_is_not_given_up(scene, claim):
    act = propose(scene, claim)
    scene.recover(claim, 100_00, "allowance")
    with pytest.raises(Conflict, match="is owed now"):
        acts.confirm(act, actor=scene.second.actor, version=None)
    db.session.rollback()
    assert owed(scene, claim)["allowance"] == PLANNED - 100_00
    acts.refuse_act(act, actor=scene.second.actor, version=None, reason="Some of it came.")
    acts.confirm(propose(scene, claim), actor=scene.second.actor, version=None)
    assert owed(scene, claim) == {"terminals": 152_00}
    with pytest.raises(Conflict, match="Nothing is owed"):
        propose(scene, claim)


def test_only_finance_proposes_it_and_only_of_a_settled_seat(scene, claim):
    with pytest.raises(Forbidden):
        propose(scene, claim, by=scene.manager.actor)
    db.session.rollback()
    open_ = scene.seat("no_show", **PAID)
    enter(scene, open_, Entry(Spent(), FARE, "Fell ill."))
    with pytest.raises(Conflict, match="Nothing is owed"):
        propose(scene, open_)


def test_a_request_is_completed_once_its_seats_are_settled_and_nothing_is_owed(scene, claim):
    name = read(scene, claim).person.name
    assert name in in_the_way(scene, claim)["claims"]
    going = scene.seat("travelled", **PAID)
    assert read(scene, going).person.name in in_the_way(scene, claim)["seats"]
    for kind, amount in owed(scene, claim).items():
        scene.recover(claim, amount, kind)
    assert "claims" not in in_the_way(scene, claim)


def test_the_state_is_told_of_a_claim_and_of_a_seat_without_one(scene, claim):
    assert names()[-1] == "participation.seats_claimed"
    seat = scene.seat("no_show", fare=780_00)
    enter(scene, seat, Entry(Spent(), FARE))
    settle(scene, seat)
    assert "participation.seats_settled" in names()


def test_a_recovery_that_is_reversed_after_settling_opens_the_claim_and_tells_the_state(app, scene):
    seat = scene.seat("cancelled", **PAID)
    scene.recover(seat, PLANNED, "allowance")
    enter(scene, seat, Entry(Spent(), FARE, "Fell ill."))
    settle(scene, seat)
    assert owed(scene, seat) == {"terminals": 152_00}
    pledges.reverse(scene.donors, step_of(scene, seat))
    assert owed(scene, seat) == {"allowance": PLANNED, "terminals": 152_00}
    event = db.session.scalars(sa.select(Event).order_by(Event.id.desc()).offset(1)).first()
    assert (event.name, event.data["amount_minor"]) == ("participation.claim_reopened", PLANNED)
    asked = words_of(sign_in(app.test_client(), scene.cases["KEN"].people.authority).get(scene.cases["KEN"].url))
    assert "USD 3,244.80 is open" in asked
    scene.recover(seat, 1_000_00, "allowance")
    acts.confirm(propose(scene, seat), actor=scene.second.actor, version=None)
    assert owed(scene, seat) == {"terminals": 152_00}
    pledges.reverse(scene.donors, step_of(scene, seat))
    assert owed(scene, seat) == {"allowance": 1_000_00, "terminals": 152_00}
    scene.recover(seat, 1_000_00, "allowance")
    assert owed(scene, seat) == {"terminals": 152_00}
    assert verification.verify().first_wrong is None


def test_a_refund_that_is_reversed_is_awaited_again_and_the_state_is_not_asked(scene):
    seat = scene.seat("no_show", fare=780_00)
    enter(scene, seat, Entry(Spent(), {"fare": Billed(700_00, "INV-1")}, "The agency gives some of it back."))
    settle(scene, seat)
    scene.recover(seat, 80_00, "fare")
    pledges.reverse(scene.donors, step_of(scene, seat))
    assert names()[-2:] == ["participation.refund_reopened", "pledges.act_confirmed"]


def test_a_payment_is_reversed_by_two_persons_on_the_pages(app, scene):
    seat = scene.seat("confirmed", fare=780_00)
    step = step_of(scene, seat, "disburse")
    finance, manager = (sign_in(app.test_client(), who) for who in (scene.finance, scene.manager))
    page = f"/pledges/acts/{step}/reverse"
    sent = finance.post(page, data=hidden(finance.get(page).text) | {"reason": "Wrong payee."})
    assert sent.status_code == 302
    assert read(scene, seat).total("paid_minor") == 780_00
    assert "somebody else confirms" in words_of(finance.get(sent.location))
    assert "seat 1, line “Ticket”" in words_of(manager.get(sent.location))
    confirm = f"{sent.location}/confirm"
    assert manager.post(confirm, data=hidden(manager.get(confirm).text)).status_code == 302
    assert read(scene, seat).total("paid_minor") == 0
    with transaction() as session:
        facts = {"person_id": scene.finance.person_id, "reason": "We are related."}
        session.add(Recusal(request_id=read(scene, seat).request.id, **facts))
    assert finance.get(page).status_code == 404


def test_a_seat_is_not_settled_while_a_reversal_waits(scene):
    seat = scene.seat("no_show", fare=780_00)
    enter(scene, seat, Entry(Spent(), FARE))
    reason = {"reason": "Paid twice.", "key": str(uuid.uuid4())}
    act = uuid.UUID(propose_reversal(step_of(scene, seat, "disburse"), actor=scene.finance.actor, **reason))
    for act_ in (
        lambda: services.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0),
        lambda: services.settle_many(CODE, [seat], actor=scene.finance.actor),
    ):
        with pytest.raises(Conflict, match="confirmed or refused first"):
            act_()
        db.session.rollback()
    acts.refuse_act(act, actor=scene.second.actor, version=None, reason="It was paid once.")
    settle(scene, seat)
