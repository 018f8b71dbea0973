"""A second press that has begun before the first one was done reads what the first one reads."""

import contextvars
import threading
import uuid
from contextlib import contextmanager

import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tests.services.people import sign_in
from tracker.extensions import db


@contextmanager
def just_before_reading(table, act):
    """Run `act` once, in a thread of its own, just before the first statement that looks for a row of `table`."""
    left = [act]

    def look(_connection, _cursor, statement, *_rest):
        if left and f"{table}.public_id = " in statement:
            thread = threading.Thread(target=contextvars.Context().run, args=(left.pop(),))
            thread.start()
            thread.join()

    sa.event.listen(db.engine, "before_cursor_execute", look)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", look)
    assert not left, f"nothing looked into {table}"


def both(app, someone, *, address, table, version=""):
    """Where two presses of one button lead: the first is done just before the second looks for its subject."""
    app.config["WTF_CSRF_ENABLED"] = False
    sent = {"key": str(uuid.uuid4()), "version": version}
    browsers = [sign_in(app.test_client(), someone) for _ in range(2)]
    first = []

    def press_first():
        with app.app_context():
            first.append(browsers[0].post(address, data=sent))
            db.session.remove()

    with just_before_reading(table, press_first):
        second = browsers[1].post(address, data=sent)
    return [(answer.status_code, answer.headers.get("Location")) for answer in (*first, second)]


def test_ending_a_membership(app):
    boss, zuri = accounts.person("state_administrator", of="KEN"), accounts.person("focal_point", of="KEN")
    address = f"/memberships/{zuri.membership_public_id}/end"
    one, two = both(app, boss, address=address, table="memberships", version="1")
    assert one == two
    assert one[0] == 302


def test_discarding_a_draft(app):
    case = make.draft(make.People())
    one, two = both(app, case.people.drafter, address=f"{case.url}/discard", table="assistance_requests", version="1")
    assert one == two == (302, "/requests")
