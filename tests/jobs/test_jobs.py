"""Long work: one worker at a time, progress that can be seen, an end that is always told, nothing lost by a kill."""

import uuid
from datetime import timedelta

import pytest

from tests.factories.accounts import person
from tracker import jobs
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction
from tracker.errors import Forbidden, Invalid, NotFound
from tracker.events import Event
from tracker.extensions import db
from tracker.jobs import queries, services
from tracker.jobs.models import Job
from tracker.jobs.work import LEASE, Lost, Work, _kinds
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

RAN: list[str] = []


@pytest.fixture(autouse=True)
def kinds():
    """Kinds of work that only these tests have."""
    RAN.clear()
    before = dict(_kinds)
    for name, function in WORKS.items():
        jobs.register(name, label=f"Test: {name}", result_url=lambda job: f"/result/{job.id}")(function)
    yield
    _kinds.clear()
    _kinds.update(before)


def counts(work):
    RAN.append("counts")
    for done in range(work.params["rows"] + 1):
        work.progress(done, work.params["rows"])
    work.result["rows"] = work.params["rows"]
    work.report("report.csv", b"row,result\n1,kept\n")
    work.say("%(count)d rows were counted.", count=work.params["rows"])


def refuses(_work):
    raise jobs.Failed("The file has no %(what)s.", what="header")


def breaks(_work):
    raise ZeroDivisionError("a secret inside")


def is_invalid(_work):
    raise Invalid(fields={"file": lazy("Row %(number)d is wrong.", number=3)})


def stops_itself(work):
    services.cancel(db.session.get(Job, work.job_id).public_id, actor=Actor.system)
    work.progress(1, 1)
    RAN.append("went on")


def loses(work):
    with transaction():
        db.session.get(Job, work.job_id).token = "somebody else"
    work.progress(1, 1)


def says_nothing_inside(work):
    with transaction():
        work.progress(7, 10)


def asks_who(work):
    RAN.append(",".join(sorted(work.actor.roles)) or work.actor.name)


WORKS = {
    "counts": counts, "refuses": refuses, "breaks": breaks, "is_invalid": is_invalid, "stops_itself": stops_itself,
    "loses": loses, "asks_who": asks_who, "says_nothing_inside": says_nothing_inside,
}  # fmt: skip


def nobody(_person_id, _membership_id):
    return None


def job(kind, *, actor=Actor.system, **params):
    public_id = services.start(kind, params, actor=actor)
    return queries.get_visible(public_id, Actor.system)


def ended(job, actor_for=nobody):
    services.run(job.id, actor_for)
    db.session.expire_all()
    return db.session.get(Job, job.id)


def event_names():
    return [event.name for event in db.session.query(Event).order_by(Event.id)]


class TestRun:
    def test_work_that_is_done_leaves_result_report_and_sentence(self, app):
        done = ended(job("counts", rows=30))
        assert (done.status, done.done, done.total, done.result) == ("done", 30, 30, {"rows": 30})
        assert (done.message, done.message_params) == ("%(count)d rows were counted.", {"count": 30})
        assert done.report_file_id is not None
        assert event_names() == ["jobs.started", "jobs.ended"]

    @pytest.mark.parametrize(
        ("kind", "message", "params"),
        [
            ("refuses", "The file has no %(what)s.", {"what": "header"}),
            ("is_invalid", "Row %(number)d is wrong.", {"number": "3"}),
        ],
    )
    def test_work_that_cannot_be_done_says_why_in_words_that_can_be_translated(self, app, kind, message, params):
        failed = ended(job(kind))
        assert (failed.status, failed.message) == ("failed", message)
        assert {name: str(value) for name, value in failed.message_params.items()} == params

    def test_a_fault_is_told_without_its_inside(self, app):
        failed = ended(job("breaks"))
        assert failed.status == "failed"
        assert "secret" not in failed.message

    def test_runs_once(self, app):
        counted = job("counts", rows=1)
        assert services.run(counted.id, nobody)
        assert not services.run(counted.id, nobody)
        assert RAN == ["counts"]

    def test_knows_the_rights_of_whoever_started_it_as_they_are_now(self, app):
        someone = Actor(person_id=5, membership_id=6)
        now_has = Actor(person_id=5, membership_id=6, roles=frozenset({"triage_officer"}))
        ended(
            job("asks_who", actor=someone),
            lambda person, membership: now_has if (person, membership) == (5, 6) else None,
        )
        assert RAN == ["triage_officer"]
        assert ended(job("asks_who", actor=someone)).status == "failed"
        ended(job("asks_who"))
        assert RAN == ["triage_officer", "system"]

    def test_unknown_work_is_neither_started_nor_run(self, app):
        with pytest.raises(NotFound):
            services.start("unknown", {}, actor=Actor.system)
        old = job("counts", rows=1)
        _kinds.pop("counts")
        assert ended(old).status == "failed"


class TestKilledWorker:
    def test_its_job_is_taken_up_when_the_lease_has_run_out(self, app):
        counted = job("counts", rows=2)
        assert services._take(counted.id, "of a worker that was killed")
        assert queries.waiting_ids() == []
        assert services.sweep(nobody) == 0
        with shifted(now() + LEASE + timedelta(seconds=1)):
            assert services.sweep(nobody) == 1
        db.session.expire_all()
        done = db.session.get(Job, counted.id)
        assert (done.status, done.tries) == ("done", 2)

    def test_a_job_that_kills_every_worker_is_given_up(self, app):
        counted, later = job("counts", rows=1), now()
        for _ in range(services.MOST_TRIES):
            with shifted(later):
                assert services._take(counted.id, "killed")
            later += LEASE * 2
        with shifted(later):
            assert ended(counted).status == "failed"
        assert RAN == []

    def test_what_was_lost_to_another_worker_is_not_ended_by_the_first(self, app):
        lost = ended(job("loses"))
        assert (lost.status, lost.token) == ("running", "somebody else")

    def test_a_lost_wake_up_is_found_by_the_sweep(self, app):
        job("counts", rows=1)
        assert services.sweep(nobody) == 1


SIGNS = pytest.mark.parametrize("sign", [lambda work: work.progress(9, 9), lambda work: work.hold(LEASE * 9)])


class TestASignOfLife:
    def test_is_refused_inside_a_transaction_where_nobody_would_see_it(self, app):
        assert ended(job("says_nothing_inside")).status == "failed"

    def begun(self, token):
        """A job that a worker has just taken, as that worker sees it."""
        counted = job("counts", rows=1)
        assert services._take(counted.id, token)
        return Work(db.session.get_one(Job, counted.id, populate_existing=True), Actor.system)

    def state(self, work):
        db.session.rollback()
        row = db.session.get_one(Job, work.job_id, populate_existing=True)
        return row.done, row.total, row.lease_until, row.token

    @SIGNS
    def test_keeps_the_job(self, app, sign):
        work = self.begun("mine")
        lease = self.state(work)[2]
        with shifted(now() + timedelta(seconds=9)):
            sign(work)
        assert self.state(work)[2] > lease

    @SIGNS
    def test_of_a_worker_that_lost_the_job_changes_nothing_and_stops_it(self, app, sign):
        work = self.begun("mine")
        with shifted(now() + LEASE * 2):
            assert services._take(work.job_id, "another's")
            before = self.state(work)
            with pytest.raises(Lost):
                sign(work)
            assert self.state(work) == before


class TestCancel:
    def test_what_waits_ends_at_once(self, app):
        counted = job("counts", rows=1)
        services.cancel(counted.public_id, actor=Actor.system)
        assert ended(counted).status == "cancelled"
        assert RAN == []

    def test_what_is_at_work_stops_at_its_next_sign_of_life(self, app):
        assert ended(job("stops_itself")).status == "cancelled"
        assert RAN == []

    def test_only_the_owner_or_an_administrator_stops_it_and_only_while_it_is_open(self, app):
        owner, other = Actor(person_id=1, membership_id=1), Actor(person_id=2, roles=frozenset({"auditor"}))
        counted = job("counts", actor=owner, rows=1)
        with pytest.raises(NotFound):
            services.cancel(counted.public_id, actor=Actor(person_id=3))
        with pytest.raises(Forbidden):
            services.cancel(counted.public_id, actor=other)
        services.cancel(counted.public_id, actor=owner)
        with pytest.raises(Forbidden):
            services.cancel(counted.public_id, actor=owner)


class TestPages:
    @pytest.fixture
    def officer(self, app):
        app.config["WTF_CSRF_ENABLED"] = False
        return person("triage_officer")

    def test_show_how_far_it_is_and_come_up_to_date(self, client, sign_in, officer):
        counted = job("counts", actor=officer.actor, rows=1)
        sign_in(client, officer)
        answer = client.get(f"/jobs/{counted.public_id}")
        assert answer.status_code == 200
        assert answer.headers["Refresh"] == "4"
        assert "Refresh" not in client.get(f"/jobs/{counted.public_id}?still=1").headers
        services.run(counted.id, lambda *_: officer.actor)
        answer = client.get(f"/jobs/{counted.public_id}")
        assert "Refresh" not in answer.headers
        assert "1 rows were counted." in answer.text
        assert f"/result/{counted.id}" in answer.text
        report = client.get(f"/jobs/{counted.public_id}/report")
        assert report.data == b"row,result\n1,kept\n"
        assert report.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert report.headers["Content-Security-Policy"].startswith("sandbox")
        assert "Test: counts" in client.get("/jobs/").text

    def test_stop_it(self, client, sign_in, officer):
        counted = job("counts", actor=officer.actor, rows=1)
        sign_in(client, officer)
        assert client.post(f"/jobs/{counted.public_id}/cancel", data={"key": str(uuid.uuid4())}).status_code == 302
        assert ended(counted).status == "cancelled"

    def test_are_nobody_elses(self, client, sign_in, officer):
        counted = job("counts", actor=officer.actor, rows=1)
        sign_in(client, person("focal_point", of="KEN"))
        assert client.get(f"/jobs/{counted.public_id}").status_code == 404
        assert client.get(f"/jobs/{counted.public_id}/report").status_code == 404
        assert client.post(f"/jobs/{counted.public_id}/cancel").status_code in (302, 404, 422)
        assert ended(counted, lambda *_: officer.actor).status == "done"
