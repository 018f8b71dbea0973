"""Rounds for tests of the solver, drawn from a number: the same number, the same round."""

import random
from dataclasses import dataclass, replace

from tracker.pledges.women import Counted
from tracker.rounds.giving import Limits
from tracker.rounds.ordering import Candidate, Person, SelectionRule
from tracker.rounds.proposing.question import Cap, Fund, Question
from tracker.rounds.women import Share

KINDS = ("in_time", "ldc", "lldc", "sids", "never_funded", "fewest_seats", "accounts_settled")


@dataclass(frozen=True)
class Size:
    """How large a round is: States, names of each, pledges, seats, and which part of what is asked there is in cash."""

    states: int
    names: int
    pledges: int
    seats: int
    cash: float = 0.6
    first_pass: int = 1
    in_all: int = 2


def drawn(number: int, size: Size, rules: tuple[str, ...] = KINDS) -> Question:
    """A round of this size."""
    luck = random.Random(number)
    costs: dict[int, tuple[tuple[str, int], ...]] = {}
    candidates = tuple(_state(luck, state, size, costs) for state in range(1, size.states + 1))
    asked = sum(cents for lines in costs.values() for _, cents in lines)
    cash = int(asked * size.cash / size.pledges)
    requests = [one.request_id for one in candidates]
    return Question(
        candidates=candidates,
        rules=tuple(SelectionRule(kind, f"para. {place}") for place, kind in enumerate(rules, start=2)),
        seed=f"seed {number}",
        limits=Limits(size.seats, size.first_pass, size.in_all),
        costs=costs,
        funds=tuple(_fund(luck, pledge, cash, requests) for pledge in range(1, size.pledges + 1)),
    )


def small(number: int) -> Question:
    """A round that can be searched through: up to six States, three names, three pledges, any limits and rules."""
    luck = random.Random(f"small {number}")
    rules = tuple(luck.sample(KINDS, luck.randrange(1, 5)))
    size = Size(
        states=luck.randrange(3, 7),
        names=luck.randrange(1, 4),
        pledges=luck.randrange(2, 4),
        seats=luck.randrange(2, 10),
        cash=luck.choice((0.3, 0.5, 0.8, 1.5)),
        first_pass=luck.choice((1, 1, 2)),
        in_all=luck.choice((2, 3)),
    )
    return drawn(number, size, rules)


def with_women(number: int) -> Question:
    """A small round in which pledges ask for a share of women, also such as stand below it; who is one is said of
    most."""
    question, luck = small(number), random.Random(f"women {number}")
    return replace(
        question,
        candidates=tuple(
            replace(
                one, people=tuple(replace(who, is_woman=luck.choice((True, False, False, None))) for who in one.people)
            )
            for one in question.candidates
        ),
        funds=tuple(replace(fund, women=_share(luck)) for fund in question.funds),
    )


def _share(luck: random.Random) -> Share | None:
    stated = luck.choice((0, 0, 0, 1, 2, 5))
    asked = Share(luck.choice((30, 40, 50, 60, 80, 99)), Counted(luck.randrange(stated + 1), stated))
    return asked if luck.random() < 0.7 else None


def _state(luck: random.Random, state: int, size: Size, costs: dict[int, tuple[tuple[str, int], ...]]) -> Candidate:
    people = []
    for place in range(1, size.names + 1):
        who = state * 10 + place
        lines = (("fare", luck.randrange(60_000, 250_000)), ("dsa", luck.randrange(190_000, 350_000)))
        known, in_time = luck.random() > 0.06, luck.random() > 0.04
        costs[who] = lines if known else ()
        cents = sum(cents for _, cents in lines) if known else None
        people.append(Person(who, place, luck.random() < 0.05, luck.random() < 0.5, cents, in_time))
    lists = frozenset(name for name in ("ldc", "lldc", "sids") if luck.random() < 0.35)
    return Candidate(
        state, f"S{state:03}", luck.random() < 0.9, lists, luck.randrange(3), luck.random() < 0.2, tuple(people)
    )


def _fund(luck: random.Random, pledge: int, cash: int, requests: list[int]) -> Fund:
    free = luck.random() < 0.4
    allowed = requests if free else [one for one in requests if luck.random() < 0.6]
    had = int(cash * luck.uniform(0.5, 1.5))
    capped = frozenset(one for one in requests if luck.random() < 0.4)
    caps = (Cap(had // 2, capped),) if luck.random() < 0.3 else ()
    return Fund(pledge, had, frozenset(allowed), 1 if free else luck.randrange(2, 5), caps)
