"""What of rounds waits for one person, and what for whoever holds a role: told to those who let people go."""

import sqlalchemy as sa

from tracker.accounts.waiting_work import Held, Leaver, RoleWork
from tracker.calendar.now import today
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.rounds.free_seats import sessions_with_one
from tracker.rounds.lifecycle import RoundStatus
from tracker.rounds.models import Round


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
