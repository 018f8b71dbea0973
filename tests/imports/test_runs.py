"""Imports in parts: others write in between, a killed worker's run goes on, and what nobody touched can be undone."""

import csv
import io
import os
import signal
import time
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import reference as reference_data
from tests.imports.test_pages import count, public_id, send, work
from tests.services.people import sign_in
from tracker.accounts.queries.actors import actor_for
from tracker.assistance.models import AssistanceRequest, CoDrafter
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction, update_where
from tracker.events.models import Event
from tracker.extensions import db
from tracker.imports.models import ImportRun
from tracker.imports.runs import CHUNK
from tracker.jobs import services as jobs
from tracker.jobs.models import Job
from tracker.jobs.work import Work
from tracker.pledges.models import Pledge
from tracker.rights.actor import Actor

ROWS = 2_000


@pytest.fixture(autouse=True)
def with_reference(app):
    app.config["WTF_CSRF_ENABLED"] = False
    reference_data.loaded()


@pytest.fixture
def manager(client):
    return sign_in(client, accounts.person("programme_manager"))


def table(rows, state="KEN"):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "state", "title"])
    writer.writerows([number, state, f"Training of investigators {number}"] for number in range(rows))
    return out.getvalue().encode()


def begin(client, rows):
    """Upload, look, and say yes; gives the address of the run's page. The worker has not begun."""
    preview = public_id(send(client, "many.csv", data=table(rows)))
    work()
    return public_id(client.post(f"/imports/{preview}/carry-out"))


def events(name):
    db.session.rollback()
    return db.session.scalars(sa.select(Event).where(Event.name == name)).all()


class TestARun:
    def test_leaves_others_their_turn(self, manager, monkeypatch):
        run = begin(manager, CHUNK + 100)
        seen = []
        progress = Work.progress

        def look(self, done, total):
            seen.append(count(AssistanceRequest))
            progress(self, done, total)

        monkeypatch.setattr(Work, "progress", look)
        work()
        assert CHUNK in seen
        assert count(AssistanceRequest) == CHUNK + 100
        assert len(events("assistance.imported")) == 1
        assert "The import is done." in manager.get(f"/imports/{run}").text

    def test_whose_worker_is_killed_goes_on_and_takes_no_row_twice(self, manager, worker):
        run = begin_for_a_worker(manager, ROWS)
        until = time.monotonic() + 120
        while not 0 < count(AssistanceRequest) < ROWS:
            assert time.monotonic() < until
            db.session.rollback()
        os.killpg(worker.popen.pid, signal.SIGKILL)
        worker.popen.wait()
        db.session.rollback()
        there = count(AssistanceRequest)
        assert 0 < there < ROWS
        assert events("assistance.imported") == []
        with shifted(now() + timedelta(minutes=10)):
            jobs.sweep(actor_for)
        assert count(AssistanceRequest) == ROWS
        assert db.session.scalar(sa.select(sa.func.count(sa.distinct(AssistanceRequest.source_id)))) == ROWS
        (event,) = events("assistance.imported")
        assert event.data == {"rows": ROWS, "imported": ROWS}
        assert db.session.scalars(sa.select(ImportRun.counts)).one() == {"imported": ROWS}
        assert db.session.scalar(sa.select(Job.status).where(Job.public_id == uuid.UUID(run))) == "done"

    def test_that_is_stopped_says_what_it_took_and_goes_on_when_sent_again(self, manager, monkeypatch):
        run = begin(manager, CHUNK + 100)
        progress = Work.progress

        def stop_after_a_part(self, done, total):
            if count(AssistanceRequest) == CHUNK:
                jobs.cancel(run, actor=Actor.system)
            progress(self, done, total)

        monkeypatch.setattr(Work, "progress", stop_after_a_part)
        monkeypatch.setattr("tracker.jobs.work._SECONDS_BETWEEN_SIGNS", 0)
        work()
        monkeypatch.undo()
        assert count(AssistanceRequest) == CHUNK
        page = manager.get(f"/imports/{run}").text
        assert "The import was stopped." in page
        assert f"{CHUNK} rows were taken over before." in page
        begin(manager, CHUNK + 100)
        work()
        assert count(AssistanceRequest) == CHUNK + 100
        assert sorted(event.data["imported"] for event in events("assistance.imported")) == [100, CHUNK]


def begin_for_a_worker(client, rows):
    """The same with a worker that looks at the file."""
    preview = public_id(send(client, "many.csv", data=table(rows)))
    until = time.monotonic() + 120
    while db.session.scalar(sa.select(Job.status).where(Job.public_id == uuid.UUID(preview))) != "done":
        assert time.monotonic() < until
        db.session.rollback()
        time.sleep(0.05)
    return public_id(client.post(f"/imports/{preview}/carry-out"))


class TestUndoing:
    def undo(self, client, run):
        answer = client.post(f"/imports/{run}/undo")
        work()
        return answer

    def test_takes_back_what_nobody_touched_and_says_what_stays(self, manager):
        run = begin(manager, 30)
        work()
        touched, rated = db.session.scalars(sa.select(AssistanceRequest.id).order_by(AssistanceRequest.id).limit(2))
        with transaction() as session:
            update_where(AssistanceRequest, AssistanceRequest.id == touched, version=2)
            session.execute(
                sa.insert(Event).values(name="assistance.taken_up", subject_type="request", subject_id=rated, data={})
            )
        assert "Undo this import" in manager.get(f"/imports/{run}").text
        self.undo(manager, run)
        left = set(db.session.scalars(sa.select(AssistanceRequest.id)))
        assert left == {touched, rated}
        page = manager.get(f"/imports/{run}").text
        assert "28 rows were taken back." in page
        assert "2 rows stay, because somebody had touched them since." in page
        assert "Undo this import" not in page
        (event,) = events("imports.undone")
        assert event.data == {"undone": 28, "kept": 2}
        assert manager.get("/requests?q=investigators").status_code in (200, 403)

    def test_twice_is_refused(self, manager):
        run = begin(manager, 3)
        work()
        self.undo(manager, run)
        assert self.undo(manager, run).status_code == 409

    def test_and_importing_again_takes_the_rows_again(self, manager):
        run = begin(manager, 3)
        work()
        self.undo(manager, run)
        begin(manager, 3)
        work()
        assert count(AssistanceRequest) == 3

    def test_pledges_go_too(self, manager):
        preview = public_id(send(manager, "fts_flows_2020.csv", what="pledges"))
        work()
        run = public_id(manager.post(f"/imports/{preview}/carry-out"))
        work()
        assert count(Pledge) == 738
        self.undo(manager, run)
        assert count(Pledge) == 0

    def test_is_for_whoever_imported(self, app, manager):
        run = begin(manager, 3)
        work()
        other = sign_in(app.test_client(), accounts.person("programme_manager"))
        assert other.post(f"/imports/{run}/undo").status_code == 404

    def test_a_row_on_which_something_rests_stays(self, manager):
        run = begin(manager, 5)
        work()
        kept = db.session.scalars(sa.select(AssistanceRequest.id).order_by(AssistanceRequest.id).limit(1)).one()
        someone = accounts.person("focal_point")
        with transaction() as session:
            session.add(CoDrafter(request_id=kept, person_id=someone.person_id))
        self.undo(manager, run)
        assert db.session.scalars(sa.select(AssistanceRequest.id)).all() == [kept]
        assert "4 rows were taken back" in manager.get(f"/imports/{run}").text
