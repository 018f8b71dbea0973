"""A session that the office sets up, and what it decides about it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tracker.participation.support import services
from tracker.participation.support.terms import Rule, Terms, VisaNeed
from tracker.reference import queries as reference
from tracker.reference import services as sessions
from tracker.rights.actor import Actor

FIRST_DAY = date(2031, 3, 3)
MANAGER = Actor(person_id=1, roles=frozenset({"programme_manager"}))
TERMS = Terms(
    seats=40,
    first_pass=1,
    seats_per_state=2,
    alternates_per_state=1,
    rule_set="A",
    rules=(Rule("in_time", "A/AC.291/7, annex II"), Rule("ldc", "Resolution 74/247, paragraph 5")),
    visa_needs=(VisaNeed("KEN", "any", 40), VisaNeed("KEN", "diplomatic", 10)),
)


@pytest.fixture
def dated():
    """The first session on a protocol, in Vienna from FIRST_DAY on; gives its code."""
    return plan("AHC-P1", FIRST_DAY, "VIE")


CITIES = {"VIE": "Vienna", "JFK": "New York"}


def plan(code: str, starts_on: date, airport: str) -> str:
    """Give a session its days and its place, as an administrator does."""
    administrator = Actor(person_id=2, roles=frozenset({"administrator"}))
    facts = {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=4), "airport_iata": airport}
    version = reference.get_session(code).version
    return sessions.edit_session(code, actor=administrator, version=version, city=CITIES[airport], **facts)


def set_up(code: str = "AHC-P1", *, actor: Actor = MANAGER, copied_from: str | None = None, **others) -> str:
    """Set a session's support up with TERMS, but for what a test says itself."""
    return services.set_up_support(code, actor=actor, terms=replace(TERMS, **others), copied_from=copied_from)
