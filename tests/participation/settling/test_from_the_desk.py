"""A settlement begins with what the travel desk recorded: the days spent, and what others provided on them."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories.settling import CODE, NIGHTS, PLANNED, read
from tests.pledges.forms import fields_of, words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.participation.settling import services
from tracker.participation.settling.lifecycle import Billed, Entry, Spent
from tracker.participation.support.models import SessionSupport
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
    assert kept.provided == {first.isoformat(): ["lunch", "lodging"], (first + DAY).isoformat(): ["lunch"]}


def test_what_is_provided_counts_on_its_own_day(scene):
    """By rule set B the last day pays nothing, so that nothing is taken off it, and no night follows it."""
    with transaction() as session:
        row = session.scalars(sa.select(SessionSupport).where(SessionSupport.session_id == scene.session_id)).one()
        row.rule_set = "B"
    seat = scene.seat(fare=780_00, allowance=PLANNED, terminals=152_00)
    first, last = scene.first_day, scene.first_day + NIGHTS * DAY
    by, bills = {"actor": scene.travel.actor, "version": None}, {"fare": Billed(780_00, "INV-1")}
    due = {}
    for day in (first, last):
        spent = Spent(first, last, {day: frozenset({"lunch"})})
        services.enter(seat, **by, entry=Entry(spent, bills, "Lunch was provided."))
        due[day] = next(line.due_minor for line in read(scene, seat).lines if line.kind == "allowance")
    assert due == {first: NIGHTS * 507_00 - 507_00 * 12 // 100, last: NIGHTS * 507_00}
    stray = Spent(first, last, {last: frozenset({"lodging"})})
    with pytest.raises(Invalid) as refused:
        services.enter(seat, **by, entry=Entry(stray, bills, "Lodging."))
    assert list(refused.value.fields) == ["provided"]


def test_days_corrected_after_what_is_due_was_entered_are_entered_again(app, scene):
    seat = scene.seat(fare=780_00, allowance=PLANNED, terminals=152_00)
    by = {"actor": scene.travel.actor, "version": None}
    first, last = scene.first_day, scene.first_day + NIGHTS * DAY
    travel.record_travelled(seat, **by, spent=travel.Spent("attendance", first, last, {}))
    services.enter_as_planned(CODE, [seat], actor=scene.travel.actor)
    travel.record_travelled(seat, **by, spent=travel.Spent("boarded", first, last, {}))
    assert not read(scene, seat).changes
    lunch = {first: frozenset({"lunch"})}
    travel.record_travelled(seat, **by, spent=travel.Spent("boarded", first, last - DAY, lunch))
    with pytest.raises(Conflict, match="corrected the journey since"):
        services.settle_many(CODE, [seat], actor=scene.finance.actor)
    db.session.rollback()
    officer, finance = (sign_in(app.test_client(), who) for who in (scene.travel, scene.finance))
    address = f"/seats/{seat}/settlement"
    assert finance.get(f"{address}/settle").status_code == 403
    page = words_of(officer.get(address))
    assert "Last day there:" in page
    assert "What others provided: nothing when it was entered, now" in page
    form = officer.get(f"{address}/enter")
    tick = re.search(rf'<input[^>]*value="{first.isoformat()}:lunch"[^>]*>', form.text)
    assert tick is not None
    assert "checked" in tick[0]
    typed = {"remark": "Left earlier.", "provided": f"{first.isoformat()}:lunch"}
    sent = officer.post(f"{address}/enter", data=fields_of(form.text) | hidden(form.text) | typed)
    assert sent.status_code == 302, words_of(sent)
    kept = read(scene, seat)
    assert not kept.changes
    assert kept.settlement.leaves_on == last - DAY
    assert kept.settlement.provided == {first.isoformat(): ["lunch"]}
    assert finance.get(f"{address}/settle").status_code == 200


def due_for_four_nights() -> int:
    """Rule set A: a lunch that is provided takes off 10 percent of its day, lodging half; the last day counts 40."""
    daily = 507_00
    return daily * (40 + 90 + 100 + 100 + 40) // 100
