"""A database that does not answer is no fault of ours: 503, and whoever asked tries again."""

import time

import pytest
import sqlalchemy as sa

from tracker.extensions import db


@pytest.mark.engine("postgresql")
def test_a_transaction_that_stood_still_too_long_asks_for_patience(app):
    with app.test_request_context("/"):
        db.session.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 20"))
        time.sleep(0.3)
        with pytest.raises(sa.exc.SQLAlchemyError) as ended:
            db.session.execute(sa.text("SELECT 1"))
        assert app.make_response(app.handle_user_exception(ended.value)).status_code == 503


def test_a_process_whose_connections_are_all_in_use_asks_for_patience(app):
    with app.test_request_context("/"):
        assert app.make_response(app.handle_user_exception(sa.exc.TimeoutError("QueuePool limit"))).status_code == 503
