"""A round as it stands: everything that was said, counted and priced of its session, read once and put together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.calendar.now import today
from tracker.costs.lines import Estimate, Payer
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.estimating import estimates_of
from tracker.participation.lifecycle import Gender
from tracker.participation.models import Delegate
from tracker.participation.offers.queries import Limits as TravelLimits
from tracker.participation.seats.lifecycle import AWAITS_A_SEAT
from tracker.participation.support.queries import support_of
from tracker.participation.support.terms import Support
from tracker.pledges.queries import Purse, facts_of, open_purses
from tracker.reference.models import Session
from tracker.rounds import queries
from tracker.rounds.giving import Given, Limits, Sitting, against, turn
from tracker.rounds.means import Cost, Means
from tracker.rounds.models import Round, RoundSeat
from tracker.rounds.ordering import Candidate, Person, SelectionRule, order


@dataclass(frozen=True)
class Table:
    """What lies on the table of a round: the sitting with the seats given so far, those of earlier rounds first, whose
    request is `asking`, who the people are, what each costs, what can pay. `stray` are seats whose person or request
    is not of the round any more."""

    round: Round
    session: Session
    support: Support
    sitting: Sitting
    means: Means
    asking: Mapping[int, Any]
    people: Mapping[int, Delegate]
    estimates: Mapping[int, Estimate]
    seats: Sequence[RoundSeat]
    stray: Sequence[RoundSeat]

    @property
    def purses(self) -> Mapping[int, Purse]:
        return self.means.purses

    @property
    def before(self) -> Sitting:
        """The sitting before anything was given in this round."""
        return replace(self.sitting, given=tuple(seat for seat in self.sitting.given if self.is_earlier(seat)))

    def last_seat(self, request_id: int) -> RoundSeat:
        """Of the seats that a State has of this round, that of whoever stands last in its own order. Raises IndexError
        when it has none."""
        place = {one.delegate_id: one.place for one in self.sitting.candidate(request_id).people}
        rows = [row for row in self.seats if row.request_id == request_id]
        return sorted(rows, key=lambda row: place[row.delegate_id])[-1]

    def is_earlier(self, seat: Given) -> bool:
        """Whether a seat was given before this round."""
        return seat.delegate_id not in {row.delegate_id for row in self.seats}


def table_of(round_: Round) -> Table:
    """The round as it stands today, with estimates taken anew. The number of statements does not grow with it."""
    return _laid(round_, queries.seats_in(round_.id))


def table_after(round_: Round, also: Collection[int] = ()) -> Table:
    """What lies on the table once a round was approved, by its lot: every seat that stands was given earlier. The
    pledges in `also` are among those that could pay, however they stand."""
    return _laid(round_, (), also)


def _laid(round_: Round, rows: Sequence[RoundSeat], also: Collection[int] = ()) -> Table:
    session = db.session.get_one(Session, round_.session_id)
    support = support_of(session.id)
    if support is None:
        raise NotFound
    asking, seated = queries.asking(session), queries.seated(session.id)
    ids = {one.id for one in asking}
    people = queries.people_of(ids, [who for each in seated.values() for who in each])
    everybody = [one for each in people.values() for one in each]
    estimates = estimates_of(everybody, support)
    named = {pledge for row in rows for pledge in pledges_of(row)} | set(also)
    means = Means(open_purses(named), facts_of(ids, today()), _costs(estimates), today())
    in_time = _in_time(session, support, everybody)
    placed = order(
        [_candidate(one, people.get(one.id, []), estimates, in_time) for one in asking],
        [SelectionRule(rule.kind, rule.source) for rule in support.terms.rules],
        seed=round_.seed,
    )
    terms = support.terms
    earlier = tuple(Given(request, who, ()) for request, several in seated.items() for who in several)
    cash = tuple((pledge_id, purse.cash) for pledge_id, purse in means.purses.items())
    limits = Limits(terms.seats, terms.first_pass, terms.seats_per_state)
    by_id = {one.id: one for one in everybody}
    standing = [row for row in rows if row.delegate_id in by_id and by_id[row.delegate_id].status in AWAITS_A_SEAT]
    now = tuple(_given(row, means) for row in standing)
    return Table(
        round=round_,
        session=session,
        support=support,
        sitting=Sitting(placed, limits, cash, (*earlier, *now)),
        means=means,
        asking={one.id: one for one in asking},
        people=by_id,
        estimates=estimates,
        seats=standing,
        stray=[row for row in rows if row not in standing],
    )


def pledges_of(row: RoundSeat) -> tuple[int, ...]:
    """The pledges of a seat, the one that pays the fare first."""
    return tuple(one for one in (row.pledge_id, row.second_pledge_id) if one is not None)


def _given(row: RoundSeat, means: Means) -> Given:
    return means.seat(row.request_id, row.delegate_id, pledges_of(row), (row.second_lines or "").split())


def costs_of(estimate: Estimate) -> tuple[Cost, ...]:
    """The lines that the fund pays and that cost something, in their order; nothing while one is not known."""
    if not estimate.is_complete:
        return ()
    return tuple((line.kind.value, line.value) for line in estimate.lines if line.payer is Payer.FUND and line.value)


def _costs(estimates: Mapping[int, Estimate]) -> dict[int, tuple[Cost, ...]]:
    return {delegate_id: costs_of(estimate) for delegate_id, estimate in estimates.items()}


def _in_time(session: Session, support: Support, people: Sequence[Delegate]) -> frozenset[int]:
    """Who can still be offered a seat and get there."""
    days = TravelLimits(session, support, None, 0, frozenset())
    return frozenset(person.id for person in people if days.can_get_there(person))


def _candidate(
    one: queries.Asking, people: Sequence[Delegate], estimates: Mapping[int, Estimate], in_time: Collection[int]
) -> Candidate:
    return Candidate(
        request_id=one.id,
        iso3=one.iso3,
        came_in_time=one.came_in_time,
        lists=one.lists,
        funded_before=one.funded_before,
        owes_accounts=one.owes_accounts,
        people=tuple(
            Person(
                delegate_id=person.id,
                place=place,
                is_alternate=person.alternate,
                is_woman=None if person.gender == Gender.NOT_STATED else person.gender == Gender.WOMAN,
                estimate=estimates[person.id].from_fund,
                in_time=person.id in in_time,
            )
            for place, person in enumerate(people, start=1)
        ),
    )


def replayed(table: Table) -> list[tuple[RoundSeat, tuple[Any, ...]]]:
    """Every seat of the round with what stands against it now, as if it were given in its turn; those against which
    nothing stands are left out."""
    found = []
    for row, sitting in in_turn(table):
        seat = _given(row, table.means)
        reasons = against(sitting, seat, table.means.verdicts(sitting, seat), table.means.payable(sitting))
        if reasons:
            found.append((row, reasons))
    return found


def out_of_turn(table: Table) -> list[RoundSeat]:
    """The seats that depart from the published order as it is now and say no reason: given in their turn, of which
    another seat that was taken off, or a request that came, has made a departure."""
    return [
        row
        for row, sitting in in_turn(table)
        if not row.reason and turn(sitting, table.means.payable(sitting)) not in (row.request_id, None)
    ]


def in_turn(table: Table) -> Iterator[tuple[RoundSeat, Sitting]]:
    """Every seat of the round, with the sitting as it stood before it was given."""
    sitting = table.before
    for row in table.seats:
        yield row, sitting
        sitting = replace(sitting, given=(*sitting.given, _given(row, table.means)))
