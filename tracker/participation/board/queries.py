"""What a session's board counts: the requests for it that the reader may see, with their delegations."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Kind, Status
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.calendar.now import today
from tracker.calendar.working_days import end_of
from tracker.extensions import db
from tracker.participation.lifecycle import Gender
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import SeatOrigin, SeatStatus
from tracker.participation.seats.models import Seat
from tracker.reference import country_lists
from tracker.reference.models import Session, State
from tracker.rights.actor import Actor

R = AssistanceRequest
ELIGIBLE = (Status.ACCEPTED, Status.IN_IMPLEMENTATION, Status.COMPLETED, Status.UNFUNDED)
"""A request with one of these was found eligible, also where it ended without a seat."""
FOR_A_SEAT = sa.and_(Delegate.alternate.is_(False), Delegate.removed_at.is_(None))
"""Nominated for a seat and not as an alternate."""


@dataclass(frozen=True, slots=True)
class Board:
    """One row for each submitted request, by State: who asks, for how many, how the request stands; and how many seats
    were given, also of requests withdrawn since, by State, request, status, origin and whether they were given back or
    missed, and how many of those who sit in them are women, or said which they are.

    Figures count people nominated for a seat; alternates travel only in somebody's place. Lists are those of
    `lists_on`, the day on which nominations close."""

    rows: Sequence[Any]
    given: Sequence[Any]
    lists_on: date

    def people(self, of: Callable[[Any], bool] = lambda row: True) -> int:
        """How many are nominated in the rows that `of` says yes to."""
        return sum(row.delegates for row in self.rows if of(row))

    def people_with(self, **traits: Any) -> int:
        """How many are nominated in the rows that have all these traits."""
        return self.people(lambda row: all(getattr(row, name) == value for name, value in traits.items()))

    def seats(self, *statuses: str) -> int:
        """How many seats stand so; without a status, how many were given."""
        return sum(row.number for row in self.given if not statuses or row.status in statuses)

    @property
    def standing(self) -> Sequence[Any]:
        """The rows of `given` of seats that were not given back before the journey."""
        return [row for row in self.given if not row.given_back]

    def reached(self, *statuses: str) -> int:
        """How many seats stand so and were not given back before the journey."""
        return sum(row.number for row in self.standing if row.status in statuses)

    @property
    def travelled(self) -> int:
        """In how many seats somebody made the journey, also where it is settled."""
        return sum(row.number for row in self.made)

    @property
    def is_recorded(self) -> bool:
        """Of every seat that stands it is known whether somebody made the journey."""
        return not self.reached(SeatStatus.SELECTED, SeatStatus.CONFIRMED, SeatStatus.TICKETED)

    @property
    def made(self) -> Sequence[Any]:
        """The rows of `given` of seats in which somebody made the journey."""
        done = (SeatStatus.TRAVELLED, SeatStatus.SETTLED)
        return [row for row in self.standing if row.status in done and not row.missed]

    @property
    def seated_women(self) -> int:
        """How many seats that did not end before the journey are women's."""
        return sum(row.women for row in self.standing)

    @property
    def seated_stated(self) -> int:
        """In how many of these it is known."""
        return sum(row.stated for row in self.standing)

    @property
    def promoted(self) -> int:
        """How many seats were given from the reserve list."""
        return sum(row.number for row in self.given if row.origin == SeatOrigin.PROMOTION)

    @property
    def states(self) -> int:
        """How many States nominated somebody."""
        return len({row.iso3 for row in self.rows if row.delegates})

    @property
    def women(self) -> int:
        return sum(row.women for row in self.rows)

    @property
    def stated(self) -> int:
        """How many of the people said whether they are a woman or a man."""
        return sum(row.stated for row in self.rows)

    def standing_of(self, of: Callable[[Any], bool]) -> int:
        """How many seats that were not given back the States have that `of` says yes to."""
        return sum(row.number for row in self.standing if of(row))

    def travelled_of(self, of: Callable[[Any], bool]) -> int:
        """In how many seats of these States somebody made the journey."""
        return sum(row.number for row in self.made if of(row))

    @property
    def request_ids(self) -> frozenset[int]:
        """The requests that ask for people or have a seat."""
        return frozenset((*(row.id for row in self.rows), *(row.request_id for row in self.given)))


def board_of(session: Session, actor: Actor, *where: sa.ColumnElement[bool]) -> Board:
    """What the actor may see of a session's requests and seats, in two statements; of those requests only for which
    `where` holds. Withdrawn requests ask for nothing."""
    day = session.closing_on or today()
    late = R.submitted_at > end_of(session.closing_on) if session.closing_on else sa.false()
    which = (R.session_id == session.id, visible_to(actor), *where)
    return Board(db.session.execute(_rows(day, late, which)).all(), db.session.execute(_seats(day, which)).all(), day)


def boards_of(actor: Actor, *where: sa.ColumnElement[bool]) -> dict[int, Board]:
    """The boards of all sessions for which somebody asked, by session, in two statements. Lists are those of the day on
    which each session's nominations closed; nothing is late here."""
    day = sa.func.coalesce(Session.closing_on, sa.literal(today(), sa.Date))
    which = (visible_to(actor), *where)
    rows, given = defaultdict(list), defaultdict(list)
    for row in db.session.execute(_rows(day, sa.false(), which)):
        rows[row.session_id].append(row)
    for row in db.session.execute(_seats(day, which)):
        given[row.session_id].append(row)
    return {one: Board(rows[one], given[one], today()) for one in {**rows, **given}}


def _rows(
    day: country_lists.Day, late: sa.ColumnElement[bool], which: Sequence[sa.ColumnElement[bool]]
) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            R.id,
            R.session_id,
            R.public_id,
            R.reference,
            R.status,
            late.label("late"),
            State.iso3,
            State.regional_group.label("group"),
            *country_lists.columns_on(day),
            _counted(FOR_A_SEAT).label("delegates"),
            _counted(sa.and_(FOR_A_SEAT, Delegate.gender == Gender.WOMAN)).label("women"),
            _counted(sa.and_(FOR_A_SEAT, Delegate.gender != Gender.NOT_STATED)).label("stated"),
        )
        .join(Session, Session.id == R.session_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .join(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(Delegate, Delegate.request_id == R.id)
        .where(
            *(R.kind == Kind.PARTICIPATION, R.submitted_at.is_not(None)),
            *(R.status != Status.WITHDRAWN, *which),
        )
        .group_by(R.id, State.iso3, Session.id)
        .order_by(State.iso3, R.id)
    )


def _seats(day: country_lists.Day, which: Sequence[sa.ColumnElement[bool]]) -> sa.Select[*tuple[Any, ...]]:
    missed = sa.case((Seat.cause.is_(None), 0), else_=1)
    return (
        sa.select(
            *(Seat.request_id, R.session_id, State.iso3, State.regional_group.label("group")),
            *country_lists.columns_on(day),
            Seat.status,
            Seat.origin,
            Seat.given_back,
            missed.label("missed"),
            sa.func.count().label("number"),
            _counted(Delegate.gender == Gender.WOMAN).label("women"),
            _counted(Delegate.gender != Gender.NOT_STATED).label("stated"),
        )
        .join(R, R.id == Seat.request_id)
        .join(Session, Session.id == R.session_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .join(State, State.iso3 == Organisation.state_iso3)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .where(*which)
        .group_by(
            *(Seat.request_id, R.session_id, State.iso3, Session.id),
            *(Seat.status, Seat.origin, Seat.given_back, missed),
        )
    )


def _counted(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((which, 1), else_=0)), 0)
