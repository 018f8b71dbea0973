"""The promotion as an act of two persons: proposed by whoever looks after journeys, confirmed by a finance officer."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import Marking
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy, one_text
from tracker.money import FUND_CURRENCY
from tracker.participation.seats.lifecycle import SeatOrigin
from tracker.participation.seats.services import give_seats
from tracker.pledges.proposed_acts.kinds import ActKind
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.services.seats import Moved
from tracker.reference.models import Session
from tracker.reference.names import state_name
from tracker.rights.actor import TRAVEL_OFFICERS, Actor
from tracker.rounds.paying import new_seat
from tracker.rounds.promotion import queries
from tracker.rounds.promotion.places import Waiting, must_be_waiting
from tracker.rounds.queries import refuse_recused


def _describe(acts: Sequence[ProposedAct]) -> Mapping[int, Any]:
    """The person is named but in a strictly confidential request, which some who read the list may not know."""
    whose = queries.names_for(acts)
    return {act.id: _sentence(act, whose[act.id]) for act in acts}


def _sentence(act: ProposedAct, who: Any) -> Any:
    said = {
        "amount": format_money(act.payload["amount_minor"], FUND_CURRENCY),
        "pledges": ", ".join(act.payload["references"]),
    }
    if who.marking == Marking.STRICTLY_CONFIDENTIAL:
        return lazy("A seat that is free for somebody who waits: %(amount)s %(pledges)s", **said)
    return lazy(
        "A seat that is free for %(name)s, %(state)s: %(amount)s %(pledges)s",
        name=who.name,
        state=state_name(who.iso3, current_language()),
        **said,
    )


def stands_against(act: ProposedAct, found: Waiting) -> list[Any]:
    """Why the promotion cannot be confirmed as things stand, a sentence each."""
    delegate_id = act.delegate_id or 0
    if reasons := found.against(delegate_id):
        return reasons
    reasons, before = [], [(kind, cents) for kind, cents in act.payload["costs"]]
    costs = found.table.means.costs[delegate_id]
    if list(costs) != before:
        sums = (sum(cents for _kind, cents in lines) for lines in (before, costs))
        then, now = (format_money(cents, FUND_CURRENCY) for cents in sums)
        name = found.table.people[delegate_id].name
        reasons.append(
            lazy("%(name)s: the estimate was %(before)s, it is %(after)s now.", name=name, before=then, after=now)
        )
    return [*reasons, *found.money_against(delegate_id, act.payload["pledges"], act.payload["second_lines"])]


def _check(act: ProposedAct) -> None:
    found = must_be_waiting(queries.session_of(act.its_request_id), also=act.payload["pledges"])
    if reasons := stands_against(act, found):
        raise Conflict(one_text(reasons))


def _run(act: ProposedAct, actor: Actor) -> None:
    session_id = queries.session_of(act.its_request_id)
    refuse_recused(session_id, actor)
    _one_at_a_time(session_id)
    found = must_be_waiting(session_id, also=act.payload["pledges"])
    if reasons := stands_against(act, found):
        raise Moved(reasons)
    said = act.payload
    seat = new_seat(found.table, act.its_request_id, act.delegate_id or 0, said["pledges"], said["second_lines"])
    give_seats([seat], origin=SeatOrigin.PROMOTION, proposed_by_id=act.proposed_by_id, actor=actor)


def _one_at_a_time(session_id: int) -> None:
    """Another promotion at the session waits until the commit, so that two never share the last seat."""
    held = sa.select(Session.id).where(Session.id == session_id)
    db.session.execute(held.with_for_update(key_share=True))


PROMOTION = ActKind(
    ActName.PROMOTION,
    lazy("Promotion"),
    proposers=TRAVEL_OFFICERS,
    confirmers=("finance_officer",),
    describe=_describe,
    check=_check,
    run=_run,
    does=(
        lazy("The person is selected for a seat that is free."),
        lazy("What the seat costs is approved for its request, allocated to the seat and held on its pledge."),
        lazy("The State hears of it, and the seat can be offered to it."),
        lazy("If money, an estimate or a status has changed since, nothing at all happens and you read why."),
    ),
)
