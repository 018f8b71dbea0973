"""Who waits for a seat after a round, in order, and what stands against giving one of them a seat now."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.errors import Conflict
from tracker.languages.marking import lazy
from tracker.participation.models import Delegate
from tracker.participation.offers.queries import limits_of
from tracker.reference.nominations import must_take_place, why_no_seat
from tracker.rounds import queries
from tracker.rounds.giving import Sitting, of_order, of_seats, reserve
from tracker.rounds.ordering import Person, Placed
from tracker.rounds.presenting import in_words, missing_of
from tracker.rounds.promotion import queries as promotions
from tracker.rounds.reading import Table, table_after

NO_ROUND = lazy(
    "The first seats of a session are given by a round: once one is approved, its reserve list stands here."
)


@dataclass(frozen=True)
class Waiting:
    """What lies on the table after a session's latest approved round, and until when a seat that is given today would
    be offered to each person (None: nobody can get there in time any more). `over` says why no seat of the session is
    given any more; None while one can."""

    table: Table
    until: Mapping[int, date | None]
    over: Any = None

    def sitting(self, request_id: int) -> Sitting:
        """The sitting in which a State's alternates can be given a seat, once none of its nominees is left."""
        if self.table.sitting.next_person(request_id) is not None:
            return self.table.sitting
        return replace(
            self.table.sitting,
            order=tuple(
                _alternates_too(placed) if placed.candidate.request_id == request_id else placed
                for placed in self.table.sitting.order
            ),
        )

    def next_person(self, request_id: int) -> Person | None:
        """Who of a State is next in its own order."""
        return self.sitting(request_id).next_person(request_id)

    def payable(self, sitting: Sitting) -> Callable[[int], bool]:
        """Whether the next seat of a request can be paid, and the person can still get there."""
        by_money = self.table.means.payable(sitting)

        def payable(request_id: int) -> bool:
            person = sitting.next_person(request_id)
            return person is not None and self.until.get(person.delegate_id) is not None and by_money(request_id)

        return payable

    def against(self, delegate_id: int) -> list[Any]:
        """Everything that stands against a seat for somebody now, whoever would pay it, in sentences."""
        if self.over is not None:
            return [self.over]
        person = self.table.people.get(delegate_id)
        if person is None or person.request_id not in self.table.asking:
            return [lazy("Nobody who is nominated in an eligible request: a seat cannot be given.")]
        request_id, sitting = person.request_id, self.sitting(person.request_id)
        if any(seat.delegate_id == delegate_id for seat in sitting.given):
            return [lazy("%(name)s has a seat already or is not nominated any more.", name=person.name)]
        following = sitting.next_person(request_id)
        found = [in_words(one) for one in of_seats(sitting, request_id, self.payable(self.table.sitting))]
        found += [in_words(one) for one in of_order(following, delegate_id)]
        if self.until.get(delegate_id) is None:
            found.append(lazy("%(name)s cannot get a visa and a ticket in time any more.", name=person.name))
        if not self.table.estimates[delegate_id].is_complete:
            found.append(lazy("The estimate is incomplete: a rate or a fare is missing."))
            found += missing_of(self.table, delegate_id)
        return found

    def ways(self, request_id: int) -> list[tuple[int, ...]]:
        """Each pledge, or each pair, that can pay the next seat of a request now."""
        return list(self.table.means.ways(self.sitting(request_id), request_id))

    def against_shares(self, request_id: int) -> Iterator[Any]:
        """Which pledges could pay the next seat of a request but for the women that they ask for, a sentence each."""
        means, sitting = self.table.means, self.sitting(request_id)
        for pledge_id in dict.fromkeys(one for way in means.ways(sitting, request_id, shares=False) for one in way):
            reason = means.against_share(sitting, pledge_id, request_id)
            if reason is not None:
                yield lazy("%(pledge)s: %(reason)s", pledge=means.purses[pledge_id].reference, reason=reason)

    def money_against(self, delegate_id: int, pledges: Sequence[int], second: Sequence[str]) -> Iterator[Any]:
        """Why these pledges cannot pay somebody's seat, a sentence each."""
        table, request_id = self.table, self.table.people[delegate_id].request_id
        sitting = self.sitting(request_id)
        if table.means.costs[delegate_id] and not pledges:
            yield lazy("Choose the pledge that pays the seat.")
            return
        seat = table.means.seat(request_id, delegate_id, pledges, second)
        for (pledge_id, cents), verdict in zip(seat.parts, table.means.verdicts(sitting, seat), strict=True):
            reference = table.purses[pledge_id].reference
            for reason in verdict.reasons:
                yield lazy("%(pledge)s: %(reason)s", pledge=reference, reason=reason)
            if verdict.suits and table.means.most(sitting, pledge_id, request_id) < cents:
                yield lazy("%(pledge)s has less than this seat needs of it.", pledge=reference)


def _alternates_too(placed: Placed) -> Placed:
    people = tuple(replace(person, is_alternate=False) for person in placed.candidate.people)
    return replace(placed, candidate=replace(placed.candidate, people=people))


def waiting(session_id: int, also: Collection[int] = ()) -> Waiting | None:
    """What stands after the latest approved round of a session; None before the first. Pledges in `also` are among
    those that pay however they stand. The number of statements does not grow with the session."""
    round_ = queries.latest_approved(session_id)
    if round_ is None:
        return None
    table = table_after(round_, also)
    limits = limits_of(table.session, table.support)
    until = {person.id: limits.until_promoted(person) for person in table.people.values()}
    return Waiting(table, until, why_no_seat(session_id))


def must_be_waiting(session_id: int, also: Collection[int] = ()) -> Waiting:
    """The same for an act. Raises Conflict where no seat of the session can be given any more, or yet."""
    must_take_place(session_id)
    found = waiting(session_id, also)
    if found is None:
        raise Conflict(NO_ROUND)
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody who waits: `number` is the place on the list, `cents` the estimate of the day (None: incomplete),
    `against` says why no seat can be given now, `ways` who could pay it, `act` is the proposal that waits."""

    number: int
    person: Delegate
    request: Any
    cents: int | None
    until: date | None
    against: Sequence[Any]
    ways: Sequence[tuple[int, ...]]
    act: Any


def places(found: Waiting) -> list[Place]:
    """Everybody who waits: the reserve list in its order, then alternates in the order of the States."""
    table = found.table
    seated = {seat.delegate_id for seat in table.sitting.given}
    alternates = [
        person.delegate_id
        for placed in table.sitting.order
        for person in placed.candidate.people
        if person.is_alternate and person.delegate_id not in seated
    ]
    acts = promotions.proposed(table.session.id)
    return [
        _place(found, number, delegate_id, acts.get(delegate_id))
        for number, delegate_id in enumerate([*reserve(table.sitting), *alternates], start=1)
    ]


def _place(found: Waiting, number: int, delegate_id: int, act: Any) -> Place:
    person = found.table.people[delegate_id]
    against = found.against(delegate_id)
    ways = [] if against else found.ways(person.request_id)
    if not against and not ways:
        against = list(found.against_shares(person.request_id)) or [lazy("No pledge that suits has money left.")]
    return Place(
        number=number,
        person=person,
        request=found.table.asking[person.request_id],
        cents=found.table.estimates[delegate_id].from_fund,
        until=found.until.get(delegate_id),
        against=against,
        ways=ways,
        act=act,
    )


def seats_left(found: Waiting) -> int:
    """How many seats of the session are free."""
    return max(0, found.table.sitting.seats_left())
