"""Events become deliveries once, and one bad event does not keep the others."""

from datetime import timedelta

import pytest

from tests.notifications.conftest import happen, send_all
from tracker.extensions import db
from tracker.notifications import services


@pytest.fixture
def case(request_of_kenya):
    return request_of_kenya


def test_expands_an_event_once_however_often_it_is_asked(case, smtp):
    happen(case, "assistance.note_returned")
    assert [services.dispatch(), services.dispatch()] == [1, 0]
    send_all()
    assert len(smtp.received) == 2


def test_an_event_that_cannot_be_expanded_does_not_stop_the_others(case, smtp, monkeypatch):
    from tracker.notifications.services import dispatching

    expand = dispatching.expand
    first = happen(case, "assistance.note_returned")

    def fail_for_the_first(event, **options):
        if event.id == first:
            raise LookupError
        return expand(event, **options)

    monkeypatch.setattr(dispatching, "expand", fail_for_the_first)
    happen(case, "assistance.returned_to_draft")
    assert services.dispatch() == 1
    monkeypatch.undo()
    assert services.dispatch() == 1


def test_the_search_for_new_events_begins_above_the_settled_ones(case, monkeypatch):
    from tracker.notifications.models import DispatchMark
    from tracker.notifications.services import dispatching

    monkeypatch.setattr(dispatching, "SETTLED", timedelta(0))
    newest = happen(case, "assistance.note_returned")
    services.dispatch()
    assert db.session.get(DispatchMark, 1).event_id == newest
    db.session.rollback()
    happen(case, "assistance.note_returned")
    assert services.dispatch() == 1
