"""What of rounds waits for one person, and what for whoever holds a role: told to those who let people go, and counted
for the menu."""

from typing import Any

import sqlalchemy as sa

from tracker.accounts.waiting_work import Held, Leaver, RoleWork
from tracker.calendar.now import today
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.rights.actor import TRAVEL_OFFICERS, Actor
from tracker.rounds.free_seats import sessions_with_one
from tracker.rounds.lifecycle import RoundStatus
from tracker.rounds.models import Round, RoundSeat


def _opened(leaver: Leaver) -> sa.ScalarSelect[int]:
    mine = sa.select(sa.func.count()).select_from(Round).where(Round.opened_by_id == leaver.person_id)
    return mine.where(Round.status == RoundStatus.OPEN).scalar_subquery()


def _standing(status: RoundStatus) -> Rows:
    number = sa.select(sa.func.count().label("number")).select_from(Round).where(Round.status == status)
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


def _sessions_with_a_free_seat() -> Rows:
    number = sa.select(sessions_with_one(today()).label("number"))
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


HELD = (
    Held(
        "rounds",
        frozenset({"programme_manager"}),
        N_("Rounds of seats opened by this person, not prepared yet"),
        N_("They stay as they are: another programme manager goes on with them or drops them."),
        _opened,
        endpoint="rounds.index",
    ),
)
FOR_ROLES = (
    RoleWork(
        "give_seats",
        frozenset({"programme_manager"}),
        N_("Rounds of seats to prepare"),
        lambda: _standing(RoundStatus.OPEN),
    ),
    RoleWork(
        "approve_rounds",
        frozenset({"finance_officer"}),
        N_("Rounds of seats to approve"),
        lambda: _standing(RoundStatus.PREPARED),
    ),
    RoleWork(
        "promote",
        frozenset(TRAVEL_OFFICERS),
        N_("Sessions with a seat that is free while people wait"),
        _sessions_with_a_free_seat,
    ),
)


def approvable_by(person: Any) -> sa.ColumnElement[bool]:
    """The round waits for its second person, and somebody (an id, or what stands for it) neither signed it nor gave a
    seat in it."""
    gave = sa.exists().where(RoundSeat.round_id == Round.id, RoundSeat.given_by_id == person).correlate(Round)
    return sa.and_(Round.status == RoundStatus.PREPARED, Round.prepared_by_id != person, ~gave)


def count_waiting(actor: Actor) -> dict[str, sa.ScalarSelect[int]]:
    """The figure of the menu, which the page of rounds shows session by session: for a finance officer rounds to
    approve, for a manager sessions with a seat that is free while people wait."""
    if actor.has("finance_officer"):
        return {"rounds": _TO_APPROVE}
    return {"rounds": sessions_with_one(today())} if actor.has("programme_manager") else {}


_TO_APPROVE = sa.select(sa.func.count(Round.id)).where(approvable_by(sa.bindparam("person_id"))).scalar_subquery()
