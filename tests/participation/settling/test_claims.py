"""A claim ends when the money came back, or two persons give it up; until then its request is not completed."""

import uuid

import pytest

from tests.factories.settling import PLANNED, read
from tests.participation.settling.test_one_seat import FARE, enter, settle
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.assistance.models import AssistanceRequest
from tracker.errors import Conflict, Forbidden
from tracker.events import Event
from tracker.extensions import db
from tracker.participation.settling.lifecycle import Entry, Spent
from tracker.participation.settling.write_off import propose_write_off
from tracker.pledges import verification
from tracker.pledges.proposed_acts import services as acts

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
