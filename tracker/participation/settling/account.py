"""The account of a session: which seats are open, what is owed, and which States are without a seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.accounts.queries import people_with_roles
from tracker.assistance.lifecycle import Kind, Status
from tracker.assistance.models import AssistanceRequest, Recusal
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
from tracker.pledges.queries.visible import may_name
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Account:
    """A session's seats, the requests that are left without one, and its closing where it is closed; `withheld` is how
    many of its requests the reader may not read, of which nothing is counted here."""

    session: Session
    seats: tuple[Settling, ...]
    without_seat: tuple[Any, ...]
    closing: SessionClosing | None
    withheld: int

    @property
    def is_empty(self) -> bool:
        """The session has no seats and no accepted requests."""
        return not (self.seats or self.without_seat or self.withheld)

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
        """What of the money set aside for seats that are settled is with the pledges again, by the ledger."""
        return sum(one.came_back_minor for one in self.settled)

    def _owed(self, owes: Owes) -> int:
        return sum(line.owed_minor for one in self.settled for line in one.owed if line.owes == owes)

    def in_the_way(self) -> list[Any]:
        """What stands in the way of closing, in sentences. Of a session some of whose requests the reader may not read
        only those who read them all can say that nothing does, and close it."""
        if self.closing is not None:
            return [lazy("This session is closed already.")]
        found = list(_who_reads_all(self.session.id)) if self.withheld else []
        if not is_over(self.session):
            found.append(lazy("The session is not over yet."))
        if self.going:
            found.append(lazy("These seats are not settled and not ended: %(names)s.", names=names_of(self.going)))
        return found


def account_of(session: Session, actor: Actor) -> Account:
    """The account of a session as the actor may know it; ten statements at most."""
    return Account(
        session,
        tuple(queries.every_seat(session.id, actor)),
        tuple(without_seat(session.id, actor)) if is_over(session) else (),
        closing_of(session.id),
        _withheld(session.id, actor),
    )


def _of_the_account(session_id: int) -> sa.ColumnElement[bool]:
    """The requests that an account is about: accepted ones, and those that had a seat."""
    had = sa.exists().where(Seat.request_id == R.id).correlate(R)
    of_session = sa.and_(R.session_id == session_id, R.kind == Kind.PARTICIPATION)
    return sa.and_(of_session, sa.or_(had, R.status == Status.ACCEPTED))


def _withheld(session_id: int, actor: Actor) -> int:
    """How many requests of a session the actor may not read, or not name."""
    hidden = sa.and_(_of_the_account(session_id), sa.not_(may_name(actor)))
    return db.session.scalar(sa.select(sa.func.count()).select_from(R).where(hidden)) or 0


def _who_reads_all(session_id: int) -> list[Any]:
    """Sentences that say why this reader cannot close the account, and who can."""
    aside = sa.select(Recusal.person_id).join(R, R.id == Recusal.request_id).where(_of_the_account(session_id))
    barred = set(db.session.scalars(aside))
    managers = {row.person_id: row.name for row in people_with_roles(["programme_manager"])}
    names = ", ".join(name for person_id, name in managers.items() if person_id not in barred)
    why = lazy("Only somebody who may read every seat of the session closes its account.")
    if names:
        return [why, lazy("These programme managers may: %(names)s.", names=names)]
    return [why, lazy("No programme manager may: the administrator gives the role to somebody else.")]


def closing_of(session_id: int) -> SessionClosing | None:
    """The closing of a session; None while its account is open."""
    rows = sa.select(SessionClosing).where(SessionClosing.session_id == session_id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).one_or_none()


def is_closed(session_id: int) -> bool:
    """Whether the account of a session is closed: nothing of it is given any more."""
    return bool(db.session.scalar(sa.select(sa.exists().where(SessionClosing.session_id == session_id))))


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
