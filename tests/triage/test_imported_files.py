"""The content of a file that was chosen for an import goes by two of those who may import such records."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.imports.test_forgetting import kept_for, tidied_after
from tests.imports.test_pages import count, manager, public_id, send, with_reference, work
from tests.notifications.conftest import send_all
from tracker.assistance.models import AssistanceRequest, Erasure
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, NotFound
from tracker.events import Event
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import path_of
from tracker.jobs.models import Job
from tracker.triage.papers import services

__all__ = ["manager", "with_reference"]

WHY = {"ground": "personal_data", "reason": "It names witnesses."}


@pytest.fixture
def officer(app):
    return make.person("triage_officer")


@pytest.fixture
def preview(manager):
    """A file of requests that the manager chose, and that was looked at."""
    found = public_id(send(manager, "undp_projects.json"))
    work()
    return found


def source() -> File:
    db.session.rollback()
    [file] = db.session.scalars(sa.select(File).where(File.handed_in_at.is_not(None))).all()
    db.session.expunge(file)
    db.session.rollback()
    return file


def removed(officer) -> None:
    file = source().public_id
    waits = services.propose_removal(file, actor=make.person("programme_manager").actor, **WHY)
    services.confirm_removal(file, actor=officer.actor, erasure=waits)


def test_goes_on_the_pages_and_leaves_name_hash_and_reason(app, manager, preview, officer, sign_in, smtp):
    kept, colleague = source(), sign_in(app.test_client(), officer)
    address = f"/triage/papers/{kept.public_id}"
    assert f"{address}/erase" in manager.get(f"/imports/{preview}").text
    assert "/imports/files" in colleague.get("/imports/").text
    proposed = manager.post(f"{address}/erase", data={"key": str(uuid.uuid4()), **WHY})
    assert proposed.location == "/imports/files"
    send_all()
    assert smtp.to(officer.email)[-1].subject.endswith("Removing an imported file waits for a second person")
    assert f"{address}/erasure" in colleague.get("/imports/files").text
    assert manager.get(f"{address}/erasure").status_code == 403
    asked = colleague.get(f"{address}/erasure").text
    assert WHY["reason"] in asked
    assert "whoever imported it can undo that" in asked
    waits = db.session.scalars(sa.select(Erasure.id)).one()
    confirmed = colleague.post(f"{address}/erasure", data={"key": str(uuid.uuid4()), "erasure": str(waits)})
    assert confirmed.location == "/imports/files"
    assert not path_of(kept.stored_as).exists()
    page = colleague.get("/imports/files").text
    for said in (kept.name, kept.sha256, WHY["reason"], "its content was removed"):
        assert said in page
    names = db.session.scalars(sa.select(Event.name).where(Event.name.like("imports.source_%")).order_by(Event.id))
    assert names.all() == ["imports.source_erasure_proposed", "imports.source_erased"]


def test_what_the_work_showed_of_its_rows_goes_too(manager, preview, officer):
    manager.post(f"/imports/{preview}/carry-out")
    work()
    assert "Row" in manager.get(f"/jobs/{preview}/report").text
    removed(officer)
    assert manager.get(f"/jobs/{preview}/report").status_code == 404
    shown = manager.get(f"/imports/{preview}").text
    assert "carry-out" not in shown
    assert WHY["reason"] in shown
    results = db.session.scalars(sa.select(Job.result)).all()
    assert [(one["samples"], one["findings"], one["counts"]["imported"]) for one in results] == [([], [], 69)] * 2
    assert count(AssistanceRequest) == 69


def test_not_while_it_is_being_worked_on(manager, officer):
    send(manager, "undp_projects.json")
    with pytest.raises(Conflict, match="being worked on"):
        removed(officer)
    assert path_of(source().stored_as).exists()


def test_work_that_begins_after_it_says_so(manager, preview, officer):
    removed(officer)
    assert manager.post(f"/imports/{preview}/carry-out").status_code == 409
    with transaction():
        update_where(Job, Job.status == "done", status="queued", ended_at=None)
    work()
    failed = db.session.scalars(sa.select(Job)).one()
    assert failed.status == "failed"
    assert failed.message.startswith("The content of this file was removed.")


@pytest.mark.parametrize("role", ["finance_officer", "administrator", "auditor"])
def test_only_by_those_who_import_such_records(preview, role):
    with pytest.raises((Forbidden, NotFound)):
        services.propose_removal(source().public_id, actor=make.person(role).actor, **WHY)


def test_whoever_imports_other_records_does_not_read_of_it(app, preview, sign_in):
    finance = sign_in(app.test_client(), make.person("finance_officer"))
    assert "undp_projects.json" not in finance.get("/imports/files").text


def test_can_be_proposed_as_long_as_the_content_is_there(app, preview, officer, monkeypatch):
    kept_for(app, 400, monkeypatch)
    tidied_after(200)
    removed(officer)
    assert not path_of(source().stored_as).exists()


def test_what_was_imported_from_it_tells_of_it_when_the_work_is_forgotten(app, manager, preview, officer, sign_in):
    manager.post(f"/imports/{preview}/carry-out")
    work()
    removed(officer)
    tidied_after(200)
    assert count(Job) == 0
    page = sign_in(app.test_client(), officer).get("/imports/files").text
    assert "undp_projects.json" in page
    assert WHY["reason"] in page


def test_what_goes_by_itself_answers_what_was_proposed(app, preview, officer, sign_in):
    file = source().public_id
    waits = services.propose_removal(file, actor=officer.actor, **WHY)
    tidied_after(91)
    page = sign_in(app.test_client(), officer).get("/imports/files").text
    with pytest.raises((Forbidden, NotFound)):
        services.confirm_removal(file, actor=make.person("programme_manager").actor, erasure=waits)
    assert "its content was removed" in page
    assert WHY["reason"] not in page
