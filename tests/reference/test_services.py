"""What administrators change: dated rows are added and ended, one event each, never over one another."""

import contextlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import reference as reference_data
from tracker.calendar.now import today
from tracker.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from tracker.events import Event
from tracker.extensions import db
from tracker.reference import imports, lifecycle, queries, services
from tracker.reference.models import ExchangeRate
from tracker.rights.actor import Actor

ADMINISTRATOR = Actor(person_id=1, roles=frozenset({"administrator"}))
OTHERS = [Actor(person_id=2, roles=frozenset({role})) for role in ("programme_manager", "focal_point", "auditor")]


@pytest.fixture
def loaded(app):
    reference_data.loaded()
    return app


def event_names():
    return [event.name for event in db.session.query(Event).order_by(Event.id)]


def add_rate(day, units="0.9", currency="EUR", source="test"):
    given = {"currency": currency, "units_per_usd": Decimal(units), "valid_from": day, "source": source}
    return services.add_rate(actor=ADMINISTRATOR, sure=True, **given)


class TestSessions:
    def test_an_edit_counts_up_the_version_and_names_the_fields(self, loaded):
        services.edit_session(
            "AHC-P1", actor=ADMINISTRATOR, version=1, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 12),
            closing_on=date(2027, 1, 29), seats_funded=30,
        )  # fmt: skip
        session = queries.get_session("AHC-P1")
        assert (session.version, session.closing_on) == (2, date(2027, 1, 29))
        event = db.session.query(Event).one()
        assert event.data["fields"] == ["closing_on", "ends_on", "seats_funded", "starts_on"]
        assert queries.sessions_open_for_nomination(date(2027, 1, 29)) == [session]
        assert queries.sessions_open_for_nomination(date(2027, 1, 30)) == []

    def test_the_second_of_two_editors_is_told(self, loaded):
        services.edit_session("AHC-P1", actor=ADMINISTRATOR, version=1, seats_funded=3)
        with pytest.raises(Stale) as stale:
            services.edit_session("AHC-P1", actor=ADMINISTRATOR, version=1, seats_funded=5)
        assert stale.value.theirs == {"seats_funded": "3"}

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"ends_on": date(2027, 1, 1)}, "ends_on"),
            ({"starts_on": date(2027, 3, 2), "ends_on": date(2027, 3, 1)}, "ends_on"),
            ({"closing_on": date(2027, 3, 2)}, "closing_on"),
            ({"starts_on": date(2027, 3, 1), "visa_safe_on": date(2027, 3, 2)}, "visa_safe_on"),
        ],
    )
    def test_days_that_contradict_each_other_are_refused(self, loaded, fields, field):
        with pytest.raises(Invalid) as refusal:
            services.edit_session("AHC-P1", actor=ADMINISTRATOR, version=1, **fields)
        assert list(refusal.value.fields) == [field]

    def test_a_session_can_be_added_once(self, loaded):
        fields = {"type": "protocol", "title_en": "Third session", "title_fr": "Troisième session", "status": "planned"}
        assert services.add_session(actor=ADMINISTRATOR, code="AHC-P3", **fields) == "AHC-P3"
        with pytest.raises(Invalid):
            services.add_session(actor=ADMINISTRATOR, code="AHC-P3", **fields)


class TestDatedRows:
    def test_a_new_rule_ends_the_one_before(self, loaded):
        tomorrow = today() + timedelta(days=1)
        services.set_clock("decide", actor=ADMINISTRATOR, working_days=10, valid_from=tomorrow)
        assert queries.clock_days("decide") == 15
        assert queries.clock_days("decide", tomorrow) == 10
        new, old = queries.clock_history()["decide"]
        assert (old.ended_on, new.ended_on) == (today(), None)

    def test_a_rule_can_be_corrected_on_its_first_day(self, loaded):
        for days in (10, 12):
            services.set_clock("answer", actor=ADMINISTRATOR, working_days=days, valid_from=today())
        assert queries.clock_days("answer") == 12
        assert len(queries.clock_history()["answer"]) == 3

    def test_a_rule_never_begins_in_the_past(self, loaded):
        with pytest.raises(Invalid):
            services.set_clock("answer", actor=ADMINISTRATOR, working_days=1, valid_from=today() - timedelta(days=1))

    def test_the_support_rate_has_bounds(self, loaded):
        with pytest.raises(Invalid):
            services.set_setting("support_rate", actor=ADMINISTRATOR, value=Decimal(80), valid_from=today())
        services.set_setting("support_rate", actor=ADMINISTRATOR, value=Decimal("7.5"), valid_from=today())
        assert queries.support_rate() == Decimal("7.5")
        assert queries.support_rate(today() - timedelta(days=1)) == 13

    def test_a_rate_of_the_past_fills_only_its_own_time(self, loaded):
        add_rate(date(2025, 1, 1), "0.95")
        assert queries.rate_for("EUR", date(2026, 10, 29)).units_per_usd == Decimal("0.95")
        assert queries.rate_for("EUR", date(2026, 10, 30)).source == "ECB"
        add_rate(date(2025, 7, 1), "0.85")
        days = [date(2025, 6, 30), date(2025, 7, 1), date(2026, 10, 29), date(2026, 10, 30)]
        assert [queries.rate_for("EUR", day).source for day in days] == ["test", "test", "test", "ECB"]
        assert queries.rate_for("EUR", days[0]).units_per_usd == Decimal("0.95")

    def test_an_ended_rate_leaves_none(self, loaded):
        rate = queries.rate_history("EUR")[0]
        services.end_rate(rate.id, actor=ADMINISTRATOR, version=None)
        assert queries.rate_for("EUR").source == "ECB"
        with pytest.raises(queries.NoRate):
            queries.rate_for("EUR", today() + timedelta(days=1))
        with pytest.raises(Conflict):
            services.end_rate(rate.id, actor=ADMINISTRATOR, version=None)

    # XXX is what ISO 4217 writes where there is no currency; a dollar has no rate but one.
    @pytest.mark.parametrize(("currency", "units"), [("USD", "1"), ("XXX", "1"), ("EUR", "0"), ("EUR", "NaN")])
    def test_impossible_rates_are_refused(self, loaded, currency, units):
        with pytest.raises(Invalid):
            add_rate(today(), units, currency)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12), st.integers(-5, 80))
def test_of_dated_rows_placed_in_any_order_the_latest_begun_holds(offsets, asked):
    """The rule of _place, on plain rows: exactly one row holds on any day after the first."""
    begin, rows = date(2026, 1, 1), []
    for offset in offsets:
        row = ExchangeRate(currency="EUR", valid_from=begin + timedelta(days=offset))
        before = lifecycle.in_force(rows, row.valid_from)
        if before is not None:
            row.ended_on, before.ended_on = before.ended_on, lifecycle.last_day_before(row.valid_from)
        else:
            later = [other.valid_from for other in rows if other.valid_from > row.valid_from]
            row.ended_on = lifecycle.last_day_before(min(later)) if later else None
        rows.append(row)
    day = begin + timedelta(days=asked)
    holding = [row for row in rows if row.valid_from <= day and (row.ended_on is None or day <= row.ended_on)]
    begun = [row.valid_from for row in rows if row.valid_from <= day]
    assert len(holding) == (1 if begun else 0)
    if begun:
        assert holding[0].valid_from == max(begun)


class TestHolidaysAndAreas:
    def test_a_holiday_is_added_taken_back_and_added_again(self, loaded):
        day = date(2027, 5, 5)
        holiday = services.add_holiday(actor=ADMINISTRATOR, day=day, name_en="Office closed", name_fr="Fermé")
        with pytest.raises(Invalid):
            services.add_holiday(actor=ADMINISTRATOR, day=day, name_en="Again", name_fr="Again")
        services.end_holiday(holiday, actor=ADMINISTRATOR, version=None)
        assert day not in queries.holiday_dates()
        with pytest.raises(Conflict):
            services.end_holiday(holiday, actor=ADMINISTRATOR, version=None)
        services.add_holiday(actor=ADMINISTRATOR, day=day, name_en="Closed after all", name_fr="Fermé tout de même")
        names = [(row.name("en"), row.name("fr")) for row in queries.holidays(2027) if row.day == day]
        assert names == [("Office closed", "Fermé"), ("Closed after all", "Fermé tout de même")]

    def test_an_area_is_added_under_a_known_one(self, loaded):
        fields = {"kind": "assistance", "name_en": "Statistics", "name_fr": "Statistiques"}
        with pytest.raises(Invalid):
            services.add_area(actor=ADMINISTRATOR, code="TA.STA", parent="NO", **fields)
        services.add_area(actor=ADMINISTRATOR, code="TA.STA", parent="TA", **fields)
        assert ("TA.STA", "Statistiques") in queries.area_choices("fr", "assistance")

    def test_what_is_not_there_cannot_be_ended(self, loaded):
        with pytest.raises(NotFound):
            services.end_area(999, actor=ADMINISTRATOR, version=None)


class TestImportRates:
    FILE = b"currency;units_per_usd;date;source\nEUR;0.91;2026-11-20;ECB\nKES;129.5;2026-11-20;ECB\n"

    def test_adds_every_row_in_one_act_and_nothing_the_second_time(self, loaded):
        rows = imports.read_rates(self.FILE)
        assert services.import_rates(rows, actor=ADMINISTRATOR) == 2
        assert queries.rate_for("KES", date(2026, 11, 21)).units_per_usd == Decimal("129.5")
        with pytest.raises(Conflict):
            services.import_rates(rows, actor=ADMINISTRATOR)
        assert event_names() == ["reference.rates_imported"]

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"a,b\n1,2\n",
            b"\xff\xfe\0",
            b"currency,units_per_usd,date,source\n",
            b"currency,units_per_usd,date,source\nUSD,1,2026-01-01,x\n",
            b"currency,units_per_usd,date,source\nEUR,-1,2026-01-01,x\n",
            b"currency,units_per_usd,date,source\nEUR,one,2026-01-01,x\n",
            b"currency,units_per_usd,date,source\nEUR,1,1 Jan,x\n",
            b"currency,units_per_usd,date,source\nEUR,1,2999-01-01,x\n",
            b"currency,units_per_usd,date,source\nEUR,1,2026-01-01,\n",
            b"currency,units_per_usd,date,source\n" + b"EUR,1,2026-01-01,x\n" * 5001,
        ],
    )
    def test_refuses_a_file_that_is_wrong_with_a_sentence(self, app, content):
        with pytest.raises(Invalid) as refusal:
            imports.read_rates(content)
        assert refusal.value.fields

    @given(st.binary(max_size=300))
    def test_takes_any_bytes(self, content):
        with contextlib.suppress(Invalid):
            assert imports.read_rates(content)


class TestRights:
    def test_only_administrators_change_anything(self, loaded):
        acts = [
            lambda actor: services.add_session(actor=actor, code="X", type="protocol"),
            lambda actor: services.edit_session("AHC-P1", actor=actor, version=1),
            lambda actor: services.add_area(actor=actor, code="X", kind="group", name_en="x", name_fr="x"),
            lambda actor: services.end_area(1, actor=actor, version=None),
            lambda actor: services.add_holiday(actor=actor, day=today(), name_en="x", name_fr="x"),
            lambda actor: services.end_holiday(1, actor=actor, version=None),
            lambda actor: services.set_clock("decide", actor=actor, working_days=1, valid_from=today()),
            lambda actor: services.set_setting("support_rate", actor=actor, value=Decimal(1), valid_from=today()),
            lambda actor: services.add_rate(
                actor=actor, currency="EUR", units_per_usd=Decimal(1), valid_from=today(), source="x"
            ),
            lambda actor: services.end_rate(1, actor=actor, version=None),
            lambda actor: services.import_rates([], actor=actor),
        ]
        for actor in [*OTHERS, Actor.anonymous]:
            for act in acts:
                with pytest.raises(Forbidden):
                    act(actor)
        assert event_names() == []


def test_areas_are_grouped_as_the_resolution_groups_them(loaded):
    groups = {}
    for code, _name, group in queries.grouped_areas("en"):
        groups.setdefault(group, []).append(code)
    assert list(groups) == [
        "Technical assistance",
        "Capacity of national authorities",
        "Cross-cutting issues",
        "Areas named in the Convention against Cybercrime, article 54",
    ]
    assert groups["Capacity of national authorities"] == ["TA.PRV", "TA.DET", "TA.INV", "TA.PRO"]
    assert all("PS.TRV" not in codes for codes in groups.values())
