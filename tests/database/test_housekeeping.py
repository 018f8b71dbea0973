"""The chores that come round."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.benchmarks.filling import fill
from tracker.calendar.now import now
from tracker.database import housekeeping
from tracker.database.transactions import transaction
from tracker.database.verbs import IdempotencyKey
from tracker.extensions import db


def test_form_keys_are_kept_for_30_days(app):
    ages = {"young": timedelta(days=29), "old": timedelta(days=31)}
    with transaction() as session:
        for key, age in ages.items():
            session.add(IdempotencyKey(key=key, verb="v", body_hash="h", created_at=now() - age))
    housekeeping.tidy()
    assert db.session.scalars(sa.select(IdempotencyKey.key)).all() == ["young"]


@pytest.mark.engine("sqlite")
def test_sqlite_walks_the_queue_along_its_index_once_its_tables_are_measured(app):
    fill(2_000)
    plan = (
        "EXPLAIN QUERY PLAN SELECT id FROM assistance_requests WHERE submitted_at IS NOT NULL AND status IN"
        " ('submitted', 'in_review', 'clarification', 'accepted', 'in_implementation')"
        " ORDER BY due_at ASC NULLS LAST, id ASC LIMIT 26"
    )

    def ways():
        found = [row[-1] for row in db.session.connection().exec_driver_sql(plan)]
        db.session.rollback()
        return found

    assert ways() != ["SCAN assistance_requests USING INDEX ix_requests_open_due"]
    housekeeping.tidy()
    assert ways() == ["SCAN assistance_requests USING INDEX ix_requests_open_due"]
