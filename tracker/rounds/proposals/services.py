"""Acts of a proposal: asked for, and taken over as the seats of its round."""

import uuid
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.database.transactions import delete_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.jobs import services as jobs
from tracker.languages.marking import lazy
from tracker.reference.nominations import must_take_place
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.rounds import queries as rounds
from tracker.rounds.giving import against, give, turn
from tracker.rounds.lifecycle import RoundAction
from tracker.rounds.models import Round, RoundSeat
from tracker.rounds.paying import second_lines
from tracker.rounds.policies import RULES
from tracker.rounds.presenting import in_words
from tracker.rounds.proposals import queries
from tracker.rounds.proposals.asking import inputs_of
from tracker.rounds.proposals.models import RoundProposal
from tracker.rounds.proposals.work import PROPOSE
from tracker.rounds.reading import Table, table_of
from tracker.rounds.refused import Refused
from tracker.rounds.rule_facts import rule_facts_of


@verb(events=0)
def ask_for_proposal(public_id: uuid.UUID, *, actor: Actor) -> str:
    """Have a worker compute a proposal for an open round; gives the public id of the work, whose event it is. The facts
    are kept as they stand now. Raises Conflict while another proposal of the round is being computed."""
    round_ = rounds.get_round(public_id, actor)
    authorize(RULES, RoundAction.GIVE, actor, rule_facts_of(round_))
    must_take_place(round_.session_id)
    # Two who ask at once come one after the other.
    db.session.execute(sa.select(Round.id).where(Round.id == round_.id).with_for_update())
    if queries.under_way(round_.id):
        raise Conflict(lazy("A proposal of this round is being computed already."))
    latest = db.session.scalar(sa.select(sa.func.max(RoundProposal.number)).where(RoundProposal.round_id == round_.id))
    inputs = inputs_of(table_of(round_))
    job = jobs.start(PROPOSE, {}, actor=actor)
    db.session.add(
        RoundProposal(
            round_id=round_.id,
            number=(latest or 0) + 1,
            inputs=inputs,
            job_public_id=uuid.UUID(job),
            asked_by_id=actor.person_id,
        )
    )
    return job


@verb(events=None)
def take_over(public_id: uuid.UUID, number: int, *, actor: Actor, version: int | None, reason: str) -> int:
    """Make the seats of a proposal those of its round, in place of what it has; gives how many. They can be changed by
    hand then as any. `reason` is kept with each that departs from the published order. Raises Conflict when the facts
    are not those any more from which the proposal was computed."""
    round_ = rounds.get_round(public_id, actor)
    authorize(RULES, RoundAction.GIVE, actor, rule_facts_of(round_))
    must_take_place(round_.session_id)
    proposal = queries.proposal_of(round_, number)
    if not reason.strip():
        raise Invalid(fields={"reason": lazy("Enter the reason.")})
    if proposal.outcome is None or not proposal.outcome["seats"]:
        raise Conflict(lazy("This proposal gives no seat."))
    round_.apply(RoundAction.GIVE, version=version)
    _clear(round_, actor)
    table = table_of(round_)
    if inputs_of(table) != proposal.inputs:
        raise Conflict(lazy("Facts of the round have changed since this proposal was computed: ask for a new one."))
    _fill(table, proposal.outcome["seats"], actor, reason.strip())
    return len(proposal.outcome["seats"])


def _clear(round_: Round, actor: Actor) -> None:
    """Take every seat off, the last one first."""
    for row in reversed(rounds.seats_in(round_.id)):
        delete_where(RoundSeat, RoundSeat.id == row.id)
        of = row.request_id, row.delegate_id
        events.record("rounds.seat_taken_off", round_, actor=actor, request_id=of[0], delegate_id=of[1])


def _fill(table: Table, seats: list[Any], actor: Actor, reason: str) -> None:
    """Give the seats one by one, each judged as one that is given by hand."""
    sitting, round_ = table.sitting, table.round
    for request_id, delegate_id, parts in seats:
        pledges = [pledge for pledge, _cents in parts]
        person = sitting.next_person(request_id)
        if person is None or person.delegate_id != delegate_id:
            raise Conflict(lazy("Seats follow the State's own order."))
        second = second_lines(table, sitting, person, pledges, request_id=request_id)
        seat = table.means.seat(request_id, delegate_id, pledges, second)
        payable = table.means.payable(sitting)
        if found := against(sitting, seat, table.means.verdicts(sitting, seat), payable):
            raise Refused(in_words(one) for one in found)
        db.session.add(
            RoundSeat(
                round_id=round_.id,
                request_id=request_id,
                delegate_id=delegate_id,
                pledge_id=pledges[0] if pledges else None,
                second_pledge_id=pledges[1] if second else None,
                second_lines=" ".join(second) or None,
                reason=None if turn(sitting, payable) in (request_id, None) else reason,
                given_by_id=actor.person_id,
            )
        )
        db.session.flush()
        events.record("rounds.seat_given", round_, actor=actor, request_id=request_id, delegate_id=delegate_id)
        sitting = give(sitting, seat, table.means.verdicts(sitting, seat), payable)
