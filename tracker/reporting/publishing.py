"""What of a session's figures is published: merged so that nothing tells of fewer than three States. Pure.

A State is named only where it agreed to publish a summary, what was paid for it only where it agreed to amounts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tracker.participation.board.groups import REGIONS, SPECIAL
from tracker.participation.board.queries import Board
from tracker.participation.lifecycle import Gender
from tracker.participation.seats.lifecycle import SeatUse
from tracker.reporting.facts import Facts, SeatFact
from tracker.reporting.merging import FEWEST, Amounts, columns, publishable

Figure = int | None
"""A published figure; None where too few States stand behind it."""


@dataclass(frozen=True, slots=True)
class Row:
    """Asked, given and used as they are published of one group; nought and what is merged read the same."""

    label: str
    asked: Figure
    given: Figure
    used: Figure


@dataclass(frozen=True, slots=True)
class Shown:
    """Everybody, the groups, and what is merged of those that are not shown (None where the whole is not shown)."""

    whole: Row
    groups: tuple[Row, ...]
    merged: Row


@dataclass(frozen=True, slots=True)
class CostShown:
    """What seats cost in which somebody travelled, in cents of the dollar."""

    label: str
    seats: Figure
    paid_minor: Figure

    @property
    def average_minor(self) -> Figure:
        """For one seat, where both are published."""
        return round(Fraction(self.paid_minor, self.seats)) if self.seats and self.paid_minor is not None else None


@dataclass(frozen=True, slots=True)
class Named:
    """A State that agreed to be shown; `paid_minor` is None where it did not agree to publish amounts."""

    iso3: str
    asked: int
    given: int
    used: int
    paid_minor: Figure


@dataclass(frozen=True, slots=True)
class Publication:
    """The public edition of a session's report."""

    states: Figure
    regions: Shown
    lists: Shown
    women: tuple[int, int] | None
    paid_minor: Figure
    without_journey_minor: Figure
    costs: tuple[CostShown, ...]
    tickets: Figure
    in_time: Figure
    ticket_days: int
    donors: Figure
    named: tuple[Named, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing is published."""
        return not (self.named or any((self.regions.whole.asked, self.regions.whole.given, self.paid_minor)))


def shown_of(board: Board, named: Collection[str] = ()) -> tuple[Shown, Shown]:
    """What is published of a board by regional group and by list, both together kept from telling of few."""
    states = {row.iso3: row for row in board.rows}
    groups = [list(states), *([one for one, row in states.items() if of.has(row)] for of in (*REGIONS, *SPECIAL))]
    asked, given, used = columns(groups, _counted(board), named)
    rows = [
        Row(label, *cells)
        for label, *cells in zip(("", *(one.label for one in (*REGIONS, *SPECIAL))), asked, given, used, strict=True)
    ]
    regions, lists = rows[1 : len(REGIONS) + 1], rows[len(REGIONS) + 1 :]
    nothing = Row("", None, None, None)
    return Shown(rows[0], tuple(regions), _merged(rows[0], regions)), Shown(rows[0], tuple(lists), nothing)


def _counted(board: Board) -> list[Amounts]:
    """People who asked, seats that stand and seats that were used, by State."""
    state_of = {row.id: row.iso3 for row in board.rows}
    asked: dict[str, int] = defaultdict(int)
    for row in board.rows:
        asked[row.iso3] += row.delegates
    return [Amounts(dict(asked)), *(Amounts(_seats(of, state_of)) for of in (board.standing, board.made))]


def _seats(rows: Iterable[Any], state_of: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.request_id in state_of:
            found[state_of[row.request_id]] += row.number
    return dict(found)


def _merged(whole: Row, groups: Sequence[Row]) -> Row:
    """What the groups that are not shown have together."""

    def left(name: str) -> Figure:
        total = getattr(whole, name)
        return None if total is None else total - sum(getattr(one, name) or 0 for one in groups)

    return Row("", left("asked"), left("given"), left("used"))


def publication(facts: Facts, consents: Mapping[int, frozenset[str]]) -> Publication:
    """The public edition of these facts. `consents` are the fields that States agreed to show the public, by request;
    a State is named where it agreed for each of its requests."""
    named = agreed(facts.board, consents, "summary")
    with_amounts = named & agreed(facts.board, consents, "amounts")
    regions, lists = shown_of(facts.board, named)
    paid = _paid(facts)
    paid_minor, without, costs = _costs(facts.seats, regions, paid, with_amounts)
    bought, in_time = _tickets(facts)
    unnamed = {row.iso3 for row in facts.board.rows if row.delegates} - named
    donors = len({one.donor for one in facts.pledges})
    return Publication(
        states=len(unnamed) + len(named) if len(unnamed) >= FEWEST or not unnamed else None,
        regions=regions,
        lists=lists,
        women=_women(facts.seats),
        paid_minor=paid_minor,
        without_journey_minor=without,
        costs=costs,
        tickets=bought,
        in_time=in_time,
        ticket_days=facts.ticket_days,
        donors=donors if donors >= FEWEST else None,
        named=tuple(_named(facts, one, paid if one in with_amounts else None) for one in sorted(named)),
    )


def agreed(board: Board, consents: Mapping[int, frozenset[str]], field: str) -> frozenset[str]:
    """The States that agreed to publish a field of every request of theirs on the board."""
    by_state: dict[str, bool] = {}
    for row in board.rows:
        by_state[row.iso3] = by_state.get(row.iso3, True) and field in consents.get(row.id, ())
    return frozenset(iso3 for iso3, yes in by_state.items() if yes)


def _paid(facts: Facts) -> Mapping[int, int]:
    found: dict[int, int] = defaultdict(int)
    for one in facts.money:
        if one.seat_id is not None:
            found[one.seat_id] += one.paid_minor
    return found


def _costs(
    seats: Sequence[SeatFact], regions: Shown, paid: Mapping[int, int], named: Collection[str]
) -> tuple[Figure, Figure, tuple[CostShown, ...]]:
    """What was paid for all seats, what of it without a journey, and what seats cost that were used, by regional group
    with all as the last. Of a State whose amount is published its journeys are not: both ways nothing tells of few."""
    used = [one for one in seats if one.use is SeatUse.USED]
    unused = [one for one in seats if one.use is not SeatUse.USED]
    sets = [seats, used, unused, *([seat for seat in used if of.has(seat)] for of in REGIONS)]
    behind = [{one.iso3 for one in those if paid.get(one.id)} for those in sets]
    yes = [a and b for a, b in zip(publishable(behind, named), publishable(behind), strict=True)]
    sums = [sum(paid.get(one.id, 0) for one in those) if ok else None for those, ok in zip(sets, yes, strict=True)]
    rows = [*zip(regions.groups, sums[3:], strict=True), (regions.whole, sums[1])]
    return sums[0], sums[2], tuple(CostShown(row.label, row.used, minor) for row, minor in rows)


def _women(seats: Sequence[SeatFact]) -> tuple[int, int] | None:
    """Women in seats that stand, and of how many it is said, where neither women nor men are those of few States."""
    said = [one for one in seats if not one.given_back and one.gender != Gender.NOT_STATED]
    women = [one for one in said if one.gender == Gender.WOMAN]
    men = [one for one in said if one.gender != Gender.WOMAN]
    shown = publishable([{one.iso3 for one in those} for those in (said, women, men)])
    return (len(women), len(said)) if said and all(shown) else None


def _tickets(facts: Facts) -> tuple[Figure, Figure]:
    """Tickets bought, and those of them in time."""
    last = facts.ticket_day
    bought = [one for one in facts.seats if one.ticket_on is not None]
    early = [one for one in bought if one.ticket_on and last and one.ticket_on <= last]
    late = [one for one in bought if one not in early]
    every, *both = publishable([{one.iso3 for one in those} for those in (bought, early, late)])
    return len(bought) if every else None, len(early) if every and all(both) and last else None


def _named(facts: Facts, iso3: str, paid: Mapping[int, int] | None) -> Named:
    board = facts.board
    return Named(
        iso3,
        board.people_with(iso3=iso3),
        board.standing_of(lambda row: row.iso3 == iso3),
        board.travelled_of(lambda row: row.iso3 == iso3),
        None if paid is None else sum(paid.get(one.id, 0) for one in facts.seats if one.iso3 == iso3),
    )
