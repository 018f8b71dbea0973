"""What the seats of nominated people would cost, line by line, from what the State says and the office's book.

A line that lacks a rate, a fare, a day or who pays it is missing, never 0: the sum is incomplete then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.calendar.now import today
from tracker.costs import Airport, Book, Estimate, Line, LineKind, Missing, Part, Payer, Rates, Stay, Trip, Visa
from tracker.costs import estimate as cost_of
from tracker.costs import queries as costs
from tracker.costs.converting import in_dollars
from tracker.costs.rule_sets import HUNDRED
from tracker.participation.lifecycle import NOBODY
from tracker.participation.models import Delegate
from tracker.participation.support.terms import Support


@dataclass(frozen=True, slots=True)
class Journey:
    """The days at the place of the session, planned or spent, what somebody else provided there, day by
    day, and which days are for private reasons."""

    arrives_on: date | None
    leaves_on: date | None
    provided: Mapping[date, frozenset[str]] = field(default_factory=dict)
    private: frozenset[date] = frozenset()


def planned(delegate: Delegate) -> Journey:
    """The journey as the State said it."""
    return Journey(delegate.arrives_on, delegate.leaves_on)


def lines_of_journeys(
    journeys: Mapping[int, tuple[Delegate, Journey]], support: Support, kinds: Sequence[LineKind], *, on: date
) -> dict[int, Estimate]:
    """What the lines of these `kinds` are worth for journeys as they were made, whoever pays, by the same numbers.

    Rates and rules are those of the days spent; `on` is the day whose rates of exchange count.
    """
    book, airports = _opened([delegate for delegate, _journey in journeys.values()], support, on, None)
    payers = dict.fromkeys(LineKind, Payer.FUND)
    return {
        number: _cost(delegate, journey, support, book, airports, on=on, payers=payers, paid=tuple(kinds))
        for number, (delegate, journey) in journeys.items()
    }


def estimates_of(
    delegates: Sequence[Delegate], support: Support, *, on: date | None = None, book: Book | None = None
) -> dict[int, Estimate]:
    """The estimate of each delegate's seat by the delegate's id, as it can be said on a day (today); at most three
    statements, one where the `book` is given."""
    if not delegates:
        return {}
    day = on or today()
    book, airports = _opened(delegates, support, day, book)
    return {delegate.id: _estimate(delegate, support, book, airports, day) for delegate in delegates}


def _opened(
    delegates: Sequence[Delegate], support: Support, day: date, book: Book | None
) -> tuple[Book, dict[str, Airport]]:
    codes = {delegate.departure_iata for delegate in delegates if delegate.departure_iata}
    codes |= {support.airport_iata} if support.airport_iata else set()
    return book or costs.open_book(codes, on=day), costs.airports(codes) if codes else {}


def paid_lines(support: Support) -> tuple[LineKind, ...]:
    """The lines that a session's support covers, in their order."""
    return tuple(kind for kind in LineKind if kind in support.terms.pays)


def _estimate(delegate: Delegate, support: Support, book: Book, airports: Mapping[str, Airport], on: date) -> Estimate:
    paid = paid_lines(support)
    unsaid = {kind for kind in paid if _payer(delegate, kind) is None}
    payers = {kind: _payer(delegate, kind) or Payer.FUND for kind in LineKind}
    found = _cost(delegate, planned(delegate), support, book, airports, on=on, payers=payers, paid=paid)
    return replace(found, lines=tuple(_unless_unsaid(line, unsaid) for line in found.lines))


def _cost(
    delegate: Delegate,
    journey: Journey,
    support: Support,
    book: Book,
    airports: Mapping[str, Airport],
    *,
    on: date,
    payers: Mapping[LineKind, Payer],
    paid: tuple[LineKind, ...],
) -> Estimate:
    lacking = tuple(_lacking(delegate, journey, support, book, airports))
    if lacking:
        lines = tuple(_unknown(kind, payers[kind], lacking, delegate) for kind in paid)
        return Estimate(lines, None, support.terms.rule_set, on)
    trip = _trip(delegate, journey, support, book.rates, airports)
    rules = book.rule_set(support.terms.rule_set, trip.stays[0].arrives)
    if rules is None:
        raise ValueError("A missing rule set is told before.")
    return cost_of(trip, rules, book.rates, payers=payers, paid=paid, on=on)


def _payer(delegate: Delegate, kind: LineKind) -> Payer | None:
    """Who pays a line; contingency goes with the fare, and a visa that nobody needs costs the fund nothing."""
    said = delegate.payers[LineKind.FARE if kind is LineKind.CONTINGENCY else kind]
    return Payer.FUND if said == NOBODY else Payer(said) if said else None


def _lacking(
    delegate: Delegate, journey: Journey, support: Support, book: Book, airports: Mapping[str, Airport]
) -> Iterator[Missing]:
    """Without what no journey can be made up."""
    if delegate.departure_iata not in airports:
        yield Missing(LineKind.FARE, "airport")
    if journey.arrives_on is None or journey.leaves_on is None:
        yield Missing(LineKind.ALLOWANCE, "days")
    elif book.rule_set(support.terms.rule_set, journey.arrives_on) is None:
        yield Missing(LineKind.ALLOWANCE, "rule_set", place=support.terms.rule_set, first=journey.arrives_on)
    if support.airport_iata not in airports:
        yield Missing(LineKind.FARE, "place")


def _unknown(kind: LineKind, payer: Payer, lacking: tuple[Missing, ...], delegate: Delegate) -> Line:
    if kind is LineKind.VISA and delegate.payer_visa == NOBODY:
        return Line(kind, payer, 0, (Part("no_visa", 1, 0, "USD", HUNDRED, 0, source=""),))
    return Line(kind, payer, None, missing=tuple(replace(one, line=kind) for one in lacking))


def _unless_unsaid(line: Line, unsaid: set[LineKind]) -> Line:
    """A line of which nobody said who pays it is worth what it is worth, and not known to be the fund's."""
    if line.kind not in unsaid:
        return line
    return replace(line, value=None, missing=(*line.missing, Missing(line.kind, "payer")))


def _trip(
    delegate: Delegate, journey: Journey, support: Support, rates: Rates, airports: Mapping[str, Airport]
) -> Trip:
    home, place = airports[delegate.departure_iata or ""], airports[support.airport_iata or ""]
    if journey.arrives_on is None or journey.leaves_on is None:
        raise ValueError("Missing days are told before.")
    visas = () if delegate.payer_visa == NOBODY else (_visa(place, rates, journey.arrives_on),)
    stay = Stay(place, journey.arrives_on, journey.leaves_on, journey.provided, journey.private)
    return Trip(home, (stay,), cabin=support.terms.cabin, visas=visas)


def _visa(place: Airport, rates: Rates, day: date) -> Visa:
    """What a visa for the place of the session costs by the office's book; unknown where it has no row."""
    known: dict[str, int | None] = {"visa": None, "consulate": None}
    sources: list[str] = []
    for what in known:
        flat = rates.flat_on(what, place.iata, day)
        found = in_dollars(flat.amount, flat.currency, rates) if flat else None
        if flat and found:
            known[what] = found[0]
            sources.append(flat.source)
    return Visa(place.country_iso3, False, known["visa"], known["consulate"], "; ".join(dict.fromkeys(sources)))
