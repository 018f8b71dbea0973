"""Seats of which nothing differs are entered and settled in one act, all or none."""

import pytest

from tests.factories.settling import CODE, PLANNED, move, read
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.participation.seats.models import Seat
from tracker.participation.settling import services
from tracker.pledges import verification

PAID = {"fare": 780_00, "allowance": PLANNED, "terminals": 152_00}


def entered(scene, *seats) -> int:
    return services.enter_as_planned(CODE, list(seats), actor=scene.travel.actor)


def settled(scene, *seats) -> int:
    return services.settle_many(CODE, list(seats), actor=scene.finance.actor)


def test_what_went_as_planned_is_entered_and_settled_at_once(scene):
    seats = [scene.seat(**PAID), scene.seat(**PAID), scene.seat(of="BTN", **PAID)]
    assert entered(scene, *seats) == 3
    assert settled(scene, *seats) == 3
    assert all(read(scene, seat).is_settled for seat in seats)
    assert verification.verify().first_wrong is None


def test_one_seat_that_differs_leaves_all_as_they_are_and_is_named(scene):
    same, other = scene.seat(**PAID), scene.seat(**{**PAID, "allowance": 1_000_00})
    name = read(scene, other).person.name
    with pytest.raises(Conflict, match=name):
        entered(scene, same, other)
    db.session.rollback()
    assert read(scene, same).settlement is None
    entered(scene, same)
    with pytest.raises(Conflict, match=f"{name}.*enters first"):
        settled(scene, same, other)
    db.session.rollback()
    assert not read(scene, same).is_settled
    with pytest.raises(Invalid, match="No seat is ticked"):
        settled(scene)


def test_a_seat_that_is_missed_or_not_over_is_not_among_them(scene):
    missed, going = scene.seat("no_show", fare=780_00), scene.seat("confirmed")
    assert entered(scene, missed) == 1  # the ticket stays as cost, nothing else was paid
    with pytest.raises(Conflict, match="not to be settled any more"):
        entered(scene, going)
    db.session.rollback()
    move(going, "ticket", "travel")
    with pytest.raises(Conflict, match="one by one"):
        entered(scene, going)


def test_a_seat_of_which_nobody_said_yet_who_bears_it_is_not_among_them(scene):
    missed = scene.seat("no_show", fare=780_00)
    with transaction():
        update_where(
            Seat, Seat.public_id == missed, cause="other", borne_by=None, reason="The ministry was reorganised."
        )
    with pytest.raises(Conflict, match="one by one"):
        entered(scene, missed)


def test_only_those_who_may(scene):
    seat = scene.seat(**PAID)
    with pytest.raises(Forbidden):
        services.enter_as_planned(CODE, [seat], actor=scene.finance.actor)
    db.session.rollback()
    entered(scene, seat)
    with pytest.raises(Forbidden):
        services.settle_many(CODE, [seat], actor=scene.travel.actor)


def test_the_list_costs_as_many_statements_for_five_seats_as_for_one(app, scene):
    client = sign_in(app.test_client(), scene.travel)

    def cost() -> int:
        with statements() as said:
            assert client.get(f"/sessions/{CODE}/settlements").status_code == 200
        return len(said)

    scene.seat(**PAID)
    cost()
    before = cost()
    for _ in range(4):
        scene.seat(**PAID)
    assert cost() == before
