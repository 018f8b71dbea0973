"""Looking for work costs the same with ten deliveries and with ten million: every search goes by an index."""

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.notifications import inbox, queries
from tracker.notifications.lifecycle import Timing
from tracker.notifications.services import claiming, delivering, dispatching, sweeping


def claim():
    claiming.claim("somebody", Timing(), 50)


def find_new_events():
    with transaction():
        dispatching._waiting(0)


def wake_what_waited():
    with transaction():
        delivering.wake_what_waited(now())


def read_inbox():
    actor = accounts.person("focal_point").actor
    inbox.unread_count(actor)
    inbox.page(actor)


def read_troubled():
    queries.failed_deliveries(accounts.person("triage_officer").actor)


SEARCHES = [
    claim,
    find_new_events,
    wake_what_waited,
    read_inbox,
    claiming.anything_due,
    sweeping.release_expired,
    sweeping.free_left_members,
    queries.figures,
    read_troubled,
    queries.oldest_due_delivery_seconds,
]


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("search", SEARCHES, ids=lambda search: search.__name__)
def test_no_search_reads_the_whole_table(app, search):
    seen = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if "deliveries" in statement or "events" in statement:
            seen.append((statement, parameters))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    search()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    assert seen
    driver = db.session.connection().connection.driver_connection
    for statement, parameters in seen:
        steps = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        assert not [step for step in steps if step in ("SCAN deliveries", "SCAN events")], statement
