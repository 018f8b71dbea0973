"""Seats given one by one: the next person in the State's own order, from one pledge or from two by whole lines."""

import uuid
from collections.abc import Sequence

from tracker import events
from tracker.database.transactions import delete_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.reference.nominations import must_take_place
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.rounds import queries
from tracker.rounds.giving import Given, against, turn
from tracker.rounds.lifecycle import RoundAction
from tracker.rounds.models import RoundSeat
from tracker.rounds.ordering import Person
from tracker.rounds.paying import second_lines
from tracker.rounds.policies import RULES
from tracker.rounds.presenting import in_words
from tracker.rounds.reading import Table, table_of
from tracker.rounds.refused import Refused
from tracker.rounds.rule_facts import rule_facts_of


@verb
def give_seat(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    request_id: int,
    pledges: Sequence[int] = (),
    reason: str = "",
) -> int:
    """Give a State's next person a seat from one or two `pledges`, the one that pays the fare first; gives the row's
    id. A reason is needed where the published order gives the seat to another State. Raises Refused with everything
    that stands against it."""
    round_ = queries.get_round(public_id, actor)
    authorize(RULES, RoundAction.GIVE, actor, rule_facts_of(round_))
    must_take_place(round_.session_id)
    round_.apply(RoundAction.GIVE, version=version)
    table = table_of(round_)
    if request_id not in table.asking or not set(pledges) <= set(table.purses):
        raise NotFound
    person = table.sitting.next_person(request_id)
    if person is None:
        raise Conflict(lazy("Everybody whom the State nominated has a seat."))
    second = second_lines(table, table.sitting, person, pledges, request_id=request_id)
    seat = table.means.seat(request_id, person.delegate_id, pledges, second)
    _refuse(table, seat, person)
    row = RoundSeat(
        round_id=round_.id,
        request_id=request_id,
        delegate_id=person.delegate_id,
        pledge_id=pledges[0] if pledges else None,
        second_pledge_id=pledges[1] if second else None,
        second_lines=" ".join(second) or None,
        reason=_why(table, request_id, reason),
        given_by_id=actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    events.record("rounds.seat_given", round_, actor=actor, request_id=request_id, delegate_id=person.delegate_id)
    return row.id


def _refuse(table: Table, seat: Given, person: Person) -> None:
    """Raise Conflict with everything that stands against the seat, in sentences."""
    if person.estimate and not seat.parts:
        raise Invalid(fields={"pledge": lazy("Choose the pledge that pays the seat.")})
    payable = table.means.payable(table.sitting)
    found = against(table.sitting, seat, table.means.verdicts(table.sitting, seat), payable)
    if found:
        raise Refused(in_words(one) for one in found)


def _why(table: Table, request_id: int, reason: str) -> str | None:
    """The reason for what departs from the order; None where nothing does."""
    if turn(table.sitting, table.means.payable(table.sitting)) in (request_id, None):
        return None
    if not reason.strip():
        raise Invalid(fields={"reason": lazy("By the published order another State is next: say why this one is.")})
    return reason.strip()


@verb
def take_seat_off(public_id: uuid.UUID, *, actor: Actor, version: int | None, delegate: uuid.UUID) -> None:
    """Take the seat of this round that somebody was given off again: of a State's people the last in its own order, so
    that it holds, or whoever is not of the round any more. Raises Conflict for anybody else."""
    round_ = queries.get_round(public_id, actor)
    authorize(RULES, RoundAction.TAKE_OFF, actor, rule_facts_of(round_))
    round_.apply(RoundAction.TAKE_OFF, version=version)
    person, table = queries.delegate_row(delegate), table_of(round_)
    row = next((one for one in (*table.seats, *table.stray) if one.delegate_id == person.id), None)
    if row is None:
        raise Conflict(lazy("%(name)s has no seat of this round.", name=person.name))
    if row in table.seats and (last := table.last_seat(row.request_id)) is not row:
        name = table.people[last.delegate_id].name
        raise Conflict(lazy("Seats follow the State's own order: take that of %(name)s off first.", name=name))
    delete_where(RoundSeat, RoundSeat.id == row.id)
    what = "rounds.seat_taken_off"
    events.record(what, round_, actor=actor, request_id=row.request_id, delegate_id=row.delegate_id)
