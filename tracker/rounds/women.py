"""The share of women that a pledge asks for, seat by seat in a round: what it allows next. Pure.

It is kept by first seats alone, by first and second ones, and so on: no seat is given on the strength of a woman who
may still get a later one.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from tracker.pledges.women import NOBODY, Counted
from tracker.rounds.giving import Sitting

Numbered = tuple[int, bool]
"""A seat of somebody who said it: its number among those of its State (from 0), and whether it is a woman's."""


@dataclass(frozen=True, slots=True)
class Share:
    """At least so many per cent: `before` the round, and the seats `given` in it whose fare the pledge pays."""

    percent: int
    before: Counted = NOBODY
    given: tuple[Numbered, ...] = ()

    @property
    def now(self) -> Counted:
        """Who sits in all its seats."""
        return self.upto(max((own for own, _ in self.given), default=0))

    def upto(self, number: int) -> Counted:
        """Who sits in its seats up to a State's seat of this number."""
        found = self.before
        for own, is_woman in self.given:
            found = found.also(is_woman) if own <= number else found
        return found

    def numbers(self, number: int) -> list[int]:
        """The numbers of seats up to which the share changes with a seat of this one."""
        return sorted({number, *(own for own, _ in self.given if own > number)})

    def broken_by(self, number: int, is_woman: bool | None) -> Counted | None:
        """What would stand against the share with a further seat; None where it would be kept, and for everybody but
        a man: a woman never takes from it."""
        if is_woman is not False:
            return None
        after = (self.upto(one).also(is_woman) for one in self.numbers(number))
        return next((found for found in after if not found.keeps(self.percent)), None)

    def also(self, number: int, is_woman: bool | None) -> "Share":
        """With a further seat."""
        return self if is_woman is None else replace(self, given=(*self.given, (number, is_woman)))

    def without(self, number: int, is_woman: bool | None) -> "Share":
        """With one seat of these less."""
        if is_woman is None:
            return self
        kept = list(self.given)
        kept.remove((number, is_woman))
        return replace(self, given=tuple(kept))

    @property
    def holds(self) -> bool:
        """Whether it is kept wherever a man was given one of its seats."""
        men = min((own for own, is_woman in self.given if not is_woman), default=None)
        if men is None:
            return True
        return all(self.upto(own).keeps(self.percent) for own in {own for own, _ in self.given if own >= men})


def given_in(sitting: Sitting) -> dict[int, tuple[Numbered, ...]]:
    """The seats given in a round by the pledge that pays their fare, of people who said it."""
    said = {one.delegate_id: one.is_woman for placed in sitting.order for one in placed.candidate.people}
    numbers: dict[int, int] = defaultdict(int)
    found: dict[int, tuple[Numbered, ...]] = defaultdict(tuple)
    for seat in sitting.given:
        is_woman = said.get(seat.delegate_id)
        if seat.parts and is_woman is not None:
            found[seat.parts[0][0]] += ((numbers[seat.request_id], is_woman),)
        numbers[seat.request_id] += 1
    return found
