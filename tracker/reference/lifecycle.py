"""What reference data can be, without a database: the kinds, the clocks with their first values, the settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol, TypeVar

from tracker.languages.marking import N_

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


@dataclass(frozen=True, slots=True)
class CountryList:
    """A list of countries: what one member is called, what all of them, and in passing ("least developed")."""

    one: str
    all: str
    passing: str = ""


COUNTRY_LISTS: dict[str, CountryList] = {
    "ldc": CountryList(N_("Least developed country"), N_("Least developed countries"), N_("least developed")),
    "lldc": CountryList(N_("Landlocked developing country"), N_("Landlocked developing countries"), N_("landlocked")),
    "sids": CountryList(N_("Small island developing State"), N_("Small island developing States"), N_("small island")),
    "oda_eligible": CountryList(
        N_("Eligible for official development assistance"), N_("Eligible for official development assistance")
    ),
}
"""By the name of a State's column: whether it is a member."""
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
class OfRequest:
    """How a clock runs on a request: by which of its actions it starts, stops, pauses and goes on.

    `label` stands beside its figure, `explanation` (with %(days)s) says its rule. It is a deadline of the `side`
    "state" or "office", whose people are reminded of it; with `offered` it is none, but the time in which the State
    may do something: nobody is reminded, no list is sorted by it, and a request has it `once`. `passed` is the event
    of its own that says that its end has passed, `weekly` the one that says so again every week, where there are such.
    """

    label: str
    explanation: str
    side: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    offered: bool = False
    passed: str = ""
    weekly: str = ""

    @property
    def once(self) -> bool:
        """Whether a request that had it does not get it again."""
        return self.offered


@dataclass(frozen=True, slots=True)
class Clock:
    """What a clock is called among the settings, how many days it is given at first, whether these are working days,
    and, for a deadline of a request, how it runs there; the others say when reminders go out."""

    label: str
    days: int
    working: bool = True
    of_request: OfRequest | None = None


_GIVEN_BACK = ("withdraw", "return_note")
_DECIDED = ("accept", "decline", "refer", "merge")
CLOCKS = {
    "authorise": Clock(
        N_("Authorise a request in the State"),
        5,
        of_request=OfRequest(
            N_("To authorise the request"),
            N_(
                "The authority is asked to submit the request or to return it within %(days)d working days. Nothing "
                "closes by itself when it takes longer."
            ),
            side="state",
            starts=("ask_authorisation", "return_note"),
            stops=("submit", "return_to_draft", "withdraw"),
            passed="clock.authorisation_overdue",
            weekly="clock.authorisation_awaited",
        ),
    ),
    "acknowledge": Clock(
        N_("Take up a request that was submitted"),
        2,
        of_request=OfRequest(
            N_("To take the request up"),
            N_("The note verbale is to be verified within %(days)d working days after the submission."),
            side="office",
            starts=("submit",),
            stops=("take_up", *_GIVEN_BACK),
        ),
    ),
    "decide": Clock(
        N_("Decide on a request in review"),
        15,
        of_request=OfRequest(
            N_("To decide"),
            N_(
                "A decision is due within %(days)d working days after the submission. The clock stands still from the "
                "day on which the State is asked until the day of its answer."
            ),
            side="office",
            starts=("submit", "reopen"),
            stops=(*_DECIDED, *_GIVEN_BACK),
            pauses=("ask_clarification",),
            resumes=("answer",),
        ),
    ),
    "answer": Clock(
        N_("Answer the office's questions"),
        20,
        of_request=OfRequest(
            N_("To answer the questions"),
            N_(
                "Answers are asked for within %(days)d working days after the questions reached the State. Nothing "
                "closes by itself when they take longer."
            ),
            side="state",
            starts=("record_contact",),
            stops=("answer", *_GIVEN_BACK),
        ),
    ),
    "reopen": Clock(
        N_("Ask to reopen a declined request"),
        15,
        of_request=OfRequest(
            N_("To ask for a second look"),
            N_("A State may ask for a second look once, within %(days)d working days after the decision reached it."),
            side="state",
            starts=("decline",),
            stops=("reopen", *_GIVEN_BACK),
            offered=True,
        ),
    ),
    "instalment_first": Clock(N_("First reminder before an instalment is due"), 30, working=False),
    "instalment_second": Clock(N_("Second reminder before an instalment is due"), 7, working=False),
    "instalment_last": Clock(N_("Last reminder before an instalment is due"), 1, working=False),
    "offer": Clock(N_("Answer an offer of a seat"), 10),
    "offer_first": Clock(N_("First reminder before a seat is to be answered"), 5),
    "offer_second": Clock(N_("Second reminder before a seat is to be answered"), 2),
    "offer_last": Clock(N_("Last reminder before a seat is to be answered"), 1),
    "nomination_first": Clock(N_("First reminder before nominations close"), 15),
    "nomination_second": Clock(N_("Second reminder before nominations close"), 5),
    "nomination_last": Clock(N_("Last reminder before nominations close"), 1),
}
REQUEST_CLOCKS = {name: clock.of_request for name, clock in CLOCKS.items() if clock.of_request is not None}
OFFERED = tuple(name for name, clock in REQUEST_CLOCKS.items() if clock.offered)


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

    id: int
    valid_from: date
    ended_on: date | None


Row = TypeVar("Row", bound=Dated)


def in_force(rows: Iterable[Row], day: date) -> Row | None:
    """Return the row in force on a day, or None; of several, the one that began last. `reference.queries.row_in_force`
    makes the same choice in the database."""
    holding = [row for row in rows if row.valid_from <= day and (row.ended_on is None or day <= row.ended_on)]
    return max(holding, key=_began, default=None)


def in_force_or_nearest(rows: Iterable[Row], day: date) -> Row | None:
    """Return the row in force on a day; without one, of those that ever were, the last to have begun by then or, before
    all of them, the first to begin: for estimates only, never for money that moves."""
    ever = [row for row in rows if row.ended_on is None or row.valid_from <= row.ended_on]
    begun = [row for row in ever if row.valid_from <= day]
    return in_force(begun, day) or max(begun, key=_began, default=None) or min(ever, key=_began, default=None)


def _began(row: Dated) -> tuple[date, int]:
    return row.valid_from, row.id


def last_day_before(valid_from: date) -> date:
    """Return the day on which a row ends that is replaced from `valid_from` on."""
    return valid_from - timedelta(days=1)
