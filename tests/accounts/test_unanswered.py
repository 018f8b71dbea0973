"""Requests for a first account that nobody answers: the office is reminded, then they go with people and scan."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.accounts.test_account_requests import PDF, answers
from tests.factories import accounts as make
from tests.services.people import sign_in
from tracker.accounts import services
from tracker.accounts.models import AccountRequest, AccountRequestPerson
from tracker.calendar.now import now, shifted
from tracker.database import housekeeping
from tracker.errors import NotFound, Stale
from tracker.events import Event
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import path_of
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery


@pytest.fixture
def administrator(app):
    return make.person("administrator")


@pytest.fixture
def asked(app, administrator):
    """A request with a scan; gives its row as it was."""
    make.state("CIV")
    data = answers(note_file=(io.BytesIO(PDF), "note verbale.pdf"))
    assert app.test_client().post("/ask-for-an-account", data=data).status_code == 302
    row = db.session.scalars(sa.select(AccountRequest)).one()
    db.session.expunge(row)
    db.session.rollback()
    return row


def after(days: int):
    return shifted(now() + timedelta(days=days))


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def waiting() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(AccountRequest.status == "waiting"))


def recorded(name: str) -> list[Event]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Event).where(Event.name == name)))


def test_goes_after_ninety_days_with_its_people_and_its_scan(asked):
    stored = path_of(db.session.scalars(sa.select(File.stored_as)).one())
    for days, left in ((89, 1), (91, 0)):
        with after(days):
            housekeeping.tidy()
        assert (waiting(), count(AccountRequestPerson)) == (left, left)
        assert stored.exists() is bool(left)
        assert len(recorded("accounts.account_lapsed")) == 1 - left
    emptied = db.session.scalars(sa.select(AccountRequest)).one()
    assert (emptied.status, emptied.office_name, emptied.official_email, emptied.note_reference) == (
        "lapsed",
        "",
        "",
        "",
    )
    scan = db.session.scalars(sa.select(File)).one()
    assert (scan.name, scan.erased_at is not None) == ("note verbale.pdf", True)


def test_the_setting_says_how_long(app, asked, monkeypatch):
    longer = replace(app.extensions["tracker_settings"], account_request_days=200)
    monkeypatch.setitem(app.extensions, "tracker_settings", longer)
    for days, left in ((199, 1), (201, 0)):
        with after(days):
            housekeeping.tidy()
        assert waiting() == left


def test_an_answer_keeps_it(asked, administrator):
    services.refuse(asked.public_id, actor=administrator.actor, version=asked.version, reason="Not in order.")
    with after(400):
        notifications.remind()
        housekeeping.tidy()
    assert (count(AccountRequest), count(AccountRequestPerson)) == (1, 1)
    assert recorded("accounts.account_unanswered") == []


def test_whoever_answers_is_reminded_two_weeks_before_and_once(asked, administrator):
    for days, said in ((75, 0), (77, 1), (78, 1)):
        with after(days):
            notifications.remind()
        assert len(recorded("accounts.account_unanswered")) == said
    notifications.dispatch()
    told = sa.select(Delivery.recipient_key).join(Event, Event.id == Delivery.event_id)
    keys = set(db.session.scalars(told.where(Event.name == "accounts.account_unanswered")))
    assert keys == {f"person:{administrator.person_id}"}


def test_who_answers_too_late_reads_that_it_is_gone(app, asked, administrator):
    with after(91):
        housekeeping.tidy()
    with pytest.raises((NotFound, Stale)):
        services.refuse(asked.public_id, actor=administrator.actor, version=asked.version, reason="Too late.")
    browser = sign_in(app.test_client(), administrator)
    assert browser.get(f"/settings/account-requests/{asked.public_id}").status_code == 404
    assert browser.get("/settings/account-requests").status_code == 200


def test_the_next_request_is_none_of_the_one_that_went(app, asked, administrator):
    with after(91):
        notifications.remind()
        housekeeping.tidy()
        assert app.test_client().post("/ask-for-an-account", data=answers()).status_code == 302
        notifications.remind()
    newer = db.session.scalars(sa.select(AccountRequest.id).where(AccountRequest.status == "waiting")).one()
    assert newer != asked.id
    assert [event.subject_id for event in recorded("accounts.account_unanswered")] == [asked.id]


def test_what_an_auditor_opened_stays_written_without_a_link(app, asked):
    auditor = make.person("auditor")
    browser = sign_in(app.test_client(), auditor)
    assert browser.get(f"/settings/account-requests/{asked.public_id}").status_code == 200
    with after(91):
        housekeeping.tidy()
    page = sign_in(app.test_client(), auditor).get("/settings/opened")
    assert page.status_code == 200
    assert "Request for a first account" in page.text
    assert str(asked.public_id) not in page.text
