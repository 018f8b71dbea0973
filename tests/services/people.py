"""Signing in without typing: what a browser holds after a person came in."""

import pytest

from tests.factories.accounts import Someone
from tracker.accounts import passwords, services
from tracker.extensions import db


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords():
    """Hashing at a cost that only suits tests."""
    passwords.use_cost(time_cost=1, memory_cost=8, parallelism=1)


def sign_in(client, someone: Someone):
    """Give `client` a living session of `someone` (under that membership); returns the client."""
    token = services.begin(someone.person_id, membership_id=someone.membership_id, user_agent="test")
    db.session.rollback()
    with client.session_transaction() as session:
        session.clear()
        session.update({"_user_id": token, "_fresh": True})
    return client


@pytest.fixture(name="sign_in")
def sign_in_fixture(app):
    """`sign_in(client, person)`; see tests/services/people.py."""
    return sign_in
