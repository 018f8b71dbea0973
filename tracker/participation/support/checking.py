"""What cannot be in a session's support, and what is seldom meant: sentences by the field of the form. Pure."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

from tracker.calendar.now import today
from tracker.languages.marking import lazy
from tracker.participation.support.dates import day_of
from tracker.participation.support.lifecycle import CABIN_LABELS, MOST_DAYS, PAID_LINES, RULE_KINDS, STEPS
from tracker.participation.support.terms import Terms
from tracker.reference import doubts


def wrong_in(terms: Terms, starts_on: date | None) -> dict[str, Any]:
    """What the database or a later stage could not take."""
    return {
        **_wrong_seats(terms),
        **_wrong_lines(terms),
        **_wrong_rules(terms),
        **_wrong_visas(terms),
        **_wrong_days(terms, starts_on),
        **_wrong_phones(terms),
    }


def doubted(terms: Terms, session: Any) -> dict[str, Any]:
    """More seats for each State than there are, and nominations that would be closed at once."""
    found = doubts.of_session(terms.seats, terms.seats_per_state)
    closes = day_of("nominations", session.starts_on, terms.days, terms.fixed)
    begun = session.starts_on is not None and session.starts_on <= today()
    if closes and closes < today() and closes != session.closing_on and not begun:
        found["nominations_days"] = lazy("Nominations would be closed at once: this day has passed.")
    return found


def _wrong_seats(terms: Terms) -> dict[str, Any]:
    if terms.first_pass < 1:
        return {"first_pass": lazy("Give a number of seats from 1 to 50.")}
    if terms.first_pass > terms.seats_per_state:
        return {"first_pass": lazy("That is more than a State can have in all passes together.")}
    return {}


_PHONE = re.compile(r"\+[0-9][0-9 ]{5,30}")


def _wrong_phones(terms: Terms) -> dict[str, Any]:
    """Delegates call from every country: a number begins with the code of its own."""
    said = {"phone_day": terms.phone_day, "phone_night": terms.phone_night}
    message = lazy("Enter the number with the code of the country, for example +43 1 0000 0101.")
    return {name: message for name, phone in said.items() if phone and not _PHONE.fullmatch(phone)}


def _wrong_lines(terms: Terms) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if not terms.pays or terms.pays - PAID_LINES.keys():
        wrong["pays"] = lazy("Choose at least one line that is paid.")
    elif "contingency" in terms.pays and "fare" not in terms.pays:
        wrong["pays"] = lazy("Contingency is for fares that rise: it is paid with the ticket or not at all.")
    if terms.cabin not in CABIN_LABELS:
        wrong["cabin"] = lazy("Choose a class.")
    if not terms.rule_set:
        wrong["rule_set"] = lazy("Choose the rules by which costs are counted.")
    return wrong


def _wrong_rules(terms: Terms) -> dict[str, Any]:
    wrong: dict[str, Any] = {
        f"{rule.kind}_source": lazy("Say where the States agreed on this rule.")
        for rule in terms.rules
        if not rule.source.strip()
    }
    for kind, times in Counter(rule.kind for rule in terms.rules).items():
        if times > 1 or kind not in RULE_KINDS:
            wrong[f"{kind}_place"] = lazy("A rule stands at one place only.")
    return wrong


def _wrong_visas(terms: Terms) -> dict[str, Any]:
    times = Counter((need.nationality_iso3, need.passport) for need in terms.visa_needs)
    if max(times.values(), default=0) > 1:
        return {"visa_needs": lazy("A nationality stands twice with the same kind of passport.")}
    return {}


def _wrong_days(terms: Terms, starts_on: date | None) -> dict[str, Any]:
    """Days out of bounds, after the first day, or before the day of the step before."""
    wrong: dict[str, Any] = {}
    days = {step: day_of(step, starts_on, terms.days, terms.fixed) for step in STEPS}
    for step, day in days.items():
        at = f"{step}_on" if step in terms.fixed else f"{step}_days"
        if not 0 <= terms.days[step] <= MOST_DAYS:
            wrong[f"{step}_days"] = lazy("Give a number of days from 0 to 400.")
        elif day and (starts_on is None or day > starts_on):
            wrong[at] = lazy("This day is not after the start of the session, which must be known.")
    for before, step in pairwise(STEPS):
        earlier, later = days[before], days[step]
        if earlier and later and later < earlier and not wrong:
            at = f"{step}_on" if step in terms.fixed else f"{step}_days"
            wrong[at] = lazy("This day lies before the one of the step above.")
    return wrong
