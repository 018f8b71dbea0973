"""What is seldom meant when the office changes its rules, and what a change would move: said before it is saved."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from tracker.errors import Doubtful
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.reference.lifecycle import in_force_or_nearest
from tracker.reference.models import ExchangeRate
from tracker.reference.queries import rate_history

FAR = 100
"""A rate so many times above or below the one before is more often a slip than a rate."""
USUAL = 10
"""Per cent by which a rate may differ from the one before without a word: most move less in a month."""
MOST_SAID = 40
"""Sentences about one file, at most."""

Foresee = Callable[[str, int], tuple[int, int]]
_foresee: list[Foresee] = []


def register(foresee: Foresee) -> None:
    """Let a higher room say how many running deadlines a clock of so many days would move, and how many of these would
    then be late."""
    if foresee not in _foresee:
        _foresee.append(foresee)


Revalue = Callable[[str, Decimal, date], list[Any]]
_revalue: list[Revalue] = []


def register_rates(revalue: Revalue) -> None:
    """Let a higher room say, in sentences, what a rate of a currency would move that holds from a day on."""
    if revalue not in _revalue:
        _revalue.append(revalue)


def unless(sure: bool, found: dict[str, Any]) -> None:
    """Raise Doubtful with these sentences, by field, unless the person has read them and is sure."""
    if found and not sure:
        raise Doubtful(fields=found)


def of_clock(clock: str, working_days: int) -> dict[str, Any]:
    """A clock of no days, and what the new number of days would move."""
    said = [lazy("A clock of 0 days ends on the day on which it starts.")] if working_days == 0 else []
    for foresee in _foresee:
        moved, late = foresee(clock, working_days)
        if moved:
            said.append(
                lazy("Running deadlines that would move: %(moved)d. Late at once: %(late)d.", moved=moved, late=late)
            )
    return {"working_days": said} if said else {}


def of_new_rate(currency: str, units_per_usd: Decimal, valid_from: date) -> dict[str, Any]:
    """What is doubted of a rate that a person types, and what it would move."""
    said = list(of_rate(currency, units_per_usd, valid_from).get("units_per_usd", []))
    if units_per_usd.is_finite() and units_per_usd > 0:
        for revalue in _revalue:
            said += revalue(currency, units_per_usd, valid_from)
    return {"units_per_usd": said} if said else {}


def of_new_rates(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What is doubted of a file of rates, and what each currency's newest one would move; a sentence names its rate."""
    said, by_currency = [], itemgetter("currency")
    for currency, its in groupby(sorted(rows, key=itemgetter("currency", "valid_from")), key=by_currency):
        *earlier, newest = its
        found = [(row, of_rate(currency, row["units_per_usd"], row["valid_from"])) for row in earlier]
        found.append((newest, of_new_rate(currency, newest["units_per_usd"], newest["valid_from"])))
        for row, doubted in found:
            said += [_of_file(row, words) for words in doubted.get("units_per_usd", [])]
    return {"file": said[:MOST_SAID]} if said else {}


def _of_file(row: dict[str, Any], words: Any) -> Any:
    rate = {"currency": row["currency"], "day": format_day(row["valid_from"])}
    return lazy("%(currency)s of %(day)s: %(words)s", **rate, words=words)


def of_rate(currency: str, units_per_usd: Decimal, valid_from: date) -> dict[str, Any]:
    """A rate that differs much from the one before."""
    before: ExchangeRate | None = in_force_or_nearest(rate_history(currency), valid_from)
    if before is None or not (units_per_usd.is_finite() and units_per_usd > 0):
        return {}
    off = units_per_usd / before.units_per_usd
    of_before = {"day": format_day(before.valid_from), "units": f"{before.units_per_usd.normalize():f}"}
    if not 1 / Decimal(FAR) < off < FAR:
        said = lazy(
            "The rate before, of %(day)s, is %(units)s: this one is more than a hundred times off.", **of_before
        )
    elif abs(per_cent := int((off - 1) * 100)) >= USUAL:
        more = lazy(
            "The rate before, of %(day)s, is %(units)s: this one is %(off)d per cent higher.", off=per_cent, **of_before
        )
        less = lazy(
            "The rate before, of %(day)s, is %(units)s: this one is %(off)d per cent lower.", off=-per_cent, **of_before
        )
        said = more if per_cent > 0 else less
    else:
        return {}
    return {"units_per_usd": [said]}


def of_session(seats_funded: int | None, seats_per_state: int | None) -> dict[str, Any]:
    """More seats for each State than there are seats."""
    if seats_funded and seats_per_state and seats_per_state > seats_funded:
        return {"seats_per_state": lazy("That is more for each State than there are funded seats.")}
    return {}
