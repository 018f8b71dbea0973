"""How long the source of an import is kept: what was taken over stands in its rows, and a file may hold more."""

from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.files import services as files
from tracker.files.models import File
from tracker.jobs.models import Job

AT_ONCE = 100


def forget_old_sources() -> int:
    """Let the content of sources go once their days are over; their rows stay, with name and hash."""
    kept = timedelta(days=current_app.extensions["tracker_settings"].import_source_days)
    gone = 0
    while number := _forget_some(kept):
        gone += number
    return gone


def _forget_some(kept: timedelta) -> int:
    """Of what work has to do with only the sources of imports count as handed in; reports go with their work."""
    sources = File.subject_type == Job.__event_subject__, File.handed_in_at < now() - kept, File.erased_at.is_(None)
    with transaction() as session:
        old = session.scalars(sa.select(File).where(*sources).order_by(File.id).limit(AT_ONCE)).all()
        for file in old:
            files.erase(file)
        return len(old)
