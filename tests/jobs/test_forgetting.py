"""Work that has ended goes after a time, with its report."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tracker import jobs
from tracker.calendar.now import now, shifted
from tracker.database import housekeeping
from tracker.events import Event
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import path_of
from tracker.jobs import queries, services
from tracker.jobs.models import Job
from tracker.jobs.work import _kinds
from tracker.rights.actor import Actor


@pytest.fixture
def reporting():
    """A kind of work that leaves a report."""
    jobs.register("reports", label="Test: reports")(lambda work: work.report("report.csv", b"row,result\n1,kept\n"))
    yield
    del _kinds["reports"]


def begun() -> Job:
    return queries.get_visible(services.start("reports", {}, actor=Actor.system), Actor.system)


def test_work_goes_with_its_report_90_days_after_its_end_and_its_events_stay(app, reporting):
    done, left_open = begun().id, begun().id
    services.run(done, lambda _person, _membership: None)
    stored = path_of(db.session.scalars(sa.select(File.stored_as)).one())
    events = db.session.query(Event).count()
    for days, left in ((89, {done, left_open}), (91, {left_open})):
        with shifted(now() + timedelta(days=days)):
            housekeeping.tidy()
        assert set(db.session.scalars(sa.select(Job.id))) == left
        assert stored.exists() is (days == 89)
    assert db.session.query(File).count() == 0
    assert db.session.query(Event).count() == events
