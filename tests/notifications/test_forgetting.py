"""What was told is kept for a time, and then goes; the events stay."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.notifications.conftest import happen, mails, send_all
from tracker.calendar.now import now, shifted
from tracker.database import housekeeping
from tracker.database.transactions import transaction, update_where
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import services
from tracker.notifications.models import Addressee, Delivery, Dispatch, HungMailbox
from tracker.notifications.services import claiming

DAY = timedelta(days=1)


@pytest.fixture
def case(request_of_kenya):
    return request_of_kenya


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def tidy(*, after: timedelta) -> None:
    with shifted(now() + after):
        housekeeping.tidy()


def test_deliveries_that_have_ended_go_after_two_years_and_events_stay(case, smtp):
    happen(case, "assistance.note_returned")
    send_all()
    events, deliveries = count(Event), count(Delivery)
    tidy(after=729 * DAY)
    assert count(Delivery) == deliveries > 2
    assert count(Addressee) > 2
    tidy(after=732 * DAY)
    assert (count(Delivery), count(Addressee), count(Event)) == (0, 0, events)


def test_what_has_not_ended_and_a_digest_with_its_members_do_not_go(case):
    happen(case, "assistance.note_returned")
    services.dispatch()
    first, second = mails()
    with transaction():
        update_where(Delivery, Delivery.id == first.id, event_id=None, period="2026-01-01", status="suppressed")
        update_where(Delivery, Delivery.id == second.id, digest_id=first.id)
    tidy(after=732 * DAY)
    assert [row.id for row in mails()] == [first.id, second.id]
    assert count(Addressee) > 0
    with transaction():
        update_where(Delivery, Delivery.id == second.id, status="suppressed")
    tidy(after=732 * DAY)
    assert mails() == []


def test_marks_of_dispatched_events_go_after_a_month_and_nobody_is_told_again(case, smtp):
    happen(case, "assistance.note_returned")
    send_all()
    send_all(after=2 * timedelta(hours=1))  # the mark follows settled events
    told = len(smtp.received)
    tidy(after=29 * DAY)
    assert count(Dispatch) > 0
    tidy(after=31 * DAY)
    assert count(Dispatch) == 0
    send_all(after=31 * DAY)
    assert len(smtp.received) == told


def test_a_mailbox_that_hung_and_had_no_mail_for_a_month_is_no_longer_suspected(app):
    with transaction():
        claiming.mark_hung("person:1", "somebody@example.org", now())
    tidy(after=29 * DAY)
    assert count(HungMailbox) == 1
    tidy(after=31 * DAY)
    assert count(HungMailbox) == 0
