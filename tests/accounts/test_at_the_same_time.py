"""What happens when two people press at once."""

import contextvars
import threading
import uuid
from contextlib import suppress

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tracker.accounts import queries, services
from tracker.accounts.models import Membership, Organisation
from tracker.errors import DomainError
from tracker.extensions import db


def at_once(app, *calls):
    """Run the calls in threads of their own, started together; their outcomes or refusals."""
    gate = threading.Barrier(len(calls))
    outcomes = [None] * len(calls)

    def run(number, call):
        with app.app_context():
            gate.wait()
            try:
                outcomes[number] = call() or "done"
            except DomainError as refusal:
                outcomes[number] = refusal
            finally:
                db.session.remove()

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(run, number, call))
        for number, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_administrators_cannot_end_each_other(app):
    first, second = (make.person("state_administrator", of="KEN") for _ in range(2))
    actors = {someone: someone.actor for someone in (first, second)}

    def end(whom, by):
        return lambda: services.end_membership(uuid.UUID(whom.membership_public_id), actor=actors[by], version=1)

    outcomes = at_once(app, end(first, second), end(second, first))
    assert sorted(str(type(outcome)) for outcome in outcomes) != ["<class 'str'>"] * 2
    left = db.session.scalars(sa.select(Membership).where(Membership.ended_at.is_(None))).all()
    assert len(left) == 1


def test_an_invitation_is_taken_up_once(app):
    boss = make.person("state_administrator", of="KEN")
    organisation = db.session.scalars(sa.select(Organisation.public_id).where(Organisation.code == "KEN")).one()
    public_id = services.invite(
        organisation, actor=boss.actor, email="a@b.example", name="A", language="en", roles=["focal_point"]
    )
    link = queries.link_for_invitation(queries.get_invitation(public_id, boss.actor).id)
    token = link.rsplit("/", 1)[1].partition("?")[0]
    db.session.rollback()

    def take():
        return services.accept_invitation(token, name="A", language="en", password_hash="x")

    outcomes = at_once(app, *[take] * 4)
    assert sum(isinstance(outcome, dict) for outcome in outcomes) == 1
    assert len(db.session.scalars(sa.select(Membership)).all()) == 2


def test_parallel_guesses_all_count(app):
    anna = make.person("focal_point", password=make.PASSWORD)

    def guess():
        return services.sign_in(anna.email, password="wrong wrong wrong", address="198.51.100.7", user_agent="")

    def guess_or_code():
        with suppress(services.CodeNeeded):
            return guess()

    for _ in range(4):
        at_once(app, *[guess_or_code] * 4)
    with pytest.raises(services.CodeNeeded):
        guess()
