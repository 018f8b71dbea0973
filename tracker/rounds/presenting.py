"""A round in the reader's words: States in their order with their people, pledges with what they have, refusals."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.costs.sentences import lacks
from tracker.extensions import db
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.participation.models import Delegate
from tracker.pledges.women import least_of
from tracker.reference.names import state_name
from tracker.rounds import queries
from tracker.rounds.giving import Against, Given, reserve, turn
from tracker.rounds.lifecycle import UNDER_WAY
from tracker.rounds.models import RoundSeat
from tracker.rounds.ordering import KINDS, Placed
from tracker.rounds.reading import Table


def in_words(one: Against) -> Any:
    """What stands against a seat, as a sentence."""
    return lazy(one.sentence, **one.facts) if isinstance(one.sentence, str) else one.sentence


def said_against(table: Table, row: RoundSeat, reason: Against) -> Any:
    """The same with the person whose seat it is."""
    return lazy("%(name)s: %(reason)s", name=table.people[row.delegate_id].name, reason=in_words(reason))


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One of a State's people: `missing` says what an incomplete estimate lacks. `seat` is the one of this round,
    `earlier` says that they have one of an earlier round, `reserve` is the place on the reserve list."""

    delegate_id: int
    public_id: uuid.UUID
    name: str
    place: int
    alternate: bool
    estimate: int | None
    missing: Sequence[str]
    seat: RoundSeat | None
    earlier: bool
    reserve: int | None


@dataclass(frozen=True, slots=True)
class StateShown:
    """A State at its place in the order. `found` is what each rule found: (rule, where it was agreed, sentence)."""

    request_id: int
    request: Any
    iso3: str
    place: int
    by_lot: bool
    found: Sequence[tuple[str, str, str]]
    people: Sequence[PersonShown]
    is_next: bool

    @property
    def seats(self) -> int:
        """How many seats of this round it has."""
        return sum(person.seat is not None for person in self.people)

    @property
    def last(self) -> PersonShown | None:
        """Whose seat of this round can be taken off: the last one's, in the State's own order."""
        return next((person for person in reversed(self.people) if person.seat is not None), None)

    @property
    def waits(self) -> bool:
        """Whether somebody is left who could be given a seat."""
        return any(person.reserve for person in self.people)


def states(table: Table) -> list[StateShown]:
    """Every State of the round in its order."""
    open_ = table.round.status == "open"
    following = turn(table.sitting, table.means.payable(table.sitting)) if open_ else None
    places = {delegate_id: number for number, delegate_id in enumerate(reserve(table.sitting), start=1)}
    return [_state(table, placed, following, places) for placed in table.sitting.order]


def _state(table: Table, placed: Placed, following: int | None, places: dict[int, int]) -> StateShown:
    one = placed.candidate
    return StateShown(
        request_id=one.request_id,
        request=table.asking[one.request_id],
        iso3=one.iso3,
        place=placed.place,
        by_lot=placed.by_lot,
        found=[(_(KINDS[f.rule.kind].label), f.rule.source, _(f.sentence)) for f in placed.findings],
        people=people(table, placed, places),
        is_next=one.request_id == following,
    )


def people(table: Table, placed: Placed, places: dict[int, int]) -> list[PersonShown]:
    """A State's people in its own order."""
    rows = {row.delegate_id: row for row in table.seats}
    seated = {seat.delegate_id for seat in table.sitting.of(placed.candidate.request_id)}
    return [
        PersonShown(
            delegate_id=who.delegate_id,
            public_id=table.people[who.delegate_id].public_id,
            name=table.people[who.delegate_id].name,
            place=who.place,
            alternate=who.is_alternate,
            estimate=who.estimate,
            missing=missing_of(table, who.delegate_id),
            seat=rows.get(who.delegate_id),
            earlier=who.delegate_id in seated and who.delegate_id not in rows,
            reserve=places.get(who.delegate_id),
        )
        for who in placed.candidate.people
    ]


def strays(table: Table) -> list[tuple[Delegate, str]]:
    """Those whose seat stands in the round although they are not of it any more, and the State of each."""
    ids, requests = (
        {row.delegate_id for row in table.stray},
        queries.requests_by_id({r.request_id for r in table.stray}),
    )
    people = db.session.scalars(sa.select(Delegate).where(Delegate.id.in_(ids)).order_by(Delegate.id)) if ids else ()
    return [(one, requests[one.request_id].iso3) for one in people]


def missing_of(table: Table, delegate_id: int) -> list[str]:
    """What an estimate lacks, a sentence each, once."""
    estimate = table.estimates.get(delegate_id)
    return list(dict.fromkeys(lacks(one) for one in estimate.missing)) if estimate else []


@dataclass(frozen=True, slots=True)
class PurseShown:
    """A pledge with what it had for this round, what its seats use, what is left (cents of the dollar), how many."""

    pledge: Any
    free: int
    used: int
    seats: int

    @property
    def left(self) -> int:
        return self.free - self.used


def purses(table: Table) -> list[PurseShown]:
    """The pledges with cash, and those that seats of the round take from."""
    used: dict[int, list[int]] = {pledge_id: [] for pledge_id, _cash in table.sitting.cash}
    for seat in table.sitting.given:
        for pledge_id, cents in seat.parts:
            used[pledge_id].append(cents)
    return [
        PurseShown(table.purses[pledge_id], cash, sum(used[pledge_id]), len(used[pledge_id]))
        for pledge_id, cash in table.sitting.cash
        if cash or used[pledge_id]
    ]


@dataclass(frozen=True, slots=True)
class ShareShown:
    """A pledge that asks for women among its seats: how many of those who said it are, with the seats of the round."""

    pledge: Any
    percent: int
    women: int
    stated: int
    kept: bool


def shares(table: Table) -> list[ShareShown]:
    """The shares of women that pledges ask for, while seats of the round can still change."""
    if table.round.status not in UNDER_WAY:
        return []
    found = []
    for pledge_id, purse in table.purses.items():
        share = table.means.share(table.sitting, pledge_id)
        if share and (purse.cash or share.given):
            here = share.now
            found.append(ShareShown(purse, share.percent, here.women, here.stated, here.keeps(share.percent)))
    return found


def held_back(table: Table) -> list[str]:
    """The States, by code and in their order, whose next person could be paid but for the share of women that pledges
    ask for; only while seats are given."""
    asking = any(least_of(purse.rules) is not None for purse in table.purses.values())
    if table.round.status != "open" or not asking or table.sitting.seats_left() < 1:
        return []
    able = (one.candidate for one in table.sitting.order if table.sitting.can_have(one.candidate.request_id))
    return [one.iso3 for one in able if table.means.held_back(table.sitting, one.request_id)]


def reserve_list(table: Table) -> list[tuple[int, str, str, int | None]]:
    """(place, State, name, estimate) of everybody on the reserve list."""
    whose = {who.delegate_id: (one.candidate, who) for one in table.sitting.order for who in one.candidate.people}
    found = []
    for number, delegate_id in enumerate(reserve(table.sitting), start=1):
        candidate, who = whose[delegate_id]
        name = table.people[delegate_id].name
        found.append((number, state_name(candidate.iso3, current_language()), name, who.estimate))
    return found


def given_of(table: Table, row: RoundSeat) -> Given:
    """A seat of the round with the parts that its pledges pay."""
    return next(seat for seat in table.sitting.given if seat.delegate_id == row.delegate_id)


def total(table: Table) -> int:
    """What the seats of the round cost in all, in cents of the dollar."""
    return sum(seat.amount for seat in table.sitting.given)
