"""Who waits for an answer: the figure of the menu, and what waits for whoever holds a role."""

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.participation.delegate_messages.models import DelegateMessage
from tracker.participation.delegate_messages.queries import waits
from tracker.participation.seats.models import Seat
from tracker.participation.travel.queries import looked_after_by
from tracker.rights.actor import TRAVEL_OFFICERS, Actor

R = AssistanceRequest
STRICT = R.marking == Marking.STRICTLY_CONFIDENTIAL


def _people(*where: sa.ColumnElement[bool]) -> sa.Select[int]:
    number = sa.func.count(sa.distinct(DelegateMessage.delegate_id)).label("number")
    of_seats = sa.select(number).select_from(DelegateMessage).join(Seat, Seat.id == DelegateMessage.seat_id)
    return of_seats.join(R, R.id == Seat.request_id).where(waits(), *where)


def _number(*where: sa.ColumnElement[bool]) -> Rows:
    return _people(*where).add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


FOR_ROLES = (
    RoleWork(
        "answer_delegates",
        frozenset({"travel_officer"}),
        N_("Delegates who wait for an answer"),
        lambda: _number(~STRICT),
    ),
    RoleWork(
        "answer_delegates_in_confidence",
        frozenset({"programme_manager"}),
        N_("Delegates of strictly confidential requests who wait for an answer"),
        lambda: _number(STRICT),
    ),
)


def count_waiting(actor: Actor) -> dict[str, sa.ScalarSelect[int]]:
    """The figure of the menu: how many people wait for an answer of this person."""
    if not actor.has(*TRAVEL_OFFICERS):
        return {}
    return {"delegate_messages": _people(looked_after_by(actor)).scalar_subquery()}
