"""What a proposal is computed from, by value: States with their people, rules, seats, money. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.pledges.women import Counted
from tracker.rounds.giving import Limits
from tracker.rounds.means import Cost
from tracker.rounds.ordering import Candidate, Person, Placed, SelectionRule, order
from tracker.rounds.women import Share


@dataclass(frozen=True, slots=True)
class Cap:
    """A share of a pledge: `left` cents that it may still give to these requests together."""

    left: int
    requests: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fund:
    """A pledge with its cash in cents and the requests that its earmarks allow. `level` is how tightly it is earmarked
    (IATI, 1 to 4). `only` restricts it to one person's seat: what would be needed is said with such money. `women` is
    the share of women that it asks for among the seats whose fare it pays."""

    pledge_id: int
    cash: int
    requests: frozenset[int]
    level: int = 1
    caps: tuple[Cap, ...] = ()
    only: int | None = None
    women: Share | None = None

    def most(self, request_id: int, delegate_id: int) -> int:
        """Cents that it has at most for a seat; 0 where its earmarks do not allow it."""
        if request_id not in self.requests or self.only not in (None, delegate_id):
            return 0
        return max(0, min(self.cash, *(cap.left for cap in self.caps if request_id in cap.requests), self.cash))

    def less(self, request_id: int, cents: int) -> "Fund":
        """What is left of it once it pays so much for a seat of a request."""
        caps = tuple(Cap(cap.left - cents, cap.requests) if request_id in cap.requests else cap for cap in self.caps)
        return replace(self, cash=self.cash - cents, caps=caps)

    def allows(self, number: int, is_woman: bool | None) -> bool:
        """Whether it may pay for a State's seat of this number by the share of women that it asks for."""
        return self.women is None or self.women.broken_by(number, is_woman) is None

    def flown(self, number: int, is_woman: bool | None) -> "Fund":
        """With the seat counted whose fare it pays."""
        return replace(self, women=self.women.also(number, is_woman)) if self.women else self


@dataclass(frozen=True)
class Question:
    """One round. `came` says of each request when it was submitted (UTC, ISO 8601); no rule asks for it.
    `seated` are the people who have a seat of an earlier round, `taken` is how many seats of the session
    are given already. `costs` are the lines of each person's seat that the fund pays.

    The rest is there to ask "what if": `first` is a request whose State is drawn first in the lot, `more` gives States
    seats above what one State gets, `beside` are people whose seats do not count among those of the session.
    """

    candidates: tuple[Candidate, ...]
    rules: tuple[SelectionRule, ...]
    seed: str
    limits: Limits
    costs: Mapping[int, tuple[Cost, ...]]
    funds: tuple[Fund, ...]
    seated: frozenset[int] = frozenset()
    taken: int = 0
    came: Mapping[int, str] = field(default_factory=dict)
    first: int | None = None
    more: Mapping[int, int] = field(default_factory=dict)
    beside: frozenset[int] = frozenset()

    def order(self) -> tuple[Placed, ...]:
        """The States in the order of the rules, equal ones by lot."""
        placed = order(self.candidates, self.rules, seed=self.seed)
        if self.first is None:
            return placed
        drawn = sorted(placed, key=lambda one: (one.ranks, one.candidate.request_id != self.first))
        return tuple(replace(one, place=place) for place, one in enumerate(drawn, start=1))

    def purses(self) -> tuple[Fund, ...]:
        """The pledges, the most tightly earmarked first, so that free money is left for who has no other."""
        return tuple(sorted(self.funds, key=lambda fund: (-fund.level, fund.pledge_id)))

    def most_of(self, request_id: int) -> int:
        """How many seats a State may have in all."""
        return self.limits.in_all + self.more.get(request_id, 0)

    def candidate(self, request_id: int) -> Candidate:
        """A State by its request. Raises KeyError when it does not ask."""
        for one in self.candidates:
            if one.request_id == request_id:
                return one
        raise KeyError(request_id)

    def changed(self, candidate: Candidate, **facts: Any) -> "Question":
        """The question with other facts of one State."""
        after = replace(candidate, **facts)
        same = tuple(after if one.request_id == candidate.request_id else one for one in self.candidates)
        return replace(self, candidates=same)


def waiting(candidate: Candidate, seated: frozenset[int]) -> Iterator[Person]:
    """A State's nominees without a seat, in its own order."""
    return (person for person in candidate.nominees if person.delegate_id not in seated)


def has(candidate: Candidate, seated: frozenset[int]) -> int:
    """How many people of a State have a seat."""
    return sum(person.delegate_id in seated for person in candidate.people)


def can_sit(person: Person) -> bool:
    """Whether a seat can be given to somebody at all: the estimate is complete and there is time for the journey."""
    return person.estimate is not None and person.in_time


def pass_of(number: int, first_pass: int) -> int:
    """The pass in which a State's seat of this number (from 0) is given: 0 is the first, in which no State has more
    than `first_pass`; then one more in each."""
    return max(0, number - first_pass + 1)


def written(question: Question) -> dict[str, Any]:
    """The question as plain values in an order of its own: the same for the same question however it was entered."""
    order_of_entry = sorted(question.candidates, key=lambda one: one.request_id)
    return {
        "rules": [[rule.kind, rule.source] for rule in question.rules],
        "seed": question.seed,
        "limits": [question.limits.seats, question.limits.first_pass, question.limits.in_all],
        "taken": question.taken,
        "seated": sorted(question.seated),
        "states": [
            {
                "request": one.request_id,
                "state": one.iso3,
                "came": question.came.get(one.request_id),
                "in_time": one.came_in_time,
                "lists": sorted(one.lists),
                "funded_before": one.funded_before,
                "owes_accounts": one.owes_accounts,
                "people": [
                    [p.delegate_id, p.place, p.is_alternate, p.is_woman, p.estimate, p.in_time] for p in one.people
                ],
            }
            for one in order_of_entry
        ],
        "costs": {str(who): [list(cost) for cost in question.costs[who]] for who in sorted(question.costs)},
        "funds": [
            {
                "pledge": fund.pledge_id,
                "cash": fund.cash,
                "level": fund.level,
                "requests": sorted(fund.requests),
                "caps": sorted([cap.left, sorted(cap.requests)] for cap in fund.caps),
                **_share_written(fund),
            }
            for fund in sorted(question.funds, key=lambda one: one.pledge_id)
        ],
    }


def _share_written(fund: Fund) -> dict[str, Any]:
    """The share of women, where there is one: what was asked before there was any reads the same."""
    share = fund.women
    return {"women": [share.percent, share.before.women, share.before.stated]} if share else {}


def read(said: Mapping[str, Any]) -> Question:
    """A question as it was written."""
    return Question(
        candidates=tuple(
            Candidate(
                request_id=one["request"],
                iso3=one["state"],
                came_in_time=one["in_time"],
                lists=frozenset(one["lists"]),
                funded_before=one["funded_before"],
                owes_accounts=one["owes_accounts"],
                people=tuple(Person(*person) for person in one["people"]),
            )
            for one in said["states"]
        ),
        rules=tuple(SelectionRule(kind, source) for kind, source in said["rules"]),
        seed=said["seed"],
        limits=Limits(*said["limits"]),
        costs={int(who): tuple((kind, cents) for kind, cents in lines) for who, lines in said["costs"].items()},
        funds=tuple(
            Fund(
                pledge_id=one["pledge"],
                cash=one["cash"],
                requests=frozenset(one["requests"]),
                level=one["level"],
                caps=tuple(Cap(left, frozenset(requests)) for left, requests in one["caps"]),
                women=_share_read(one.get("women")),
            )
            for one in said["funds"]
        ),
        seated=frozenset(said["seated"]),
        taken=said["taken"],
        came={one["request"]: one["came"] for one in said["states"] if one.get("came")},
    )


def _share_read(said: list[int] | None) -> Share | None:
    return Share(said[0], Counted(said[1], said[2])) if said else None


def fingerprint(said: Any) -> str:
    """SHA-256 of plain values: two that are equal to the byte have the same."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
