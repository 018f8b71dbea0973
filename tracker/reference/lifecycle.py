"""What reference data can be, without a database: the kinds, the clocks with their first values, the settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol, TypeVar

from tracker.i18n import N_

RESOLUTION_ADOPTED = date(2019, 12, 27)
"""When the General Assembly adopted resolution 74/247; no request under it is older."""
REGIONAL_GROUPS = ("AFR", "APG", "EEG", "GRULAC", "WEOG")
GROUP_NAMES = {
    "AFR": N_("African States"),
    "APG": N_("Asia-Pacific States"),
    "EEG": N_("Eastern European States"),
    "GRULAC": N_("Latin American and Caribbean States"),
    "WEOG": N_("Western European and other States"),
    None: N_("No regional group"),
}
AREA_KINDS = ("group", "assistance", "crosscutting", "participation")
AREA_KIND_NAMES = {
    "group": N_("Heading"),
    "assistance": N_("Technical assistance"),
    "crosscutting": N_("Cross-cutting issue"),
    "participation": N_("Participation"),
}
SESSION_TYPES = (
    "organizational",
    "substantive",
    "concluding",
    "rules_of_procedure",
    "protocol",
    "intersessional",
    "related_event",
)
SESSION_TYPE_NAMES = {
    "organizational": N_("Organizational session"),
    "substantive": N_("Negotiating session"),
    "concluding": N_("Concluding session"),
    "rules_of_procedure": N_("Rules of procedure"),
    "protocol": N_("Supplementary protocol"),
    "intersessional": N_("Intersessional consultation"),
    "related_event": N_("Related event"),
}
SESSION_MODES = ("in person", "hybrid", "online")
SESSION_MODE_NAMES = {"in person": N_("In person"), "hybrid": N_("In person and online"), "online": N_("Online")}
SESSION_STATUSES = ("planned", "held", "cancelled")
SESSION_STATUS_NAMES = {"planned": N_("Planned"), "held": N_("Session held"), "cancelled": N_("Session cancelled")}
BEGINNING = date(2020, 1, 1)
"""The day from which the rules that the tracker is delivered with are in force: before any request."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What a clock is called, how many days it is given at first, and whether these are working days."""

    label: str
    days: int
    working: bool = True


CLOCKS = {
    "acknowledge": Clock(N_("Take up a request that was submitted"), 2),
    "decide": Clock(N_("Decide on a request in review"), 15),
    "answer": Clock(N_("Answer the office's questions"), 20),
    "reopen": Clock(N_("Ask to reopen a declined request"), 15),
    "instalment_first": Clock(N_("First reminder before an instalment is due"), 30, working=False),
    "instalment_second": Clock(N_("Second reminder before an instalment is due"), 7, working=False),
    "instalment_last": Clock(N_("Last reminder before an instalment is due"), 1, working=False),
    "nomination_first": Clock(N_("First reminder before nominations close"), 15),
    "nomination_second": Clock(N_("Second reminder before nominations close"), 5),
    "nomination_last": Clock(N_("Last reminder before nominations close"), 1),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that the office decides: its name, first value, bounds and unit."""

    label: str
    value: Decimal
    lowest: Decimal
    highest: Decimal
    unit: str


SETTINGS = {
    "support_rate": Setting(N_("Programme support cost on what is spent"), Decimal(13), Decimal(0), Decimal(50), "%"),
}


class Dated(Protocol):
    """A row that is in force from a day until it is ended."""

    valid_from: date
    ended_on: date | None


Row = TypeVar("Row", bound=Dated)


def in_force(rows: Iterable[Row], day: date) -> Row | None:
    """Return the row in force on a day, or None; of several, the one that began last."""
    holding = [row for row in rows if row.valid_from <= day and (row.ended_on is None or day <= row.ended_on)]
    return max(holding, key=lambda row: row.valid_from, default=None)


def last_day_before(valid_from: date) -> date:
    """Return the day on which a row ends that is replaced from `valid_from` on."""
    return valid_from - timedelta(days=1)
