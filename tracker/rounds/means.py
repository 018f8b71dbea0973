"""What can pay a seat: one pledge or, where none can, two by whole lines with the fare first. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import permutations
from typing import Any

from tracker.languages.marking import lazy
from tracker.pledges.earmarks import Facts, Verdict, matches
from tracker.pledges.queries import Purse
from tracker.pledges.women import least_of
from tracker.rounds.giving import Given, Sitting
from tracker.rounds.women import Numbered, Share, given_in

Cost = tuple[str, int]
"""A line that the fund pays: its kind and cents of the dollar. Costs stand in the order of lines, the fare first."""


def split(costs: Sequence[Cost], first: int, second: int) -> tuple[str, ...] | None:
    """The kinds of lines that a second pledge pays where the first has `first` cents for the seat and the second has
    `second`; none where the first pays all, None where the two cannot. The first line stays with the first pledge."""
    to_second: list[Cost] = []
    for number, (kind, cents) in enumerate(costs):
        if cents <= first:
            first -= cents
        elif number == 0:
            return None
        else:
            to_second.append((kind, cents))
    if sum(cents for _, cents in to_second) > second:
        return None
    return tuple(kind for kind, _ in to_second)


def needs_two(ways: Iterable[Sequence[int]]) -> bool:
    """Whether there are ways to pay a seat, and each takes two pledges."""
    found = list(ways)
    return bool(found) and all(len(way) == 2 for way in found)


@dataclass(frozen=True)
class Means:
    """The pledges of a round, what earmarks ask about its requests, and what each person's seat costs line by line."""

    purses: Mapping[int, Purse]
    facts: Mapping[int, Facts]
    costs: Mapping[int, tuple[Cost, ...]]
    on: date
    _known: dict[Any, Verdict] = field(default_factory=dict, compare=False)
    _latest: list[tuple[Sitting, dict[int, tuple[Numbered, ...]]]] = field(default_factory=list, compare=False)

    def verdict(self, sitting: Sitting, pledge_id: int, request_id: int) -> Verdict:
        """Whether a pledge suits a request, what the seats of this round use of its shares counted in."""
        purse = self.purses[pledge_id]
        more = {}
        for rule in purse.rules:
            if rule.is_cap:
                same = [seat for seat in sitting.given if seat.request_id in self.facts]
                counted = [seat for seat in same if matches(rule, self.facts[seat.request_id])]
                more[rule] = sum(cents for seat in counted for pledge, cents in seat.parts if pledge == pledge_id)
        known = pledge_id, request_id, tuple(more.items())
        if known not in self._known:
            self._known[known] = purse.judge(self.facts[request_id], self.on, more)
        return self._known[known]

    def share(self, sitting: Sitting, pledge_id: int) -> Share | None:
        """The share of women that a pledge asks for, as the round stands; None where it asks for none."""
        purse = self.purses[pledge_id]
        percent = least_of(purse.rules)
        if percent is None:
            return None
        if not self._latest or self._latest[0][0] is not sitting:
            self._latest[:] = [(sitting, given_in(sitting))]
        return Share(percent, purse.sitting, self._latest[0][1].get(pledge_id, ()))

    def against_share(self, sitting: Sitting, pledge_id: int, request_id: int) -> Any:
        """Why a pledge cannot pay any part of the next seat of a request by the share of women that it asks for, in a
        sentence; None where it can."""
        share, person = self.share(sitting, pledge_id), sitting.next_person(request_id)
        broken = share and person and share.broken_by(len(sitting.of(request_id)), person.is_woman)
        if not (share and broken):
            return None
        return lazy(
            "Women would have %(women)s of %(stated)s of its seats, of those who said it, counting first seats before "
            "second ones: it asks for %(percent)s per cent.",
            women=broken.women,
            stated=broken.stated,
            percent=share.percent,
        )

    def most(self, sitting: Sitting, pledge_id: int, request_id: int) -> int:
        """How much a pledge can still give to a seat of a request: 0 where it does not suit. The share of women is not
        asked here."""
        verdict = self.verdict(sitting, pledge_id, request_id)
        if not verdict.suits:
            return 0
        left = sitting.left(pledge_id)
        return max(0, left if verdict.most_minor is None else min(left, verdict.most_minor))

    def payable(self, sitting: Sitting, *, shares: bool = True) -> Callable[[int], bool]:
        """Whether the next seat of a request can be paid, as the round stands; `shares` as for `ways`."""
        return lambda request_id: next(self.ways(sitting, request_id, shares=shares), None) is not None

    def held_back(self, sitting: Sitting, request_id: int) -> bool:
        """Whether the next seat of a request could be paid but for the share of women that pledges ask for."""
        payable = self.payable(sitting)
        return not payable(request_id) and self.payable(sitting, shares=False)(request_id)

    def ways(self, sitting: Sitting, request_id: int, *, shares: bool = True) -> Iterator[tuple[int, ...]]:
        """Each pledge that can pay the next seat of a request alone; where none can, each pair that can. A seat that
        costs the fund nothing needs none. Without `shares`, as if no pledge asked for women among its seats."""
        person = sitting.next_person(request_id)
        if person is None or person.estimate is None:
            return
        costs = self.costs[person.delegate_id]
        if not costs:
            yield ()
            return
        most = {pledge_id: self.most(sitting, pledge_id, request_id) for pledge_id in self.purses}
        able = [
            pledge_id
            for pledge_id, cents in most.items()
            if cents and not (shares and self.against_share(sitting, pledge_id, request_id))
        ]
        alone = [pledge_id for pledge_id in able if most[pledge_id] >= person.estimate]
        yield from ((pledge_id,) for pledge_id in alone)
        if not alone:
            yield from (pair for pair in permutations(able, 2) if split(costs, most[pair[0]], most[pair[1]]))

    def needs_two(self, sitting: Sitting, request_id: int) -> bool:
        """Whether the next seat of a request can be paid, and by pairs of pledges only."""
        return needs_two(self.ways(sitting, request_id))

    def seat(self, request_id: int, delegate_id: int, pledge_ids: Sequence[int], second_lines: Sequence[str]) -> Given:
        """A seat as it is paid: the lines named in `second_lines` by the second pledge, the others by the first."""
        sums = dict.fromkeys(pledge_ids, 0)
        for kind, cents in self.costs.get(delegate_id, ()):
            if pledge_ids:
                sums[pledge_ids[-1] if kind in second_lines else pledge_ids[0]] += cents
        return Given(request_id, delegate_id, tuple((pledge, cents) for pledge, cents in sums.items() if cents))

    def verdicts(self, sitting: Sitting, seat: Given) -> tuple[Verdict, ...]:
        """The verdict for each part of a seat, as `giving.against` asks for them."""
        return tuple(self.of_part(sitting, pledge_id, seat.request_id) for pledge_id, _ in seat.parts)

    def of_part(self, sitting: Sitting, pledge_id: int, request_id: int) -> Verdict:
        """The verdict for a pledge that would pay any part of the next seat of a request, the share of women with
        it."""
        found, against = (ask(sitting, pledge_id, request_id) for ask in (self.verdict, self.against_share))
        return found if against is None else replace(found, reasons=(*found.reasons, against))
