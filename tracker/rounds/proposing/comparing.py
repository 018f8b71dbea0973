"""The proposal beside what is simpler: whoever asked first, and the order of the rules served one by one. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tracker.rounds.giving import Given
from tracker.rounds.ordering import Candidate
from tracker.rounds.proposing.model import OpenSeat
from tracker.rounds.proposing.proposal import funds_after, open_seats, parts_of, seats_left
from tracker.rounds.proposing.question import Fund, Question, pass_of

GROUPS = ("ldc", "lldc", "sids")


@dataclass(frozen=True, slots=True)
class Figures:
    """What seats amount to: States with one, people, the lowest share given of asked among the groups of States (none:
    nobody asked), cents that are left."""

    states: int
    people: int
    lowest_share: Fraction
    unused: int


def figures(question: Question, seats: Sequence[Given]) -> Figures:
    """The figures of seats that a round gives."""
    given, wanted = Counter[str](), Counter[str]()
    for one in question.candidates:
        wanted.update({group: len(one.nominees) for group in groups_of(one)})
        own = sum(seat.request_id == one.request_id for seat in seats)
        given.update(dict.fromkeys(groups_of(one), own))
    shares = [Fraction(given[group], asked) for group, asked in wanted.items() if asked]
    cash = sum(fund.cash for fund in question.funds)
    return Figures(
        states=len({seat.request_id for seat in seats}),
        people=len(seats),
        lowest_share=min(shares, default=Fraction(0)),
        unused=cash - sum(seat.amount for seat in seats),
    )


def groups_of(candidate: Candidate) -> tuple[str, ...]:
    """The lists that a State is on, or that it is on none."""
    return tuple(group for group in GROUPS if group in candidate.lists) or ("none",)


def first_come(question: Question) -> list[Given]:
    """Whoever asked first, by the moment at which the request was submitted, gets all its seats first. One of which no
    moment is known comes last."""
    came = {one.request_id: question.came.get(one.request_id, "") for one in question.candidates}
    entered = sorted(question.candidates, key=lambda one: (not came[one.request_id], came[one.request_id], one.iso3))
    funds, given = list(question.funds), list[Given]()
    for one in entered:
        alone = replace(question, candidates=(one,))
        for number in range(_passes(question)):
            _serve(alone, number, funds, given)
    return given


def greedy(question: Question) -> list[Given]:
    """Pass by pass, State by State in the order of the rules, each from the first pledge that can pay."""
    funds, given = list(question.funds), list[Given]()
    for number in range(_passes(question)):
        _serve(question, number, funds, given)
    return given


def but_for_shares(question: Question, given: Sequence[Given]) -> list[Given]:
    """These seats and those that the money left would pay further if no pledge asked for a share of women."""
    funds, more = funds_after(question, given), list(given)
    for number in range(_passes(question)):
        _serve(question, number, funds, more)
    return more


def _passes(question: Question) -> int:
    return pass_of(question.limits.in_all - 1, question.limits.first_pass) + 1


def _serve(question: Question, number: int, funds: list[Fund], given: list[Given]) -> None:
    """One pass, seat by seat; a State's seats end with the first that cannot be paid. Whom a share of women held back
    is tried again once it grew."""
    waiting, ended, place = open_seats(question, question.order(), number, given), set[int](), 0
    asking = any(fund.women for fund in funds)
    while place < len(waiting) and seats_left(question, given) > 0:
        seat = waiting[place]
        parts = parts_of(question, funds, seat) if seat.request_id not in ended else None
        if parts is None:
            ended.add(seat.request_id)
            place += 1
            continue
        given.append(Given(seat.request_id, seat.delegate_id, tuple(parts)))
        _pay(funds, waiting.pop(place), parts)
        if asking and seat.is_woman:
            ended, place = set(), 0


def _pay(funds: list[Fund], seat: OpenSeat, parts: Sequence[tuple[int, int]]) -> None:
    for part, (pledge, cents) in enumerate(parts):
        (number,) = (place for place, fund in enumerate(funds) if fund.pledge_id == pledge)
        funds[number] = funds[number].less(seat.request_id, cents)
        if part == 0:
            funds[number] = funds[number].flown(seat.number, seat.is_woman)
