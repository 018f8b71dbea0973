"""What of each line is due: allowance and terminals by the rules of costs, the rest as it was billed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.costs.lines import Line, LineKind, Missing
from tracker.costs.sentences import lacks
from tracker.errors import Conflict, Invalid
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy, one_text
from tracker.money import FUND_CURRENCY
from tracker.participation.deviations.doors import above_comparable
from tracker.participation.deviations.queries import fare_most, private_days_of
from tracker.participation.estimating import Journey, lines_of_journeys
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.settling.lifecycle import (
    BY_INVOICE,
    FLAT,
    Billed,
    Entry,
    LineSums,
    Spent,
    problems_of_days,
)
from tracker.participation.settling.queries import Settling
from tracker.participation.support.terms import Support
from tracker.participation.travel.by_day import at_the_place, from_plain


@dataclass(frozen=True, slots=True)
class Due:
    """What of a line is due, in cents of the dollar, with its invoice or the parts of its sum."""

    kind: str
    amount_minor: int
    invoice: str = ""
    parts: tuple[Any, ...] = ()


class NotCounted(Conflict):
    """A rate or a day is missing, without which what is due cannot be counted."""


Flat = Mapping[LineKind, Line]


def dues(lines: Iterable[LineSums], entry: Entry, flat: Flat, *, state_bears: bool = False) -> list[Due]:
    """What is due of each line that the fund pays; nothing, where the State bears a journey that was not made. Raises
    Invalid for a bill that is not said, NotCounted."""
    if state_bears:
        return [Due(line.kind, 0) for line in lines]
    problems: dict[str, Any] = {}
    found = []
    for line in lines:
        kind = LineKind(line.kind)
        if kind in FLAT:
            found.append(_counted(kind, flat[kind]) if flat else Due(kind, 0))
        elif kind in BY_INVOICE:
            bill = entry.bills.get(kind)
            problems |= _problem(line, bill)
            found.append(Due(kind, bill.amount_minor, bill.invoice) if bill else Due(kind, 0))
        else:
            found.append(Due(kind, 0))  # contingency is used by the fare, never due itself
    if problems:
        raise Invalid(fields=problems)
    return found


def _problem(line: LineSums, bill: Billed | None) -> dict[str, Any]:
    kind = line.kind
    if bill is None or bill.amount_minor < 0:
        return {f"{kind}_amount": lazy("Enter what the invoice says, 0 where nothing is due.")}
    if line.is_closed and bill.amount_minor > line.paid_minor:
        paid = format_money(line.paid_minor, FUND_CURRENCY)
        sentence = lazy(
            "Nothing is held for this seat any more: no more than the %(paid)s that was paid can be due. Enter at most "
            "that; what is billed above it is paid outside this seat: name it in the remark.",
            paid=paid,
        )
        return {f"{kind}_amount": sentence}
    if bill.amount_minor and not bill.invoice:
        return {f"{kind}_invoice": lazy("Enter the number of the invoice or the reference in the finance system.")}
    return {}


def _counted(kind: LineKind, line: Line) -> Due:
    if line.value is None:
        raise NotCounted(one_text((lazy("What is due cannot be counted:"), *map(_lacks, line.missing))))
    return Due(kind, line.value, parts=line.parts)


def _lacks(missing: Missing) -> Any:
    return f"{lacks(missing)}."


def was_made(one: Settling) -> bool:
    """Whether the delegate travelled: who did not has no days and no allowance."""
    return one.seat.status == SeatStatus.TRAVELLED


def flat_lines(
    seats: Sequence[Settling], spent: Mapping[int, Spent], support: Support | None
) -> dict[int, dict[LineKind, Line]]:
    """Allowance and terminals of journeys that were made, by the seat's id; four statements for seats that were given
    on one day. Rates of exchange are those of the day on which the seat was given, as its estimate has them."""
    by_day: dict[date, list[Settling]] = defaultdict(list)
    for one in seats:
        if was_made(one):
            by_day[day_of(one.seat.selected_at)].append(one)
    if by_day and support is None:
        raise NotCounted(lazy("What this session pays is not set up yet."))
    found: dict[int, dict[LineKind, Line]] = {one.seat.id: {} for one in seats}
    private = private_days_of(found) if by_day else {}
    for day, rows in by_day.items():
        journeys = {
            one.seat.id: (one.person, _journey(spent[one.seat.id], private.get(one.seat.id, frozenset())))
            for one in rows
        }
        lines = lines_of_journeys(journeys, _known(support), FLAT, on=day)
        for one in rows:
            found[one.seat.id] = {line.kind: line for line in lines[one.seat.id].lines}
    return found


def _known(support: Support | None) -> Support:
    if support is None:
        raise NotCounted(lazy("What this session pays is not set up yet."))
    return support


def _journey(spent: Spent, private: frozenset[date]) -> Journey:
    return Journey(spent.arrives_on, spent.leaves_on, spent.provided, private)


def check_fare(one: Settling, entry: Entry) -> None:
    """Raises Invalid where the ticket of a journey that differs for private reasons is billed above what is paid."""
    bill, most = entry.bills.get(LineKind.FARE), fare_most(one.seat.id)
    if bill is not None and most is not None and bill.amount_minor > most:
        raise Invalid(fields={f"{LineKind.FARE}_amount": above_comparable(most)})


def check_days(one: Settling, spent: Spent) -> None:
    """Raises Invalid where the days of a journey that was made are not said or cannot be, by field."""
    if was_made(one) and (problems := problems_of_days(spent, today())):
        raise Invalid(fields=problems)


def as_planned(one: Settling) -> Entry:
    """What is entered where all went as planned: the days and what was provided as the travel desk recorded them, else
    the days of the nomination and nothing; bills as they were paid."""
    bills = {line.kind: Billed(line.paid_minor, one.invoices.get(line.kind, "")) for line in one.lines}
    return Entry(_usual_days(one), {kind: bill for kind, bill in bills.items() if kind in BY_INVOICE})


def _usual_days(one: Settling) -> Spent:
    journey = one.journey
    if not was_made(one):
        return Spent()
    if journey is None or journey.first_day is None:
        return Spent(one.person.arrives_on, one.person.leaves_on)
    days = journey.first_day, journey.last_day
    return Spent(*days, at_the_place(from_plain(journey.provided), *days))
