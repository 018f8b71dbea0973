"""The account of a session: which seats are open, what is owed, and which States are without a seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Kind, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.seats.lifecycle import ENDED
from tracker.participation.seats.models import Seat
from tracker.participation.seats.reactions import is_over
from tracker.participation.settling import queries
from tracker.participation.settling.lifecycle import Owes
from tracker.participation.settling.models import SessionClosing
from tracker.participation.settling.queries import Settling
from tracker.participation.settling.recording import names_of
from tracker.pledges.models import RequestFunding
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Account:
    """A session's seats, the requests that are left without one, and its closing where it is closed."""

    session: Session
    seats: tuple[Settling, ...]
    without_seat: tuple[Any, ...]
    closing: SessionClosing | None

    @property
    def going(self) -> list[Settling]:
        """Seats that are neither settled nor ended."""
        return [one for one in self.seats if one.is_open or one.seat.status not in ENDED]

    @property
    def settled(self) -> list[Settling]:
        return [one for one in self.seats if one.is_settled]

    @property
    def owing(self) -> list[Settling]:
        """Settled seats of which something is owed, or was and is written off."""
        return [one for one in self.settled if one.owed or one.total("ended_minor")]

    @property
    def claimed_minor(self) -> int:
        """What States are asked for and have not paid."""
        return self._owed(Owes.STATE)

    @property
    def refunds_minor(self) -> int:
        """What is expected from agencies and others who were paid."""
        return self._owed(Owes.PAYEE)

    @property
    def ended_minor(self) -> int:
        """What was written off."""
        return sum(one.total("ended_minor") for one in self.settled)

    @property
    def back_minor(self) -> int:
        """What of the money approved for seats that are settled was not needed."""
        return sum(one.back_minor for one in self.settled)

    def _owed(self, owes: Owes) -> int:
        return sum(line.owed_minor for one in self.settled for line in one.owed if line.owes == owes)

    def in_the_way(self) -> list[Any]:
        """What stands in the way of closing, in sentences."""
        if self.closing is not None:
            return [lazy("This session is closed already.")]
        found = []
        if not is_over(self.session):
            found.append(lazy("The session is not over yet."))
        if self.going:
            found.append(lazy("These seats are not settled and not ended: %(names)s.", names=names_of(self.going)))
        return found


def account_of(session: Session, actor: Actor) -> Account:
    """The account of a session as the actor may know it; seven statements at most."""
    return Account(
        session,
        tuple(queries.every_seat(session.id, actor)),
        tuple(without_seat(session.id, actor)) if is_over(session) else (),
        closing_of(session.id),
    )


def closing_of(session_id: int) -> SessionClosing | None:
    """The closing of a session; None while its account is open."""
    rows = sa.select(SessionClosing).where(SessionClosing.session_id == session_id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).one_or_none()


def without_seat(session_id: int, actor: Actor) -> Sequence[Any]:
    """Accepted requests of a session that can end without a seat, by State: none was given, or all ended and nothing is
    held or paid for them."""
    stands = sa.exists().where(Seat.request_id == R.id, Seat.status.not_in(ENDED))
    money = sa.exists().where(RequestFunding.request_id == R.id, RequestFunding.allocated_minor > 0)
    statement = (
        sa.select(R.id, R.public_id, R.reference, Organisation.state_iso3)
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(
            *(R.session_id == session_id, R.kind == Kind.PARTICIPATION, R.status == Status.ACCEPTED),
            *(~stands, ~money, visible_to(actor)),
        )
        .order_by(Organisation.state_iso3, R.id)
    )
    return db.session.execute(statement).all()
