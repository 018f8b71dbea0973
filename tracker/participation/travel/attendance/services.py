"""Taking a list of participants over: the days really spent of whoever was present, in one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.imports import runs
from tracker.imports.models import ImportRun
from tracker.imports.report import Done, Report
from tracker.imports.runs import Progress, no_progress
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.offers.services.moving import hold_requests, move_person
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries as travel
from tracker.participation.travel.attendance import queries
from tracker.participation.travel.attendance.imports import Days, Listed, seat_ids, sort_out
from tracker.participation.travel.attendance.models import AttendanceMark
from tracker.participation.travel.lifecycle import Shown
from tracker.participation.travel.models import SeatTravel
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services.recording import record_by_request
from tracker.participation.travel.services.travelled import Spent, keep_travelled
from tracker.pledges.models import Act, Disbursement, SeatLine
from tracker.rights.actor import Actor

WHAT = "attendance"


def examine(rows: Listed, *, progress: Progress = no_progress) -> Report:
    """What an import would do, without doing it."""
    progress(0, len(rows))
    return sort_out(rows).report


def import_attendance(rows: Listed, *, actor: Actor, **run: Any) -> dict[str, Any]:
    """Keep the days of whoever was present; gives the report as data. Repeating a run changes nothing."""
    return runs.take_whole(
        WHAT, rows, take=lambda run_id: take(rows, run_id=run_id, actor=actor), end=end_attendance, actor=actor, **run
    )


@verb(events=None)
def take(rows: Listed, *, run_id: int, actor: Actor) -> Report:
    """Keep all of a file, in one transaction: the requests are held, and what others recorded by then stands. Those
    concerned are told as of days recorded by hand, once a request."""
    runs.begin_part(run_id)
    hold_requests(queries.request_ids(seat_ids(sort_out(rows, run_id))))
    found = sort_out(rows, run_id)
    if db.session.scalar(sa.select(sa.exists().where(AttendanceMark.import_run_id == run_id))):
        return found.report
    attended = {one.seat_id: days for one, days in found.attended}
    session = queries.session_of(rows.session)
    present = travel.of_session(session, actor, Seat.id.in_(attended))
    for whole in present:
        _keep(whole, attended[whole.seat.id], run_id)
    record_by_request("participation.travel_recorded", present, actor)
    for one in found.not_in_file:
        db.session.add(
            AttendanceMark(import_run_id=run_id, seat_id=one.seat_id, delegate_id=one.delegate_id, in_file=False)
        )
    db.session.flush()
    return found.report


def _keep(found: Travelling, days: Days, run_id: int) -> None:
    """The days of one person who was present, with their mark."""
    keep_travelled(found, Spent(Shown.ATTENDANCE.value, days[0], days[1], {}))
    same = SeatTravel.seat_id == found.seat.id, SeatTravel.delegate_id == found.seat.delegate_id
    journey_version = db.session.scalars(sa.select(SeatTravel.version).where(*same)).one()
    db.session.add(
        AttendanceMark(
            import_run_id=run_id,
            seat_id=found.seat.id,
            delegate_id=found.seat.delegate_id,
            in_file=True,
            seat_version=found.seat.version,
            journey_version=journey_version,
        )
    )


@verb
def end_attendance(run_id: int, report: Report, *, actor: Actor, status: str) -> None:
    """Close a run, with one event that stands in the history of every request of which somebody was present."""
    marks = sa.select(AttendanceMark.seat_id).where(AttendanceMark.import_run_id == run_id, AttendanceMark.in_file)
    seats = list(db.session.scalars(marks))
    run = runs.end(run_id, report, taken=len(seats), status=status)
    imported, requests = report.counts[Done.IMPORTED], sorted(queries.request_ids(seats))
    events.record(
        "participation.attendance_imported",
        run,
        actor=actor,
        also_about=(AssistanceRequest, requests),
        rows=report.total,
        imported=imported,
    )


def forget(ids: Sequence[int], actor: Actor) -> None:
    """Take back what marks say was kept: the seats have their tickets again and nobody is said to have travelled. One
    event for each request."""
    marks = db.session.scalars(
        sa.select(AttendanceMark).where(AttendanceMark.id.in_(ids), AttendanceMark.in_file)
    ).all()
    hold_requests(queries.request_ids([mark.seat_id for mark in marks]))
    by_request: dict[int, list[AttendanceMark]] = defaultdict(list)
    nothing: dict[str, Any] = {"shown_by": None, "first_day": None, "last_day": None, "provided": {}}
    for mark in marks:
        seat = db.session.get_one(Seat, mark.seat_id, populate_existing=True)
        seat.apply(SeatAction.UNDO_TRAVEL, version=mark.seat_version)
        same = SeatTravel.seat_id == mark.seat_id, SeatTravel.delegate_id == mark.delegate_id
        update_where(SeatTravel, *same, version=SeatTravel.version + 1, **nothing)
        move_person(mark.delegate_id, DelegateStatus.TICKETED)
        by_request[seat.request_id].append(mark)
    for request_id, its in sorted(by_request.items()):
        events.record(
            "participation.attendance_undone",
            db.session.get_one(AssistanceRequest, request_id),
            actor=actor,
            seat_ids=[one.seat_id for one in its],
            delegate_ids=[one.delegate_id for one in its],
        )


def touched() -> list[sa.ColumnElement[bool]]:
    """When somebody has touched what a mark kept: the seat moved on, the journey was changed, or something was paid or
    came back since."""
    seat = sa.exists().where(Seat.id == AttendanceMark.seat_id, Seat.version == AttendanceMark.seat_version)
    journey = sa.exists().where(
        SeatTravel.seat_id == AttendanceMark.seat_id,
        SeatTravel.delegate_id == AttendanceMark.delegate_id,
        SeatTravel.version == AttendanceMark.journey_version,
    )
    moved = (
        sa.exists()
        .where(SeatLine.seat_id == AttendanceMark.seat_id, Disbursement.seat_line_id == SeatLine.id)
        .where(Act.id == Disbursement.act_id, ImportRun.id == AttendanceMark.import_run_id, Act.at >= ImportRun.at)
    )
    return [sa.and_(AttendanceMark.in_file, sa.or_(~sa.and_(seat, journey), moved))]
