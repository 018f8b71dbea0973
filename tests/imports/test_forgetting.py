"""The source of an import goes after the days that the operator sets; its name, its hash and its rows stay."""

import dataclasses
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.imports.test_pages import count, manager, public_id, send, with_reference, work
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, shifted
from tracker.database import housekeeping
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import path_of

__all__ = ["manager", "with_reference"]


def sources() -> list[File]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(File).where(File.handed_in_at.is_not(None))))


def tidied_after(days: int) -> None:
    with shifted(now() + timedelta(days=days)):
        housekeeping.tidy()


def kept_for(app, days: int, monkeypatch) -> None:
    """The operator's setting, for one test."""
    settings = dataclasses.replace(app.extensions["tracker_settings"], import_source_days=days)
    monkeypatch.setitem(app.extensions, "tracker_settings", settings)


@pytest.mark.parametrize("days", [10, 90])
def test_a_source_goes_after_its_days_and_leaves_name_hash_and_rows(app, manager, days, monkeypatch):
    kept_for(app, days, monkeypatch)
    preview = public_id(send(manager, "undp_projects.json"))
    work()
    manager.post(f"/imports/{preview}/carry-out")
    work()
    [source] = sources()
    kept, path = (source.name, source.sha256), path_of(source.stored_as)
    tidied_after(days - 1)
    assert path.exists()
    tidied_after(days + 1)
    [source] = sources()
    assert not path.exists()
    assert (source.name, source.sha256, source.erased_at is not None) == (*kept, True)
    assert count(AssistanceRequest) == 69


def test_a_preview_without_its_source_is_not_carried_out(app, manager, monkeypatch):
    kept_for(app, 10, monkeypatch)
    preview = public_id(send(manager, "undp_projects.json"))
    work()
    tidied_after(11)
    page = manager.get(f"/imports/{preview}").text
    assert "The content of this file was removed." in page
    assert "carry-out" not in page
    assert manager.post(f"/imports/{preview}/carry-out").status_code == 409
    assert count(AssistanceRequest) == 0
