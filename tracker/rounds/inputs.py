"""What a round rested on when it was prepared: written down, read again for its page, compared before approval."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.database.canonical import canonical
from tracker.extensions import db
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.participation.models import Delegate
from tracker.participation.support.queries import support_of
from tracker.pledges.queries import open_purses
from tracker.reference.models import Session
from tracker.reference.names import state_name
from tracker.rounds import queries
from tracker.rounds.giving import Given, Limits, Sitting
from tracker.rounds.lifecycle import RoundStatus
from tracker.rounds.means import Means
from tracker.rounds.models import Round
from tracker.rounds.ordering import Candidate, Finding, Person, Placed, SelectionRule
from tracker.rounds.reading import Table, costs_of, pledges_of, table_of

Inputs = dict[str, Any]


def written(table: Table) -> Inputs:
    """The order of the States with what each rule found, every estimate line by line, the limits and the cash."""
    return {
        "order": [_placed(placed) for placed in table.sitting.order],
        "estimates": {str(who): canonical(estimate.lines) for who, estimate in table.estimates.items()},
        "costs": {str(who): [list(cost) for cost in costs] for who, costs in table.means.costs.items()},
        "limits": canonical(table.sitting.limits),
        "cash": [list(one) for one in table.sitting.cash],
        "given": [canonical(seat) for seat in table.sitting.given],
        "lists_on": canonical(table.session.closing_on or today()),
    }


def _placed(placed: Placed) -> dict[str, Any]:
    one = placed.candidate
    return {
        "place": placed.place,
        "by_lot": placed.by_lot,
        "candidate": {**canonical(one), "people": [canonical(person) for person in one.people]},
        "findings": [
            {"kind": found.rule.kind, "source": found.rule.source, "rank": found.rank, "sentence": found.sentence}
            for found in placed.findings
        ],
    }


def kept(round_: Round) -> Inputs:
    """What was written down when the round was prepared, or dropped; empty before."""
    return db.session.scalars(sa.select(Round.inputs).where(Round.id == round_.id)).one() or {}


def table_shown(round_: Round) -> Table:
    """The round as it stands while seats are given; what it rested on once it is prepared, approved or dropped."""
    return table_of(round_) if round_.status == RoundStatus.OPEN or not kept(round_) else table_as_prepared(round_)


def moved_since(round_: Round) -> list[Any]:
    """What has changed since a round was prepared that waits for its approval; nothing of another."""
    return moved(kept(round_), table_of(round_)) if round_.status == RoundStatus.PREPARED else []


def table_as_prepared(round_: Round) -> Table:
    """The round as it was prepared. Names are those of today; what is missing in estimates is not told any more."""
    inputs = kept(round_)
    support = support_of(round_.session_id)
    if support is None:
        raise LookupError("A round that was prepared has its session's support.")
    sitting = sitting_in(inputs)
    seated = {seat.delegate_id for seat in sitting.given}
    rows = queries.seats_in(round_.id)
    seats = [row for row in rows if row.delegate_id in seated]
    people = [person.delegate_id for placed in sitting.order for person in placed.candidate.people]
    named = {pledge for row in seats for pledge in pledges_of(row)} | {pledge for pledge, _ in sitting.cash}
    costs = {int(who): tuple((kind, cents) for kind, cents in lines) for who, lines in inputs["costs"].items()}
    return Table(
        round=round_,
        session=db.session.get_one(Session, round_.session_id),
        support=support,
        sitting=sitting,
        means=Means(open_purses(named), {}, costs, today()),
        asking=queries.requests_by_id({placed.candidate.request_id for placed in sitting.order}),
        people={row.id: row for row in db.session.scalars(sa.select(Delegate).where(Delegate.id.in_(people)))},
        estimates={},
        seats=seats,
        stray=[row for row in rows if row.delegate_id not in seated],
    )


def sitting_in(inputs: Mapping[str, Any]) -> Sitting:
    """The sitting as it was written down."""
    return Sitting(
        order=tuple(_placed_in(one) for one in inputs["order"]),
        limits=Limits(**inputs["limits"]),
        cash=tuple((pledge, cents) for pledge, cents in inputs["cash"]),
        given=tuple(
            Given(one["request_id"], one["delegate_id"], tuple((pledge, cents) for pledge, cents in one["parts"]))
            for one in inputs["given"]
        ),
    )


def _placed_in(said: Mapping[str, Any]) -> Placed:
    facts = dict(said["candidate"])
    facts |= {"lists": frozenset(facts["lists"]), "people": tuple(Person(**person) for person in facts["people"])}
    findings = tuple(
        Finding(SelectionRule(one["kind"], one["source"]), one["rank"], one["sentence"]) for one in said["findings"]
    )
    return Placed(said["place"], Candidate(**facts), findings, by_lot=said["by_lot"])


def moved(inputs: Mapping[str, Any], now: Table) -> list[Any]:
    """What has changed since the round was prepared, a sentence each: States, people, estimates of everybody who was
    considered, seats, limits, money."""
    before = sitting_in(inputs)
    return [
        *_states_moved(before.order, now),
        *seats_moved(now),
        *_too_late(now),
        *_seats_of_others(before, now),
        *_estimates_moved(inputs, before, now),
        *_limits_moved(before.limits, now.sitting.limits),
        *_too_many(now),
    ]


def _states_moved(before: Iterable[Placed], now: Table) -> Iterable[Any]:
    then = {placed.candidate.request_id: placed for placed in before}
    today_ = {placed.candidate.request_id: placed for placed in now.sitting.order}
    for request_id in then.keys() - today_.keys():
        yield lazy("%(state)s: its request is not eligible any more.", state=_state(then[request_id]))
    for request_id in today_.keys() - then.keys():
        yield lazy("%(state)s: its request has become eligible since.", state=_state(today_[request_id]))
    for request_id in then.keys() & today_.keys():
        one, other = then[request_id], today_[request_id]
        if one.ranks != other.ranks or [f.rule for f in one.findings] != [f.rule for f in other.findings]:
            yield lazy("%(state)s: what the rules found has changed.", state=_state(one))
        if _whom(one) != _whom(other):
            yield lazy("%(state)s: the people whom it nominates have changed.", state=_state(one))


def _whom(placed: Placed) -> list[tuple[int, bool]]:
    return [(person.delegate_id, person.is_alternate) for person in placed.candidate.people]


def _state(placed: Placed) -> str:
    return state_name(placed.candidate.iso3, current_language())


def seats_moved(now: Table) -> Iterable[Any]:
    """A sentence for each seat whose person or request is not of the round any more."""
    names = queries.names_of(Delegate, {row.delegate_id for row in now.stray})
    for row in now.stray:
        yield lazy("%(name)s has a seat already or is not nominated any more.", name=names[row.delegate_id])


def _too_late(now: Table) -> Iterable[Any]:
    """A sentence for each person with a seat of this round who cannot get there any more."""
    late = {one.delegate_id for placed in now.sitting.order for one in placed.candidate.people if not one.in_time}
    for row in now.seats:
        if row.delegate_id in late:
            name = now.people[row.delegate_id].name
            yield lazy("%(name)s cannot get a visa and a ticket in time any more.", name=name)


def _seats_of_others(before: Sitting, now: Table) -> Iterable[Any]:
    """A sentence for each seat that was given or came free beside this round."""
    own = {row.delegate_id for row in (*now.seats, *now.stray)}
    then = {seat.delegate_id for seat in before.given} - own
    today_ = {seat.delegate_id for seat in now.sitting.given} - own
    names = queries.names_of(Delegate, then ^ today_)
    for who in sorted(today_ - then):
        yield lazy("%(name)s has been given a seat since.", name=names[who])
    for who in sorted(then - today_):
        yield lazy("The seat of %(name)s has come free since.", name=names[who])


def _estimates_moved(inputs: Mapping[str, Any], before: Sitting, now: Table) -> Iterable[Any]:
    """A sentence for each estimate that changed, of whoever has a seat of this round or could have had one."""
    earlier = {seat.delegate_id for seat in now.before.given}
    for placed in before.order:
        for person in placed.candidate.people:
            if person.delegate_id in now.people and person.delegate_id not in earlier:
                yield from _estimate_moved(inputs, person, now)


def _estimate_moved(inputs: Mapping[str, Any], person: Person, now: Table) -> Iterable[Any]:
    then = [(kind, cents) for kind, cents in inputs["costs"].get(str(person.delegate_id), [])]
    estimate, name = now.estimates[person.delegate_id], now.people[person.delegate_id].name
    after = format_money(estimate.from_fund or 0, FUND_CURRENCY)
    if person.estimate is None and estimate.is_complete:
        yield lazy("%(name)s: the estimate was incomplete, it is %(after)s now.", name=name, after=after)
    elif person.estimate is not None and not estimate.is_complete:
        yield lazy("%(name)s: the estimate is incomplete now.", name=name)
    elif list(costs_of(estimate)) != then:
        before = format_money(sum(cents for _, cents in then), FUND_CURRENCY)
        yield lazy("%(name)s: the estimate was %(before)s, it is %(after)s now.", name=name, before=before, after=after)


_LIMITS = {
    "seats": lazy("Seats of the session"),
    "first_pass": lazy("Seats of a State in the first pass"),
    "in_all": lazy("Seats of a State in all"),
}


def _limits_moved(before: Limits, now: Limits) -> Iterable[Any]:
    for name, words in _LIMITS.items():
        then, today_ = getattr(before, name), getattr(now, name)
        if then != today_:
            yield lazy("%(what)s: it was %(then)s, it is %(now)s now.", what=words, then=then, now=today_)


def _too_many(now: Table) -> Iterable[Any]:
    """Seats that were given elsewhere since, or a session that gives fewer by now."""
    if now.sitting.seats_left() < 0:
        yield lazy("The session has only %(seats)s seats.", seats=now.sitting.limits.seats)
    for placed in now.sitting.order:
        has = len(now.sitting.of(placed.candidate.request_id))
        if has > now.sitting.limits.in_all:
            most = now.sitting.limits.in_all
            yield lazy("%(state)s would have more seats than a State gets: %(most)s.", state=_state(placed), most=most)
