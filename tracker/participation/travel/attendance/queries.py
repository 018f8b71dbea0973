"""Reading who travels to a session for the list of participants, and what the files said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.imports.models import ImportRun
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.seats.reactions import is_over
from tracker.participation.travel.attendance.columns import words_of
from tracker.participation.travel.attendance.matching import Traveller
from tracker.participation.travel.attendance.models import AttendanceMark
from tracker.participation.travel.models import SeatTravel
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest
S = SeatStatus
TO_BE_MEANT = (S.CONFIRMED, S.TICKETED, S.TRAVELLED, S.NO_SHOW, S.CANCELLED, S.SETTLED)
"""Where a seat stands whose person can be in the file."""


def session_of(code: str) -> Session:
    """The session that a file is about. Raises Invalid where it is not said or is not over."""
    found = db.session.scalars(sa.select(Session).where(Session.code == code)).one_or_none()
    if found is None:
        raise Invalid(lazy("Choose the session that the file is about."))
    if not is_over(found):
        raise Invalid(lazy("The session is not over: import its list of participants after its last day."))
    return found


def travellers(session: Session, reader: Actor, run_id: int | None = None) -> list[Traveller]:
    """Whoever sits in a seat of the session that the reader may know, and what is recorded of their days; one
    statement."""
    of_the_person = sa.and_(SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id)
    own = sa.and_(AttendanceMark.seat_id == Seat.id, AttendanceMark.import_run_id == run_id, AttendanceMark.in_file)
    rows = db.session.execute(
        sa.select(Seat.id, Seat.status, Delegate, Organisation.state_iso3, SeatTravel, AttendanceMark.id.label("mark"))
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(SeatTravel, of_the_person)
        .outerjoin(AttendanceMark, own)
        .where(R.session_id == session.id, Seat.status.in_(TO_BE_MEANT), visible_to(reader))
        .order_by(Organisation.state_iso3, Seat.id)
        .execution_options(populate_existing=True)
    )
    return [_traveller(*row) for row in rows]


def _traveller(
    seat_id: int, status: str, person: Delegate, iso3: str | None, record: SeatTravel | None, mark: int | None
) -> Traveller:
    return Traveller(
        seat_id,
        person.id,
        person.name,
        words_of(person.name),
        iso3,
        normal_email(person.email) if person.email else "",
        SeatStatus(status),
        record.first_day if record else None,
        record.last_day if record else None,
        person.arrives_on,
        person.leaves_on,
        read=mark is not None,
    )


def request_ids(seat_ids: Sequence[int]) -> set[int]:
    """The requests of these seats."""
    return set(db.session.scalars(sa.select(Seat.request_id).where(Seat.id.in_(seat_ids))))


@dataclass(frozen=True, slots=True)
class NotInFile:
    """Somebody with a ticket who was expected and is not in the latest file."""

    seat: Seat
    person: Delegate
    iso3: str | None


def latest_run(session: Session) -> ImportRun | None:
    """The latest import of a list of participants of the session that was not undone."""
    of_session = (
        sa.select(AttendanceMark.import_run_id)
        .join(Seat, Seat.id == AttendanceMark.seat_id)
        .join(R, R.id == Seat.request_id)
        .where(R.session_id == session.id)
    )
    stands = sa.select(ImportRun).where(ImportRun.id.in_(of_session), ImportRun.status == "done")
    return db.session.scalars(stands.order_by(ImportRun.id.desc()).limit(1)).one_or_none()


def not_in_file(run: ImportRun, actor: Actor) -> list[NotInFile]:
    """Whom the file did not have and nobody has said anything of since: the officer says whether they came."""
    rows: Any = db.session.execute(
        sa.select(Seat, Delegate, Organisation.state_iso3)
        .join(AttendanceMark, AttendanceMark.seat_id == Seat.id)
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(
            *(AttendanceMark.import_run_id == run.id, ~AttendanceMark.in_file, Seat.status == SeatStatus.TICKETED),
            *(AttendanceMark.delegate_id == Seat.delegate_id, visible_to(actor)),
        )
        .order_by(Organisation.state_iso3, Seat.id)
    )
    return [NotInFile(*row) for row in rows]
