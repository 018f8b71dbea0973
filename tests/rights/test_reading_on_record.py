"""An auditor's reading is recorded: every page about one case, file or person writes it down before it is shown."""

import sqlalchemy as sa

from tests.rights import probing, subjects, table
from tracker.events.models import Event
from tracker.events.opening import SENTENCES
from tracker.extensions import db

OF_NOBODY = {
    "accounts.organisation": "an organisation with the list of its people",
    "lists.export": "a list; that it was taken away is written down by itself",
    "jobs.show": "how far long work is; its report is a file",
    "participation.board": "a session, counted; the requests in it are links",
    "reporting.of_session": "a session, counted; it names no request and nobody",
    "reporting.published_session": "what everybody reads",
    "rounds.of_session": "the rounds of a session, counted; each is a page of its own",
    "sessions.show": "a session, which is public",
    "statements.annual_report": "a donor's year, counted; of requests it says what their donor may know",
    "statements.of_donor": "the money of pledges, counted; each is a page of its own",
}
"""Pages about one thing that is neither a case nor a file nor a person."""


def pages_about_one(app, world, who="auditor"):
    """(endpoint, subject, address) of every page about one thing that somebody may open."""
    expected = table.read()
    for endpoint in subjects.endpoints(app):
        for (method, subject), address in subjects.addresses(app, world, endpoint).items():
            if method == "GET" and subject not in ("-", "absent") and expected[endpoint, method, subject][who] == 200:
                yield endpoint, subject, address


def openings() -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(Event.name.in_(SENTENCES)))


def test_every_page_about_one_case_file_or_person_is_written_down(matrix_app, built_world):
    silent = set()
    with matrix_app.app_context():
        for endpoint, subject, address in pages_about_one(matrix_app, built_world):
            written: list[int] = []
            with probing.watched(lambda written=written: written.append(openings())):
                assert probing.ask(matrix_app, built_world, "auditor", "GET", address).status == 200
            if written != [1]:
                silent.add(f"{endpoint} {subject}: {written}")
        assert probing.ask(matrix_app, built_world, "programme_manager", "GET", "/settings/opened").status == 200
    assert {line.partition(" ")[0] for line in silent} == set(OF_NOBODY), silent


def test_nobody_elses_reading_is(matrix_app, built_world):
    with matrix_app.app_context(), probing.nothing_kept() as tried:
        for who in ("programme_manager", "triage_officer", "finance_officer", "administrator"):
            for _endpoint, _subject, address in pages_about_one(matrix_app, built_world, who):
                assert probing.ask(matrix_app, built_world, who, "GET", address).status == 200
        assert not tried
