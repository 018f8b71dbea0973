"""The first filling: complete, repeatable, and never over what the office changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.reference import loader, queries, services
from tracker.reference.country_lists import lists_of, number_on
from tracker.reference.models import Area, ExchangeRate, Holiday, Session, State
from tracker.rights.actor import Actor


@pytest.fixture
def loaded(app):
    loader.load()
    return app


def test_loads_everything_once(app):
    first = loader.load()
    assert first == {
        "states": 195, "airports": 220, "sessions": 19, "areas": 28, "exchange_rates": 142, "clock_rules": 15,
        "dated_settings": 1, "holidays": first["holidays"], "existing_projects": 16,
        "cost_rates": 31, "cost_rules": 21, "conditions": 3,
    }  # fmt: skip
    assert set(loader.load().values()) == {0}


def test_invented_states_come_only_when_asked_for(loaded):
    assert not db.session.query(State).filter_by(invented=True).count()
    assert loader.load(invented=True)["states"] == 6
    assert db.session.query(State).filter_by(invented=True).count() == 6


def test_what_the_office_changed_stays(loaded):
    session = queries.get_session("AHC-P1")
    services.edit_session("AHC-P1", actor=Actor.system, version=session.version, seats_funded=12)
    area = db.session.query(Area).filter_by(code="CV.54.D").one().id
    services.end_area(area, actor=Actor.system, version=None)
    holiday = db.session.query(Holiday).filter_by(day=date(2026, 12, 8)).one().id
    services.end_holiday(holiday, actor=Actor.system, version=None)
    services.add_rate(
        actor=Actor.system, currency="EUR", units_per_usd=Decimal("0.9"), valid_from=date(2026, 11, 1), source="test"
    )
    loader.load()
    db.session.expire_all()
    assert queries.get_session("AHC-P1").seats_funded == 12
    assert "CV.54.D" not in dict(queries.area_choices("en", "assistance"))
    assert date(2026, 12, 8) not in queries.holiday_dates()
    assert queries.rate_for("EUR", date(2026, 11, 2)).units_per_usd == Decimal("0.9")


def test_states_carry_their_lists(loaded):
    kenya, nepal = queries.get_state("KEN"), queries.get_state("NPL")
    assert kenya.regional_group == "AFR"
    assert lists_of("KEN", date(2026, 11, 1)) == {"oda_eligible"}
    assert lists_of(nepal.iso3, date(2026, 11, 23)) == {"ldc", "lldc", "oda_eligible"}
    assert lists_of(nepal.iso3, date(2026, 11, 24)) == {"lldc", "oda_eligible"}
    assert "ldc" in lists_of("BTN", date(2023, 12, 12))
    assert "ldc" not in lists_of("BTN", date(2023, 12, 13))
    assert queries.get_state("VAT").regional_group is None


def test_sessions_without_dates_come_without_dates(loaded):
    ahead, past = queries.upcoming_and_past(date(2026, 11, 23))
    assert [session.code for session in ahead] == ["AHC-P1", "AHC-P2"]
    assert ahead[0].starts_on is None
    assert past[0].code == "AHC-ROP"
    assert queries.sessions_open_for_nomination() == []


def test_holidays_are_austrias(loaded):
    assert {date(2026, 10, 26), date(2026, 12, 25)} <= queries.holiday_dates()
    assert all("first filling" in holiday.source for holiday in queries.holidays(2026))
    named = {holiday.day: holiday.name("fr") for holiday in queries.holidays(2026)}
    assert named[date(2026, 10, 26)] == "Fête nationale"


def test_every_holiday_has_its_french_name(loaded):
    missing = sa.select(Holiday.name_en).where(Holiday.name_en == Holiday.name_fr)
    assert db.session.scalars(missing).all() == []


def test_rates_keep_their_source_and_day(loaded):
    rate = queries.rate_for("EUR", date(2026, 11, 23))
    assert (rate.source, rate.valid_from) == ("ECB", date(2026, 10, 30))
    assert queries.rate_for("USD").units_per_usd == 1
    with pytest.raises(queries.NoRate):
        queries.rate_for("EUR", date(2020, 1, 1))
    assert queries.rate_for("EUR", date(2020, 1, 1), nearest=True).source == "ECB"


def test_every_state_has_a_rate_for_its_currency(loaded):
    known = {rate.currency for rate in queries.rates_in_force(date(2026, 11, 23))} | {"USD"}
    assert {state.currency for state in queries.states()} <= known


def test_lists_of_states_are_sorted_in_the_readers_language(loaded):
    assert queries.state_choices("fr")[0] == ("AFG", "Afghanistan")
    assert len(queries.state_choices("ar")) == 195
    assert number_on(["oda_eligible"], date(2026, 11, 1)) == 134


def test_nothing_is_kept_when_the_act_around_it_fails(app):
    with pytest.raises(ZeroDivisionError), transaction():
        loader.load()
        raise ZeroDivisionError
    assert db.session.query(Session).count() == db.session.query(ExchangeRate).count() == 0


def test_projects_of_others_name_their_states(loaded):
    assert "G0076" in {project.record_id for project in queries.existing_projects("KEN")}
    assert queries.clock_days("decide") == 15
    assert queries.reminder_days("instalment") == [30, 7, 1]
    assert queries.reminder_days("nomination", today() + timedelta(days=1)) == [15, 5, 1]
