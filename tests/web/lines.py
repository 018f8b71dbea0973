"""What goes wrong on the way to the site: the line is away, the session is gone."""

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tracker.accounts import passwords
from tracker.accounts.models import Person, WebSession
from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.extensions import db

SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


def away(page):
    """The line is away for whatever is sent; gives how it comes back.

    The script of forms comes a moment after the page: until then the browser itself sends a form.
    """
    page.wait_for_load_state("networkidle")
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    return lambda: page.unroute("**/*")


def with_password(someone):
    """Give somebody the tests' password; gives the address to sign in with."""
    with transaction() as session:
        mine = sa.update(Person).where(Person.id == someone.person_id)
        session.execute(mine.values(password_hash=passwords.hashed(accounts.PASSWORD)))
    return db.session.scalar(sa.select(Person.email).where(Person.id == someone.person_id))


def end_sessions():
    """Every session ends."""
    with transaction() as session:
        session.execute(sa.update(WebSession).values(ended_at=now()))


def sign_in_on(page, email):
    """Sign in on the page that says that the session is gone."""
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(accounts.PASSWORD)
    page.get_by_role("button", name="Sign in and go on").click()
