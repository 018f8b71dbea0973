"""Seats whose journey is over, and pledges that ended, as far as they wait for finance."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.costs.lines import LineKind
from tracker.extensions import db
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.settling import queries
from tracker.participation.settling.lifecycle import Owes
from tracker.participation.settling.models import Settlement, SettlementLine
from tracker.participation.settling.waiting_work import awaiting
from tracker.pledges.lifecycle import AccountKind, Status
from tracker.pledges.models import LedgerAccount, Pledge
from tracker.pledges.queries.visible import may_name, visible_to
from tracker.rights.actor import Actor

_MUST_BE_EMPTY = (AccountKind.EXPECTED, AccountKind.AVAILABLE, AccountKind.HELD, AccountKind.UNAPPLIED)


def settling(actor: Actor, limit: int = 500) -> list[queries.Settling]:
    """Seats of which it is entered what is due, and settled ones of which a State may still owe something."""
    owes = sa.exists().where(SettlementLine.seat_id == Seat.id, SettlementLine.owed_minor > 0)
    settled = sa.and_(Seat.status == SeatStatus.SETTLED, owes)
    ids = (
        sa.select(Seat.id)
        .join(Settlement, Settlement.seat_id == Seat.id)
        .join(AssistanceRequest, AssistanceRequest.id == Seat.request_id)
        .where(sa.or_(awaiting(), settled), may_name(actor))
        .order_by(Seat.id)
        .limit(limit)
    )
    return list(queries.with_ids(db.session.scalars(ids).all()).values())


def owed_by_the_state(one: queries.Settling) -> int:
    """What is asked back through the State; what the agency owes for a ticket stands in its own list."""
    return sum(line.owed_minor for line in one.owed if line.owes == Owes.STATE or line.kind != LineKind.FARE)


def pledges_to_close(actor: Actor) -> Sequence[Any]:
    """Accepted pledges whose last day is over, with nothing expected, free, held or beyond the pledge."""
    account = aliased(LedgerAccount)
    left = sa.exists().where(
        account.pledge_id == Pledge.id, account.kind.in_(_MUST_BE_EMPTY), account.balance_minor > 0
    )
    ended = Pledge.status == Status.ACCEPTED, Pledge.ends_on < today(), visible_to(actor)
    columns = Pledge.public_id, Pledge.reference, Pledge.ends_on
    return db.session.execute(sa.select(*columns).where(*ended, ~left).order_by(Pledge.ends_on, Pledge.id)).all()
