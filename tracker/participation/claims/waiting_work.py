"""How many claims wait to be looked at."""

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.participation.claims.standing import not_looked_at
from tracker.participation.seats.models import Seat

_STRICT = AssistanceRequest.marking == Marking.STRICTLY_CONFIDENTIAL


def _number(strict: sa.ColumnElement[bool]) -> Rows:
    number = sa.select(sa.func.count().label("number")).select_from(Seat)
    number = number.join(AssistanceRequest, AssistanceRequest.id == Seat.request_id).where(not_looked_at(), strict)
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


FOR_ROLES = (
    RoleWork(
        "look_at_claims",
        frozenset({"travel_officer"}),
        N_("Claims of delegates to look at"),
        lambda: _number(~_STRICT),
    ),
    RoleWork(
        "look_at_claims_in_confidence",
        frozenset({"programme_manager"}),
        N_("Claims of delegates of strictly confidential requests to look at"),
        lambda: _number(_STRICT),
    ),
)
