"""The list of participants as a kind of record on the import page."""

from typing import Any

from tracker.imports.kinds import Kind
from tracker.languages.choosing import current_language
from tracker.languages.marking import N_
from tracker.participation.seats.reactions import is_over
from tracker.participation.travel import queries as travel
from tracker.participation.travel.attendance import imports, services
from tracker.participation.travel.attendance.columns import COLUMNS
from tracker.participation.travel.attendance.models import AttendanceMark
from tracker.rights.actor import Actor


def sessions(actor: Actor) -> list[tuple[str, Any]]:
    """The sessions that are over and to which somebody travelled or was to travel, by code."""
    found = [one.session for one in travel.desks(actor) if is_over(one.session)]
    return [(session.code, f"{session.code}: {session.title(current_language())}") for session in found]


ATTENDANCE = Kind(
    services.WHAT,
    N_("Attendance at a session"),
    N_("Attendance: the list of participants from the registration system, CSV or XLSX, for one session that is over."),
    lands=N_(
        "Whoever is found by address or name counts as having travelled, with these days. What is recorded already "
        "stays. Who is not in the file is listed, and nothing is said of them."
    ),
    whose=N_("State"),
    roles=("travel_officer",),
    read=imports.read,
    examine=services.examine,
    take_over=services.import_attendance,
    end=services.end_attendance,
    model=AttendanceMark,
    forget=services.forget,
    columns=COLUMNS,
    sessions=sessions,
    touched=services.touched,
    undoes=N_(
        "The days go again, and the journeys stand as ticketed. Where somebody has changed the journey or entered its "
        "settlement since, it stays, and you read how many."
    ),
)
