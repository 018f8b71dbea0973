"""What of a session's figures is published: merged so that nothing tells of fewer than three States. Pure.

A State is named only where it agreed to publish a summary, what was paid for it only where it agreed to amounts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any

from tracker.participation.board.groups import REGIONS, SPECIAL
from tracker.participation.board.queries import Board
from tracker.participation.lifecycle import Gender
from tracker.participation.seats.lifecycle import SeatUse
from tracker.reporting.facts import Facts, SeatFact
from tracker.reporting.merging import FEWEST, Amounts, columns, publishable, told_to_all
from tracker.reporting.readers import Known, Reader, known_of, readers_of, states_known

Figure = int | None
"""A published figure; None where too few States stand behind it."""


@dataclass(frozen=True, slots=True)
class Row:
    """Asked, given and used as they are published of one group; nought and what is merged read the same. `without` is
    how many have no seat, None unless it follows from the figures that are shown of the same people."""

    label: str
    asked: Figure
    given: Figure
    used: Figure
    without: Figure = None


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
    used: Figure
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
    settled: bool
    recorded: bool

    @property
    def is_empty(self) -> bool:
        """Nothing is published."""
        return not (self.named or any((self.regions.whole.asked, self.regions.whole.given, self.paid_minor)))


def shown_of(board: Board, named: Collection[str] = (), known: Sequence[Known] = ()) -> tuple[Shown, Shown]:
    """What is published of a board by regional group and by list, both together kept from telling of few, also to
    donors (`known`: what each knows of the seats that it pays)."""
    states = {row.iso3: row for row in (*board.given, *board.rows)}
    groups = [list(states), *([one for one, row in states.items() if of.has(row)] for of in (*REGIONS, *SPECIAL))]
    asked, given, used = columns(groups, _counted(board), named, [(frozenset[str](), *one) for one in known])
    labels = ("", *(one.label for one in (*REGIONS, *SPECIAL)))
    cells = zip(labels, asked, given, used, strict=True)
    rows = [Row(label, people, seats, made, left_over(people, seats)) for label, people, seats, made in cells]
    regions, lists = rows[1 : len(REGIONS) + 1], rows[len(REGIONS) + 1 :]
    nothing = Row("", None, None, None)
    return Shown(rows[0], tuple(regions), _merged(rows[0], regions)), Shown(rows[0], tuple(lists), nothing)


def left_over(asked: Figure, given: Figure) -> Figure:
    """How many have no seat, where both figures can be read."""
    return asked - given if asked and given and asked >= given else None


def _counted(board: Board) -> list[Amounts]:
    """People who asked, seats that stand and seats that were used, by State; nobody used one before of all it is known:
    two reports read one after the other would tell whose journey was recorded in between."""
    made = board.made if board.is_recorded else ()
    asked: dict[str, int] = defaultdict(int)
    for row in board.rows:
        asked[row.iso3] += row.delegates
    return [Amounts(dict(asked)), *(Amounts(_seats(of)) for of in (board.standing, made))]


def _seats(rows: Iterable[Any]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row.iso3] += row.number
    return dict(found)


def _merged(whole: Row, groups: Sequence[Row]) -> Row:
    """What the groups that are not shown have together; who has no seat only where the same ones are not shown."""

    def left(name: str) -> Figure:
        total = getattr(whole, name)
        return None if total is None else total - sum(getattr(one, name) or 0 for one in groups)

    asked, given = left("asked"), left("given")
    same = all(bool(one.asked) == bool(one.given) for one in groups)
    return Row("", asked, given, left("used"), left_over(asked, given) if same else None)


def publication(facts: Facts, consents: Mapping[int, frozenset[str]]) -> Publication:
    """The public edition of these facts. `consents` are the fields that States agreed to show the public, by request;
    a State is named where it agreed for each of its requests."""
    named = agreed(facts.board, consents, "summary")
    with_amounts = named & agreed(facts.board, consents, "amounts")
    readers = readers_of(facts)
    regions, lists = shown_of(facts.board, named, [known_of(one, facts.seats) for one in readers])
    paid = _paid(facts) if facts.settled else {}
    paid_minor, without, costs = _costs(facts, regions, paid, with_amounts)
    bought, in_time = _tickets(facts, readers)
    unnamed = {row.iso3 for row in facts.board.rows if row.delegates} - named
    others = [unnamed - {seat.iso3 for seat in facts.seats if seat.id in one.seats} for one in readers]
    paying = {one.pledge_id for one in facts.money if one.paid_minor > 0}
    donors = len({one.donor for one in facts.pledges if one.id in paying})
    return Publication(
        states=len(unnamed) + len(named) if all(map(_enough, (unnamed, *others))) else None,
        regions=regions,
        lists=lists,
        women=_women(facts.seats, readers),
        paid_minor=paid_minor,
        without_journey_minor=without,
        costs=costs,
        tickets=bought,
        in_time=in_time,
        ticket_days=facts.ticket_days,
        donors=donors if facts.settled and donors >= FEWEST else None,
        named=tuple(_named(facts, one, paid if one in with_amounts and paid else None) for one in sorted(named)),
        settled=facts.settled,
        recorded=facts.board.is_recorded,
    )


def agreed(board: Board, consents: Mapping[int, frozenset[str]], field: str) -> frozenset[str]:
    """The States that agreed to publish a field of every request of theirs that asks for people or has a seat."""
    by_state: dict[str, bool] = {}
    for row in board.rows:
        by_state[row.iso3] = by_state.get(row.iso3, True) and field in consents.get(row.id, ())
    for row in board.given:
        by_state[row.iso3] = by_state.get(row.iso3, True) and field in consents.get(row.request_id, ())
    return frozenset(iso3 for iso3, yes in by_state.items() if yes)


def _paid(facts: Facts) -> Mapping[int, int]:
    found: dict[int, int] = defaultdict(int)
    for one in facts.money:
        if one.seat_id is not None:
            found[one.seat_id] += one.paid_minor
    return found


def _costs(
    facts: Facts, regions: Shown, paid: Mapping[int, int], named: Collection[str]
) -> tuple[Figure, Figure, tuple[CostShown, ...]]:
    """What was paid for all seats, what of it without a journey, and what seats cost that were used, by regional group
    with all as the last. A State can have seats of both kinds, so that each kind is judged alone: all seats stand
    beside both, or beside the groups of which every payment was for a journey. Nothing before the session is settled:
    two reports read one after the other would tell what was paid in between."""
    seats, readers = facts.seats, readers_of(facts)
    used = [one for one in seats if one.use is SeatUse.USED]
    unused = [one for one in seats if one.use is not SeatUse.USED]
    groups = [[seat for seat in used if of.has(seat)] for of in REGIONS]

    def judged(*sets: Sequence[SeatFact]) -> list[bool]:
        paying = [[one for one in those if paid.get(one.id)] for those in sets]
        behind = [{one.iso3 for one in those} for those in paying]
        known = [states_known(one.alone, chain(*paying)) for one in readers]
        judgements = told_to_all(behind, named, known), publishable(behind)
        return [a and b and facts.settled for a, b in zip(*judgements, strict=True)]

    def told(those: Sequence[SeatFact], ok: bool) -> Figure:
        return sum(paid.get(one.id, 0) for one in those) if ok else None

    (apart,), (together, *yes) = judged(unused), judged(used, *groups)
    whole = apart and together
    if not whole:
        clean = [not any(paid.get(one.id) for one in unused if of.has(one)) for of in REGIONS]
        whole, *yes = judged(seats, *(those if ok else () for those, ok in zip(groups, clean, strict=True)))
        apart = together = False
        yes = [a and b for a, b in zip(yes, clean, strict=True)]
    rows = [*zip(regions.groups, groups, yes, strict=True), (regions.whole, used, together)]
    costs = tuple(CostShown(row.label, row.used, told(those, ok)) for row, those, ok in rows)
    return told(seats, whole), told(unused, apart), costs


def _enough(states: Collection[str]) -> bool:
    return not states or len(states) >= FEWEST


def _tell(readers: Sequence[Reader], *parts: Sequence[SeatFact]) -> bool:
    """Whether each of these parts of the seats is of three States or of none, also without those that a donor pays. No
    seat is in two of them, so that sums and differences of theirs are of three States, too."""
    own = [frozenset[int](), *(one.seats for one in readers)]
    return all(_enough({one.iso3 for one in part if one.id not in seats}) for part in parts for seats in own)


def _women(seats: Sequence[SeatFact], readers: Sequence[Reader]) -> tuple[int, int] | None:
    """Women in seats that stand, and of how many it is said, where neither women nor men nor those who did not say it
    are those of few States: how many sit in seats is published beside it. Where nobody is a woman, or a man, it would
    be said of each."""
    standing = [one for one in seats if not one.given_back]
    said = [one for one in standing if one.gender != Gender.NOT_STATED]
    women = [one for one in said if one.gender == Gender.WOMAN]
    men = [one for one in said if one.gender != Gender.WOMAN]
    silent = [one for one in standing if one.gender == Gender.NOT_STATED]
    return (len(women), len(said)) if women and men and _tell(readers, women, men, silent) else None


def _tickets(facts: Facts, readers: Sequence[Reader]) -> tuple[Figure, Figure]:
    """Tickets bought, and those of them in time. How many sit in seats is published beside it: those without a ticket
    and those with one whose seat was given back are not those of few States either."""
    last = facts.ticket_day
    bought = [one for one in facts.seats if one.ticket_on is not None]
    early = [one for one in bought if one.ticket_on and last and one.ticket_on <= last]
    late = [one for one in bought if one not in early]
    without = [one for one in facts.seats if one.ticket_on is None and not one.given_back]
    every = _tell(readers, without, *_by_end(bought))
    both = last is not None and every and _tell(readers, *_by_end(early), *_by_end(late))
    return len(bought) if every else None, len(early) if both else None


def _by_end(seats: Sequence[SeatFact]) -> tuple[list[SeatFact], list[SeatFact]]:
    return [one for one in seats if not one.given_back], [one for one in seats if one.given_back]


def _named(facts: Facts, iso3: str, paid: Mapping[int, int] | None) -> Named:
    board = facts.board
    return Named(
        iso3,
        board.people_with(iso3=iso3),
        board.standing_of(lambda row: row.iso3 == iso3),
        board.travelled_of(lambda row: row.iso3 == iso3) if board.is_recorded else None,
        None if paid is None else sum(paid.get(one.id, 0) for one in facts.seats if one.iso3 == iso3),
    )
