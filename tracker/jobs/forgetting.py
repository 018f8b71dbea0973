"""How long finished work and its reports are kept."""

from datetime import timedelta

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.models import File
from tracker.jobs.models import Job

JOBS_ARE_KEPT = timedelta(days=90)
AT_ONCE = 100


def forget_old_jobs() -> int:
    """Delete work that ended 90 days ago or earlier, with its report; what it did, and its events, stay. Work to which
    a file was handed in stays as long as the file's content."""
    deleted = 0
    while number := _forget_some():
        deleted += number
    return deleted


def _forget_some() -> int:
    has_a_source = sa.exists().where(
        File.subject_type == Job.__event_subject__,
        File.subject_id == Job.id,
        File.handed_in_at.is_not(None),
        File.erased_at.is_(None),
    )
    with transaction() as session:
        old = session.scalars(
            sa.select(Job).where(Job.ended_at < now() - JOBS_ARE_KEPT, ~has_a_source).order_by(Job.id).limit(AT_ONCE)
        )
        ended = old.all()
        reports = [job.report_file_id for job in ended if job.report_file_id]
        for job in ended:
            session.delete(job)
        session.flush()
        for file in db.session.scalars(sa.select(File).where(File.id.in_(reports))):
            files.remove(file)
        return len(ended)
