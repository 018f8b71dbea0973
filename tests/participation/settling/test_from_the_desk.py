"""A settlement begins with what the travel desk recorded: the days spent, and what others provided on them."""

from datetime import timedelta

from tests.factories.settling import CODE, NIGHTS, PLANNED, read
from tracker.participation.settling import services
from tracker.participation.travel import services as travel

DAY = timedelta(1)


def test_the_days_and_meals_that_the_desk_recorded_stand_in_the_settlement(scene):
    seat = scene.seat(fare=780_00, allowance=PLANNED, terminals=152_00)
    first, last = scene.first_day + DAY, scene.first_day + (NIGHTS - 1) * DAY
    provided = {first: frozenset({"lunch", "lodging"}), first + DAY: frozenset({"lunch"})}
    spent = travel.Spent("attendance", first, last, provided)
    travel.record_travelled(seat, actor=scene.travel.actor, version=None, spent=spent)
    scene.recover(seat, PLANNED - due_for_four_nights(), "allowance")
    services.enter_as_planned(CODE, [seat], actor=scene.travel.actor)
    kept = read(scene, seat).settlement
    assert (kept.arrives_on, kept.leaves_on) == (first, last)
    assert (kept.breakfasts, kept.lunches, kept.dinners, kept.lodging) == (0, 2, 0, 1)


def due_for_four_nights() -> int:
    """Rule set A: a lunch that is provided takes off 10 percent of its day, lodging half; the last day counts 40."""
    daily = 507_00
    return daily * (40 + 90 + 100 + 100 + 40) // 100
