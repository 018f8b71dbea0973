"""Seats given by hand: whose turn it is, and what stands against one more seat, in sentences. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.languages.marking import N_
from tracker.pledges.earmarks import Verdict
from tracker.rounds.ordering import Candidate, Person, Placed


@dataclass(frozen=True, slots=True)
class Limits:
    """What a session gives: `seats` in all, `first_pass` and `in_all` seats for one State."""

    seats: int
    first_pass: int
    in_all: int


@dataclass(frozen=True, slots=True)
class Given:
    """One seat: to whom, and how many cents of the dollar from which pledge. A seat of an earlier round has no parts:
    it counts, and takes nothing from the cash of this one."""

    request_id: int
    delegate_id: int
    parts: tuple[tuple[int, int], ...]

    @property
    def amount(self) -> int:
        """What the seat takes from all its pledges."""
        return sum(cents for _, cents in self.parts)


@dataclass(frozen=True, slots=True)
class Against:
    """A reason why a seat cannot be given: a sentence, marked for translation, with what it speaks of."""

    sentence: Any
    facts: dict[str, int | str]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A round as it stands: the order of the States, the limits, the cash of each pledge, the seats given so far."""

    order: tuple[Placed, ...]
    limits: Limits
    cash: tuple[tuple[int, int], ...]
    given: tuple[Given, ...] = ()

    def candidate(self, request_id: int) -> Candidate:
        """The State of a request. Raises KeyError when the request is not of this round."""
        for placed in self.order:
            if placed.candidate.request_id == request_id:
                return placed.candidate
        raise KeyError(request_id)

    def of(self, request_id: int) -> tuple[Given, ...]:
        """The seats that a State was given."""
        return tuple(seat for seat in self.given if seat.request_id == request_id)

    def left(self, pledge_id: int) -> int:
        """Cents that a pledge still has for this round. Raises KeyError for a pledge that is not of it."""
        used = sum(cents for seat in self.given for pledge, cents in seat.parts if pledge == pledge_id)
        return dict(self.cash)[pledge_id] - used

    def next_person(self, request_id: int) -> Person | None:
        """The first of a State's nominees, in its own order, who has no seat yet."""
        seated = {seat.delegate_id for seat in self.of(request_id)}
        return next((one for one in self.candidate(request_id).nominees if one.delegate_id not in seated), None)

    def can_have(self, request_id: int) -> bool:
        """Whether a State may have one more seat, and its next person, who can still get there, an estimate that is
        complete."""
        person = self.next_person(request_id)
        able = person is not None and person.estimate is not None and person.in_time
        return able and len(self.of(request_id)) < self.limits.in_all

    def seats_left(self) -> int:
        """How many seats the session still has."""
        return self.limits.seats - len(self.given)


def turn(sitting: Sitting, payable: Callable[[int], bool]) -> int | None:
    """The request whose State the published order gives the next seat; None where nobody can have one.

    Every State has its seats of the first pass before any has a further one; then each has one more in turn. States
    that cannot have a seat now (nobody left, an estimate that is incomplete, no pledge that can pay: `payable` by the
    request's id) are passed over, and that departs from nothing.
    """
    if sitting.seats_left() < 1:
        return None
    waiting = [one.candidate.request_id for one in sitting.order if sitting.can_have(one.candidate.request_id)]
    in_order = sorted(waiting, key=lambda request_id: key(sitting, request_id))
    return next((request_id for request_id in in_order if payable(request_id)), None)


def key(sitting: Sitting, request_id: int) -> tuple[int, int]:
    """Where the published order puts a State's next seat: (which pass, its place); the lower goes first. Raises
    KeyError when the request is not of this round."""
    place = next((one.place for one in sitting.order if one.candidate.request_id == request_id), None)
    if place is None:
        raise KeyError(request_id)
    return max(0, len(sitting.of(request_id)) - sitting.limits.first_pass + 1), place


def reserve(sitting: Sitting) -> tuple[int, ...]:
    """The reserve list: every nominee without a seat, by id, in the order in which seats would go on to be given."""
    waiting = []
    for placed in sitting.order:
        seated = {seat.delegate_id for seat in sitting.of(placed.candidate.request_id)}
        for number, person in enumerate(placed.candidate.nominees):
            if person.delegate_id not in seated:
                further = max(0, number - sitting.limits.first_pass + 1)
                waiting.append((further, placed.place, person.place, person.delegate_id))
    return tuple(delegate_id for *_, delegate_id in sorted(waiting))


def against(
    sitting: Sitting, seat: Given, verdicts: Sequence[Verdict], payable: Callable[[int], bool] = lambda _request: True
) -> tuple[Against, ...]:
    """Everything that stands against giving this seat now; nothing: it can be given.

    `verdicts` are those of the earmarks of the seat's pledges, in the order of its parts; `payable` says whether some
    pledge can pay the next seat of a request.
    """
    person = sitting.next_person(seat.request_id)
    found = [*of_seats(sitting, seat.request_id, payable), *_of_person(person, seat)]
    for (pledge_id, cents), verdict in zip(seat.parts, verdicts, strict=True):
        found += _of_money(sitting.left(pledge_id), cents, verdict)
    return tuple(found)


def of_seats(sitting: Sitting, request_id: int, payable: Callable[[int], bool]) -> list[Against]:
    """What the number of seats, of the session and of the State, says against one more."""
    found, has = [], len(sitting.of(request_id))
    if sitting.seats_left() < 1:
        found.append(
            Against(N_("The session has no seat left: all %(seats)s are given."), {"seats": sitting.limits.seats})
        )
    if has >= sitting.limits.in_all:
        found.append(
            Against(N_("The State has %(has)s seats, as many as one State gets at this session."), {"has": has})
        )
    elif has >= sitting.limits.first_pass and _waiting_for_a_first_seat(sitting, request_id, payable):
        found.append(Against(N_("A further seat is given once every State that can have a first one has it."), {}))
    return found


def _waiting_for_a_first_seat(sitting: Sitting, request_id: int, payable: Callable[[int], bool]) -> bool:
    """Another State still waits for the seats of the first pass, and one of its people can have one."""
    others = (placed.candidate.request_id for placed in sitting.order if placed.candidate.request_id != request_id)
    return any(
        len(sitting.of(other)) < sitting.limits.first_pass and sitting.can_have(other) and payable(other)
        for other in others
    )


def of_order(person: Person | None, delegate_id: int) -> list[Against]:
    """What a State's own order, in which `person` is next, says against a seat for somebody."""
    if person is None:
        return [Against(N_("Everybody whom the State nominated has a seat."), {})]
    if person.delegate_id != delegate_id:
        return [
            Against(N_("Seats follow the State's own order: number %(place)s comes first."), {"place": person.place})
        ]
    return []


def _of_person(person: Person | None, seat: Given) -> list[Against]:
    if found := of_order(person, seat.delegate_id):
        return found
    if person is None:
        raise ValueError("that nobody is next stands against every seat")
    if not person.in_time:
        return [Against(N_("This person cannot get a visa and a ticket in time any more."), {})]
    if person.estimate is None:
        return [Against(N_("The estimate is incomplete: a rate or a fare is missing."), {})]
    if person.estimate != seat.amount:
        return [Against(N_("The parts do not add up to the estimate of the seat."), {"estimate": person.estimate})]
    return []


def _of_money(left: int, cents: int, verdict: Verdict) -> list[Against]:
    found = [Against(reason, {}) for reason in verdict.reasons]
    if verdict.most_minor is not None and verdict.suits and cents > verdict.most_minor:
        found.append(
            Against(N_("A share of the pledge leaves less than the seat costs."), {"most": verdict.most_minor})
        )
    if cents > left:
        found.append(Against(N_("The pledge lacks money for this seat."), {"short": cents - left}))
    return found


def give(
    sitting: Sitting, seat: Given, verdicts: Sequence[Verdict], payable: Callable[[int], bool] = lambda _request: True
) -> Sitting:
    """The round with one more seat. Raises ValueError when something stands against it: ask `against` first."""
    if against(sitting, seat, verdicts, payable):
        raise ValueError("something stands against this seat")
    return replace(sitting, given=(*sitting.given, seat))
