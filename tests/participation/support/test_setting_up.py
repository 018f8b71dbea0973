"""A programme manager says what a session pays; others read it by one door, and nothing impossible is taken."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from tests.participation.support.conftest import FIRST_DAY, MANAGER, TERMS, plan, set_up
from tracker.database.seen import version_of
from tracker.errors import Conflict, Doubtful, Forbidden, Invalid, NotFound, Stale
from tracker.events import Event
from tracker.extensions import db
from tracker.participation.support import services
from tracker.participation.support.lifecycle import RULE_KINDS
from tracker.participation.support.queries import set_up_sessions, support_of
from tracker.participation.support.terms import Rule, VisaNeed
from tracker.reference import queries as reference
from tracker.reference import services as sessions
from tracker.rights.actor import OFFICE_ROLES, STATE_ROLES, Actor
from tracker.rounds import ordering


def support(code="AHC-P1"):
    return support_of(reference.get_session(code).id)


def names():
    return list(db.session.scalars(sa.select(Event.name).order_by(Event.id)))


def test_what_was_set_up_is_read_as_it_was_said(dated):
    assert support() is None
    assert set_up() == "AHC-P1"
    found = support()
    assert found.terms == TERMS
    assert (found.version, found.timezone, found.copied_from) == (1, "Europe/Vienna", None)
    assert names()[-1] == "participation.support_set_up"


def test_setting_up_sets_the_day_on_which_nominations_close_and_the_seats_of_the_session(dated):
    set_up()
    session = reference.get_session("AHC-P1")
    assert session.closing_on == date(2030, 12, 9)
    assert (session.seats_funded, session.seats_per_state, session.alternates_per_state) == (40, 2, 1)
    assert support().day_of("nominations") == date(2030, 12, 9)
    assert support().day_of("announce") == date(2030, 11, 3)
    assert support().day_of("ticket") == date(2031, 2, 10)


def test_a_day_of_its_own_stands_before_the_one_that_is_counted_back(dated):
    set_up(fixed={"nominations": date(2030, 12, 13), "papers": date(2031, 1, 20)})
    assert reference.get_session("AHC-P1").closing_on == date(2030, 12, 13)
    found = support()
    assert found.terms.fixed == {"nominations": date(2030, 12, 13), "papers": date(2031, 1, 20)}
    assert (found.day_of("nominations"), found.day_of("papers")) == (date(2030, 12, 13), date(2031, 1, 20))


def test_the_days_of_a_visa_are_those_of_nationality_and_passport_else_of_the_nationality_else_the_usual(dated):
    set_up()
    found = support()
    assert found.days_for_visa("KEN", "diplomatic") == 10
    assert found.days_for_visa("KEN", "ordinary") == 40
    assert found.days_for_visa("NPL") == found.days_for_visa(None) == 30


@pytest.mark.parametrize("late_first", [True, False])
def test_late_nominations_stand_behind_where_the_first_rule_says_so(dated, late_first):
    set_up(rules=TERMS.rules if late_first else TERMS.rules[::-1])
    assert support().late_behind is late_first


def test_a_session_is_set_up_once(dated):
    set_up()
    with pytest.raises(Conflict, match="set up already"):
        set_up()
    assert names().count("participation.support_set_up") == 1


def test_an_earlier_session_is_offered_for_copying_and_named_in_the_copy(dated):
    plan("AHC-P2", date(2032, 3, 1), "JFK")
    set_up()
    later = reference.get_session("AHC-P2")
    assert [session.code for session in set_up_sessions(but=later.id)] == ["AHC-P1"]
    set_up("AHC-P2", copied_from="AHC-P1")
    assert (support("AHC-P2").copied_from, support("AHC-P2").timezone) == ("AHC-P1", "America/New_York")
    with pytest.raises(NotFound):
        set_up("AHC-P2", copied_from="AHC-P9")


def test_a_change_replaces_rules_and_days_and_names_what_changed(dated):
    set_up()
    changed = replace(TERMS, rules=(Rule("sids", "Decision 1"),), visa_needs=(), first_pass=2)
    services.change_support("AHC-P1", actor=MANAGER, version=version_of(TERMS), terms=changed)
    assert support().terms == changed
    event = db.session.scalars(sa.select(Event).order_by(Event.id.desc())).first()
    assert (event.name, event.data["fields"]) == (
        "participation.support_changed",
        ["first_pass", "rules", "visa_needs"],
    )


def test_the_second_of_two_managers_is_told(dated):
    set_up()
    services.change_support("AHC-P1", actor=MANAGER, version=version_of(TERMS), terms=replace(TERMS, route="Direct"))
    with pytest.raises(Stale):
        services.change_support("AHC-P1", actor=MANAGER, version=version_of(TERMS), terms=replace(TERMS, seats=50))
    assert support().terms.seats == 40


def test_what_an_administrator_changed_meanwhile_is_not_written_over(dated):
    set_up()
    administrator = Actor(person_id=2, roles=frozenset({"administrator"}))
    version = reference.get_session("AHC-P1").version
    sessions.edit_session("AHC-P1", actor=administrator, version=version, seats_funded=44)
    with pytest.raises(Stale):
        services.change_support(
            "AHC-P1", actor=MANAGER, version=version_of(TERMS), terms=replace(TERMS, route="Direct")
        )
    assert reference.get_session("AHC-P1").seats_funded == 44


@pytest.mark.parametrize("role", sorted((OFFICE_ROLES | STATE_ROLES) - {"programme_manager"}))
def test_nobody_else_sets_a_session_up(dated, role):
    with pytest.raises(Forbidden):
        set_up(actor=Actor(person_id=3, roles=frozenset({role})))


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"first_pass": 0}, "first_pass"),
        ({"first_pass": 3}, "first_pass"),
        ({"pays": frozenset()}, "pays"),
        ({"pays": frozenset({"allowance", "contingency"})}, "pays"),
        ({"cabin": "first"}, "cabin"),
        ({"rule_set": ""}, "rule_set"),
        ({"rules": (Rule("ldc", " "),)}, "ldc_source"),
        ({"rules": (Rule("ldc", "A"), Rule("ldc", "B"))}, "ldc_place"),
        ({"rules": (Rule("alphabet", "A"),)}, "alphabet_place"),
        ({"visa_needs": (VisaNeed("KEN", "any", 1), VisaNeed("KEN", "any", 2))}, "visa_needs"),
        ({"days": {**TERMS.days, "round": 401}}, "round_days"),
        ({"days": {**TERMS.days, "round": 10}}, "answer_days"),
        ({"fixed": {"papers": FIRST_DAY.replace(day=4)}}, "papers_on"),
        ({"fixed": {"answer": date(2030, 12, 1)}}, "answer_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(dated, terms, field):
    with pytest.raises(Invalid) as refused:
        set_up(**terms)
    assert list(refused.value.fields) == [field]
    assert support() is None


def test_nominations_that_would_be_closed_at_once_are_asked_about(dated, monkeypatch):
    monkeypatch.setattr("tracker.participation.support.checking.today", lambda: date(2031, 1, 7))
    with pytest.raises(Doubtful) as doubted:
        set_up()
    assert list(doubted.value.fields) == ["nominations_days"]
    services.set_up_support("AHC-P1", actor=MANAGER, terms=TERMS, sure=True)
    assert support().closing_on == date(2030, 12, 9)


def test_every_kind_of_rule_that_a_session_can_choose_orders_states():
    assert ordering.KINDS.keys() == RULE_KINDS.keys()
