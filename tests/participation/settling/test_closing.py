"""A session closes when every seat is settled or ended; what remains is written down, and who had no seat is told."""

import pytest

from tests.factories import accounts
from tests.factories import participation as taking_part
from tests.factories.assistance import People
from tests.factories.settling import CODE, PLANNED, read
from tests.participation.settling.test_one_seat import FARE, enter, settle
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.assistance.models import Recusal
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Forbidden
from tracker.extensions import db
from tracker.participation.settling import account, services
from tracker.participation.settling.lifecycle import Entry, Spent
from tracker.reference import queries as reference

RULE = "One seat for each State, the least developed first."


def close(scene, actor=None):
    services.close_session(CODE, actor=actor or scene.manager.actor)


def standing(scene):
    db.session.rollback()
    return account.account_of(reference.get_session(CODE), scene.manager.actor)


def test_open_seats_stand_in_the_way_and_what_is_owed_is_written_down(scene):
    seat = scene.seat("no_show", fare=780_00, allowance=PLANNED)
    with pytest.raises(Conflict, match=read(scene, seat).person.name):
        close(scene)
    db.session.rollback()
    enter(scene, seat, Entry(Spent(), FARE, "Fell ill."))
    settle(scene, seat)
    with pytest.raises(Forbidden):
        close(scene, scene.finance.actor)
    db.session.rollback()
    close(scene)
    remaining = standing(scene).closing.remaining
    assert remaining["claimed_minor"] == PLANNED
    assert (remaining["refunds_minor"], remaining["ended_minor"], remaining["seats"]) == (0, 0, 1)
    scene.recover(seat, PLANNED, "allowance")
    assert standing(scene).claimed_minor == 0
    with pytest.raises(Conflict, match="closed already"):
        close(scene)


def test_a_session_to_come_is_not_closed(app):
    code = "AHC-T951"
    taking_part.meeting(code=code)
    manager = taking_part.accepted().manager
    with pytest.raises(Conflict, match="not over"):
        services.close_session(code, actor=manager)
    db.session.rollback()
    with pytest.raises(Conflict, match="not over"):
        services.end_without_seat(code, actor=manager, rule=RULE)


def test_states_without_a_seat_end_together_and_read_the_rule(scene):
    paid = scene.seat("no_show", fare=780_00)
    without = [taking_part.accepted(People(of), session_id=scene.session_id) for of in ("BTN", "NPL")]
    assert [row.state_iso3 for row in standing(scene).without_seat] == ["BTN", "NPL"]
    assert services.end_without_seat(CODE, actor=scene.manager.actor, rule=RULE) == 2
    assert [case.now.status for case in without] == ["unfunded", "unfunded"]
    assert read(scene, paid).request.status == "in_implementation"
    db.session.rollback()
    with pytest.raises(Conflict, match="No request"):
        services.end_without_seat(CODE, actor=scene.manager.actor, rule=RULE)


@pytest.mark.parametrize("stands", ["no_show", "accepted"])
def test_who_declared_a_conflict_of_interest_does_not_close_over_what_they_cannot_see(app, scene, stands):
    seat = scene.seat("no_show", fare=780_00)
    enter(scene, seat, Entry(Spent(), FARE))
    settle(scene, seat)
    if stands == "no_show":
        scene.seat("no_show", of="BTN", fare=780_00)
    case = scene.cases.get("BTN") or taking_part.accepted(People("BTN"), session_id=scene.session_id)
    other = accounts.person("programme_manager")
    with transaction() as session:
        facts = {"person_id": scene.manager.person_id, "reason": "We are related."}
        session.add(Recusal(request_id=case.now.id, **facts))
    with pytest.raises(Conflict, match=f"may read every seat.*{other.name}"):
        close(scene)
    db.session.rollback()
    page = words_of(sign_in(app.test_client(), scene.manager).get(f"/sessions/{CODE}/account"))
    assert "1 request of this session is not yours to read" in page
    assert other.name in page
    assert "the account can be closed" not in page
    if stands == "no_show":
        with pytest.raises(Conflict, match="are not settled"):
            close(scene, other.actor)
    else:
        close(scene, other.actor)
