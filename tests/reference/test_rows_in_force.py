"""Of dated rows everybody chooses the same on the same day, in the database or among rows that are known already."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.assistance import clocks
from tracker.assistance.imported import services
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.pledges import queries as pledges
from tracker.reference import queries
from tracker.reference.lifecycle import CLOCKS, in_force, in_force_or_nearest
from tracker.reference.models import ClockRule, DatedSetting, ExchangeRate

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 12).map(lambda number: FIRST + timedelta(days=number))
SPANS = st.lists(st.tuples(DAYS, st.integers(-1, 6)), max_size=6)
"""The first days of rows, each with how long it held; -1 for one that was replaced on its first day."""
tried = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def put(model, spans, endless, facts):
    """Such rows and no others; the last may have no end. `facts(number)` tells them apart."""
    db.session.execute(sa.delete(model))
    for number, (begins, held) in enumerate(spans, start=1):
        ended_on = None if endless and number == len(spans) else begins + timedelta(days=held)
        db.session.add(model(**facts(number), valid_from=begins, ended_on=ended_on))
        db.session.flush()
    return list(db.session.scalars(sa.select(model)))


def by_hand(rows, day):
    """The choice as the office would say it: of those that hold, the one that began last."""
    chosen = None
    for row in sorted(rows, key=lambda row: (row.valid_from, row.id)):
        if row.valid_from <= day and (row.ended_on is None or row.ended_on >= day):
            chosen = row
    return chosen


def outcome(ask):
    """What a caller is told, or None where it is refused."""
    try:
        return ask()
    except (Conflict, Invalid):
        return None


@tried
@given(SPANS, st.booleans(), DAYS)
def test_everybody_uses_the_same_rate(app, spans, endless, day):
    rows = put(ExchangeRate, spans, endless, lambda n: {"currency": "KES", "units_per_usd": n, "source": f"row {n}"})
    right = by_hand(rows, day)
    kept = right and (right.valid_from, right.source)
    asked = [
        lambda: queries.rate_for("KES", day),
        lambda: pledges.rate_on("KES", day),
        lambda: queries.rate_among(rows, "KES", day),
        lambda: queries.rate_row("KES", day),
        lambda: in_force(reversed(rows), day),
    ]
    told = [outcome(ask) for ask in asked]
    assert [rate and (rate.valid_from, rate.source) for rate in told] == [kept] * len(asked)
    assert pledges.has_rate("KES", day) is (right is not None)
    db.session.rollback()


@tried
@given(SPANS, st.booleans(), DAYS)
def test_estimates_fall_back_on_the_same_row(app, spans, endless, day):
    rows = put(ExchangeRate, spans, endless, lambda n: {"currency": "KES", "units_per_usd": n, "source": f"row {n}"})
    chosen = in_force_or_nearest(rows, day)
    usd, rate_id = services._in_usd(1_000_00, "KES", day, queries.rate_histories())
    assert rate_id == (chosen and chosen.id)
    assert (usd is None) is (chosen is None)
    assert outcome(lambda: queries.rate_for("KES", day, nearest=True).source) == (chosen and chosen.source)
    assert chosen is by_hand(rows, day) or by_hand(rows, day) is None
    ever = [row for row in rows if row.ended_on is None or row.valid_from <= row.ended_on]
    assert (chosen is None) is (not ever)
    if chosen is not None and chosen.valid_from > day:
        assert chosen.valid_from == min(row.valid_from for row in ever)
    db.session.rollback()


@tried
@given(SPANS, st.booleans(), DAYS)
def test_everybody_uses_the_same_rule_of_a_clock(app, spans, endless, day):
    rows = put(ClockRule, spans, endless, lambda n: {"clock": "decide", "working_days": n})
    right = by_hand(rows, day)
    days = right.working_days if right else CLOCKS["decide"].days
    assert outcome(lambda: clocks.rule_in_force("decide", day)) is right
    assert queries.clock_days("decide", day) == days
    assert queries.all_clock_days(day)["decide"] == days
    assert queries.clock_days_among(rows, day)["decide"] == days
    db.session.rollback()


@tried
@given(SPANS, st.booleans(), DAYS)
def test_a_setting_is_chosen_in_the_same_way(app, spans, endless, day):
    rows = put(DatedSetting, spans, endless, lambda n: {"name": "support_rate", "value": n})
    right = by_hand(rows, day)
    assert queries.support_rate(day) == (right.value if right else 13)
    db.session.rollback()


def test_a_rate_that_was_never_in_force_is_no_estimate_either():
    never = ExchangeRate(id=1, currency="KES", units_per_usd=1, valid_from=FIRST, ended_on=FIRST - timedelta(days=1))
    assert in_force_or_nearest([never], FIRST) is None


@pytest.mark.parametrize(("day", "chosen"), [(0, 1), (2, 1), (5, 2), (7, 2), (9, 3), (20, 3)])
def test_a_gap_takes_the_rate_before_it(day, chosen):
    days = [FIRST + timedelta(days=number) for number in range(30)]
    spans = [(1, days[1], days[3]), (2, days[4], days[5]), (3, days[8], None)]
    rows = [ExchangeRate(id=id_, valid_from=begins, ended_on=ended_on) for id_, begins, ended_on in spans]
    found = in_force_or_nearest(rows, days[day])
    assert found is not None
    assert found.id == chosen
