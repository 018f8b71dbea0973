"""Which seats wait for the authority of a State, and which for the office: counted for the menu and for those who let
people go, and listed on one page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import seen_by_staff
from tracker.calendar.now import today
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.participation.offers.models import Offer
from tracker.participation.seats.lifecycle import BEARS, SeatStatus
from tracker.participation.seats.models import Seat
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount
from tracker.rights.actor import SECRET_READERS, TRAVEL_OFFICERS, Actor

R = AssistanceRequest


def _of_states() -> Rows:
    number = sa.func.count().label("number")
    offered = sa.select(R.organisation_id, number).join(Seat, Seat.request_id == R.id)
    return offered.join(Offer, Offer.seat_id == Seat.id).where(Offer.outcome.is_(None)).group_by(R.organisation_id)


def _of_the_office(*conditions: sa.ColumnElement[bool]) -> Rows:
    number = sa.select(sa.func.count().label("number")).select_from(Seat).where(*conditions)
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


def _open(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(Offer.seat_id == Seat.id, Offer.outcome.is_(None), *conditions).correlate(Seat)


_LEFT_OPEN = [cause for cause, bearer in BEARS.items() if bearer is None]


def _paid() -> sa.ColumnElement[bool]:
    """Something was paid for the seat and did not come back."""
    mine = (Allocation.seat_id == Seat.id, LedgerAccount.allocation_id == Allocation.id)
    paid = (LedgerAccount.kind == AccountKind.PAID, LedgerAccount.balance_minor > 0)
    return sa.exists().where(*mine, *paid).correlate(Seat)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Seats that wait for somebody in the office with one of `roles`. `label` (a message id) says for what,
    `condition` which they are on a day."""

    name: str
    roles: frozenset[str]
    label: str
    condition: Callable[[date], sa.ColumnElement[bool]]


WAITING = (
    Waiting(
        "send_offers",
        frozenset(TRAVEL_OFFICERS),
        N_("Seats to offer to their States"),
        lambda _day: sa.and_(Seat.status == SeatStatus.SELECTED, ~_open()),
    ),
    Waiting(
        "take_back_offers",
        frozenset({"programme_manager"}),
        N_("Seats without an answer past their day"),
        lambda day: _open(Offer.until < day),
    ),
    Waiting(
        "say_who_bears",
        frozenset({"programme_manager"}),
        N_("Seats of which you say who bears the cost"),
        lambda _day: sa.and_(Seat.cause.in_(_LEFT_OPEN), Seat.borne_by.is_(None), _paid()),
    ),
)


def _work(kind: Waiting) -> RoleWork:
    return RoleWork(kind.name, kind.roles, kind.label, lambda: _of_the_office(kind.condition(today())))


FOR_ROLES = (
    RoleWork("answer_offers", frozenset({"authorising_officer"}), N_("Seats to confirm or decline"), _of_states),
    *map(_work, WAITING),
)


def waiting_for(actor: Actor) -> list[Waiting]:
    """What can wait for somebody, by their roles."""
    return [kind for kind in WAITING if actor.has(*kind.roles)]


def count_waiting(actor: Actor) -> dict[str, sa.ScalarSelect[int]]:
    """The figure of the menu: every seat on the page to which it leads, once for each thing for which it waits."""
    kinds = tuple(kind.name for kind in waiting_for(actor))
    return {"seats": _number(kinds, actor.has(*SECRET_READERS), today())} if kinds else {}


@lru_cache(maxsize=8)
def _number(kinds: tuple[str, ...], secrets: bool, day: date) -> sa.ScalarSelect[int]:
    seen = seen_by_staff(sa.bindparam("person_id"), secrets=secrets)
    parts = [sa.case((kind.condition(day), 1), else_=0) for kind in WAITING if kind.name in kinds]
    total = sum(parts[1:], start=parts[0])
    return (
        sa.select(sa.func.coalesce(sa.func.sum(total), 0))
        .select_from(Seat)
        .join(R, R.id == Seat.request_id)
        .where(R.session_id.is_not(None), seen)
        .scalar_subquery()
    )
