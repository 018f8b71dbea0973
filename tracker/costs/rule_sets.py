"""Rule sets of travel cost as dated data: which share of a daily rate a day is worth, and what is paid in advance.

United Nations rates and rules are not public. The two sets that are shipped are stand-ins, labelled so and to be
verified; the office imports its own in the same columns.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tracker.languages.marking import N_

SHIPPED = Path(__file__).parent / "data" / "rule_sets.csv"
PROVIDED = ("breakfast", "lunch", "dinner", "lodging")
MEALS = PROVIDED[:3]
ADVANCES = (Decimal(0), Decimal(75), Decimal(80), Decimal(100))
LONG_STAY = "long_stay_from_day_"
HUNDRED = Decimal(100)


Fault = tuple[str, dict[str, Any]]
"""What is wrong: a message id and its values."""


class RuleSetError(ValueError):
    """A row of a file of rule sets that cannot be taken; `row` counts from 1 after the header."""

    def __init__(self, row: int, what: str) -> None:
        super().__init__(f"row {row}: {what}")
        self.row, self.what = row, what


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules by which one set counts, from `valid_from` until a later row of the same `code`.

    All figures are percentages of the daily rate of the place where the night is spent, but `contingency` (of the
    fare that the fund pays) and `advance` (of the allowance, paid before the journey). `last_day` is the day on
    which one leaves the last place; `same_day` a stay without a night; `transit_night` a night on the way, at the
    rate of the next place; `provided` is taken off for what somebody else provides on a day; `long_stay` holds
    (first day at one place, percentage) in rising order.
    """

    code: str
    valid_from: date
    last_day: Decimal
    same_day: Decimal
    transit_night: Decimal
    advance: Decimal
    contingency: Decimal
    provided: Mapping[str, Decimal] = field(hash=False)
    long_stay: tuple[tuple[int, Decimal], ...]
    source: str
    verified: bool

    def share_of_stay(self, nth_day: int) -> Decimal:
        """The percentage of the rate on the nth day (from 1) at one place."""
        reached = [percent for first, percent in self.long_stay if nth_day >= first]
        return reached[-1] if reached else HUNDRED

    def taken_off(self, provided: Iterable[str]) -> Decimal:
        """The percentage points that what is provided on a day takes off."""
        return sum((self.provided[what] for what in sorted(set(provided))), Decimal(0))


def rule_set_on(sets: Iterable[RuleSet], code: str, day: date) -> RuleSet | None:
    """The rules of a set in force on a day; None when the set begins later or does not exist."""
    begun = [one for one in sets if one.code == code and one.valid_from <= day]
    return max(begun, key=lambda one: one.valid_from, default=None)


def shipped() -> tuple[RuleSet, ...]:
    """The two stand-ins that the tracker is delivered with."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return read(csv.DictReader(file))


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[RuleSet, ...]:
    """Read rule sets from rows of (rule_set, valid_from, parameter, percent, source, verified), as text or as figures.

    Raises RuleSetError for the first row that names an unknown parameter, repeats one, or holds a figure outside its
    limits, and for a set that lacks a parameter.
    """
    found: dict[tuple[str, date], dict[str, Decimal]] = {}
    origins: dict[tuple[str, date], tuple[str, bool, int]] = {}
    for number, row in enumerate(rows, start=1):
        key = (row["rule_set"].strip(), _day(str(row["valid_from"]), number))
        figures = found.setdefault(key, {})
        origins.setdefault(key, (row["source"].strip(), row["verified"] in YES, number))
        name = row["parameter"].strip()
        if name in figures:
            raise RuleSetError(number, f"{name} stands twice")
        if not is_parameter(name):
            raise RuleSetError(number, f"{name!r} is no parameter of a rule set")
        fault, percent = percent_of(name, str(row["percent"]))
        if fault or percent is None:
            raise RuleSetError(number, fault[0] % fault[1] if fault else name)
        figures[name] = percent
    return tuple(_rule_set(key, figures, *origins[key]) for key, figures in sorted(found.items()))


PARAMETERS = ("last_day", "same_day", "transit_night", "advance", "contingency")
YES = ("Y", "y", True)


def lacking(names: Iterable[str]) -> list[str]:
    """The parameters that a rule set needs beside these."""
    return sorted({*PARAMETERS, *(f"provided_{what}" for what in PROVIDED)} - set(names))


def _rule_set(key: tuple[str, date], figures: dict[str, Decimal], source: str, verified: bool, row: int) -> RuleSet:
    code, valid_from = key
    if missing := lacking(figures):
        raise RuleSetError(row, f"rule set {code} of {valid_from} lacks {', '.join(missing)}")
    stays = [(int(name.removeprefix(LONG_STAY)), percent) for name, percent in figures.items() if _is_long_stay(name)]
    return RuleSet(
        code=code,
        valid_from=valid_from,
        provided={what: figures[f"provided_{what}"] for what in PROVIDED},
        long_stay=tuple(sorted(stays)),
        source=source,
        verified=verified,
        **{name: figures[name] for name in PARAMETERS},
    )


def _is_long_stay(name: str) -> bool:
    number = name.removeprefix(LONG_STAY)
    return name.startswith(LONG_STAY) and number.isascii() and number.isdigit() and 1 < int(number) < 10_000


def _day(text: str, row: int) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise RuleSetError(row, f"{text!r} is not a date (YYYY-MM-DD)") from None


def is_parameter(name: str) -> bool:
    """Whether a rule set can have a percentage of this name."""
    provided = name.startswith("provided_") and name.removeprefix("provided_") in PROVIDED
    return name in PARAMETERS or provided or _is_long_stay(name)


def percent_of(name: str, text: str) -> tuple[Fault | None, Decimal | None]:
    """A parameter's percentage, or what is wrong with it."""
    try:
        percent = Decimal(text.strip())
    except InvalidOperation:
        return (N_("“%(text)s” is no percentage."), {"text": text.strip()[:40]}), None
    if not (percent.is_finite() and 0 <= percent <= HUNDRED):
        return (N_("A percentage is between 0 and 100; it is %(text)s."), {"text": text.strip()[:40]}), None
    if name == "advance" and percent not in ADVANCES:
        return (N_("What is paid in advance is 0, 75, 80 or 100 per cent."), {}), None
    return None, percent
