"""Sessions of the demonstration: one that was held, and some to come whose dates are invented and say so."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from tracker.calendar.now import today
from tracker.demo.participants import Participants, read
from tracker.demo.schedule import Schedule
from tracker.participation.support import services as support
from tracker.participation.support.terms import USUAL_DAYS, Rule, Terms
from tracker.reference import queries as reference
from tracker.reference import services as sessions
from tracker.rights.actor import Actor

HELD = "AHC-ROP"
"""The session that was held."""


def open_held(participants: Participants) -> None:
    """Say what the held session pays, long before it."""
    text = next(text for text in read("sessions")["session"] if text["code"] == HELD)
    _set_up(participants["UNODC.programme_manager"], text, {"nominations": text["nominations_on"]})


def write_into(schedule: Schedule, participants: Participants) -> None:
    """Give each session to come its dates and its support on the day on which it was opened."""
    for text in read("sessions")["session"]:
        if "opened" in text:
            schedule.on(text["opened"], partial(_open, participants, text))
        if "held" in text:
            schedule.on(text["held"], partial(_say_held, participants, text["code"]))


def _open(participants: Participants, text: dict[str, Any]) -> None:
    """An administrator gives the dates, a programme manager says what is paid."""
    dates = _dates(text, first_day(text, today()))
    administrator = participants["UNODC.administrator"]
    if text.get("added"):
        sessions.add_session(actor=administrator, code=text["code"], **dates)
    else:
        version = reference.get_session(text["code"]).version
        sessions.edit_session(text["code"], actor=administrator, version=version, **dates)
    _set_up(participants["UNODC.programme_manager"], text, {})


def first_day(text: dict[str, Any], opened_on: date) -> date:
    """The Monday on which a session begins that was opened on a day."""
    starts = opened_on + timedelta(days=text["opened"] + text["starts_in"])
    return starts + timedelta(days=-starts.weekday() % 7)


def _say_held(participants: Participants, code: str) -> None:
    administrator, version = participants["UNODC.administrator"], reference.get_session(code).version
    sessions.edit_session(code, actor=administrator, version=version, status="held")


def _dates(text: dict[str, Any], starts: date) -> dict[str, Any]:
    return {
        **text["facts"],
        "starts_on": starts,
        "ends_on": starts + timedelta(days=text["lasts"]),
        "visa_safe_on": starts - timedelta(days=text["visa_before"]),
    }


def _set_up(manager: Actor, text: dict[str, Any], fixed: dict[str, date]) -> None:
    said = read("sessions")["support"]
    rules = tuple(Rule(**rule) for rule in said["rules"])
    terms = Terms(**{**said, "rules": rules}, days={**USUAL_DAYS, **text["days"]}, fixed=fixed)
    support.set_up_support(text["code"], actor=manager, terms=terms, copied_from=text.get("copied_from"))
