"""The approval of a round: seats, their money and everybody's place on the lists in one transaction, or nothing."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.models import Delegate
from tracker.participation.offers.queries import limits_of
from tracker.participation.seats.lifecycle import AWAITS_A_SEAT, SeatOrigin
from tracker.participation.seats.services import NewSeat, give_seats
from tracker.pledges.services.seats import Moved
from tracker.reference.models import Session
from tracker.reference.nominations import must_take_place
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.rounds import inputs, queries
from tracker.rounds.giving import reserve
from tracker.rounds.lifecycle import RoundAction
from tracker.rounds.models import Round, RoundSeat
from tracker.rounds.paying import new_seat
from tracker.rounds.policies import RULES
from tracker.rounds.proposals.asking import texts_of
from tracker.rounds.reading import Table, pledges_of, table_of
from tracker.rounds.rule_facts import rule_facts_of
from tracker.rounds.without import why_none


@verb(events=None)
def approve(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> list[int]:
    """Give the seats of a prepared round; gives their ids. Everybody else whom an eligible request nominates stands on
    the reserve list then, alternates are not selected, and each State is told.

    Approved by a finance officer who did not prepare it. Raises Moved with everything that has changed since; nothing
    is given then.
    """
    round_ = queries.get_round(public_id, actor)
    authorize(RULES, RoundAction.APPROVE, actor, rule_facts_of(round_))
    must_take_place(round_.session_id)
    round_.apply(RoundAction.APPROVE, version=version, approved_by_id=actor.person_id, approved_at=now())
    _hold_requests(round_.session_id)
    table = table_of(round_)
    if reasons := inputs.moved(inputs.kept(round_), table):
        raise Moved(reasons)
    seats = [_new_seat(table, row) for row in table.seats]
    given = give_seats(seats, origin=SeatOrigin.ROUND, proposed_by_id=round_.prepared_by_id, actor=actor)
    waiting = reserve(table.sitting)
    _put_on_lists(table, waiting, actor)
    _keep_outcome(table, waiting)
    code = db.session.scalar(sa.select(Session.code).where(Session.id == round_.session_id))
    events.record("rounds.approved", round_, actor=actor, session=code, number=round_.number, seats=len(given))
    return given


def _hold_requests(session_id: int) -> None:
    """Other acts on the requests of the session wait until the commit, in the order of their ids as everywhere."""
    rows = sa.select(AssistanceRequest.id).where(AssistanceRequest.session_id == session_id)
    db.session.execute(rows.order_by(AssistanceRequest.id).with_for_update()).all()


def _new_seat(table: Table, row: RoundSeat) -> NewSeat:
    second = (row.second_lines or "").split()
    return new_seat(table, row.request_id, row.delegate_id, pledges_of(row), second)


def _put_on_lists(table: Table, waiting: Collection[int], actor: Actor) -> None:
    """Nominees without a seat stand on the reserve list, alternates are not selected. A State of whom nobody got a seat
    in this round is told of its places, also where its people wait since an earlier one."""
    everybody = {who.delegate_id: one.candidate for one in table.sitting.order for who in one.candidate.people}
    told: dict[int, set[int]] = defaultdict(set)
    for who in waiting:
        told[everybody[who].request_id].add(who)
    for status in (DelegateStatus.RESERVE, DelegateStatus.NOT_SELECTED):
        on_reserve = status is DelegateStatus.RESERVE
        ids = [who for who in everybody if (who in waiting) == on_reserve]
        that = Delegate.id.in_(ids), Delegate.status.in_(AWAITS_A_SEAT), Delegate.status != status.value
        for row in db.session.execute(sa.select(Delegate.id, Delegate.request_id).where(*that)).all():
            told[row.request_id].add(row.id)
        update_where(Delegate, *that, status=status.value, version=Delegate.version + 1)
    seated = {row.request_id for row in table.seats}
    this = AssistanceRequest.id.in_(list(table.asking))
    update_where(AssistanceRequest, this, AssistanceRequest.round_result.is_(None), round_result="reserve")
    for request in _requests(told.keys() - seated):
        events.record("participation.put_on_lists", request, actor=actor, delegate_ids=sorted(told[request.id]))


def _requests(ids: Collection[int]) -> Any:
    rows = sa.select(AssistanceRequest).where(AssistanceRequest.id.in_(ids)).order_by(AssistanceRequest.id)
    return db.session.scalars(rows).all()


def _keep_outcome(table: Table, waiting: Collection[int]) -> None:
    outcome = _outcome(table, waiting)
    db.session.execute(sa.update(Round).where(Round.id == table.round.id).values(outcome=outcome))


def _outcome(table: Table, waiting: Collection[int]) -> dict[str, Any]:
    """What each request got, by its id: what the rules found of it, the seats of this round, the places on the reserve
    list, why there is no seat; nothing of another State. Where the seats are those of a proposal, each State reads
    the text that the proposal has for it (`said`)."""
    limits = limits_of(table.session, table.support)
    texts = texts_of(table)
    until = {who: limits.until_promoted(person) for who, person in table.people.items()}
    place = {delegate_id: number for number, delegate_id in enumerate(waiting, start=1)}
    return {
        str(placed.candidate.request_id): {
            "findings": [[found.rule.kind, found.rule.source, found.sentence] for found in placed.findings],
            "by_lot": placed.by_lot,
            "why_none": why_none(table, placed, lambda who: until[who] is not None),
            "said": texts.get(placed.candidate.request_id),
            "seats": [row.delegate_id for row in table.seats if row.request_id == placed.candidate.request_id],
            "reserve": {
                str(who.delegate_id): place[who.delegate_id]
                for who in placed.candidate.people
                if who.delegate_id in place
            },
        }
        for placed in table.sitting.order
    }
