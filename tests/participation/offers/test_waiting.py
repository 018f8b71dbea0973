"""What waits for the office of all sessions: the figure of the menu counts the rows of the page, for each role."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import offers as make
from tests.factories.accounts import person
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.ending import services as ending
from tracker.participation.ending.services import Why
from tracker.participation.offers.waiting_work import count_waiting
from tracker.participation.seats.lifecycle import Cause

PAGE = "/waiting-seats"


@pytest.fixture
def scene(app):
    return make.ready("KEN", "BTN")


@pytest.fixture
def read(app):
    """`read(actor's person)`: the figure of the menu, and the page in words."""

    def get(someone):
        (figure,) = count_waiting(someone.actor).values()
        number = db.session.scalar(sa.select(figure), {"person_id": someone.actor.person_id})
        db.session.rollback()
        page = sign_in(app.test_client(), someone).get(PAGE)
        assert page.status_code == 200
        assert page.text.count("seat 1 of") == number, "the page shows what the menu counts"
        return number, words_of(page)

    return get


def test_who_is_responsible_finds_each_seat_that_waits(app, scene, read):
    manager = scene.donors.manager
    for someone in (scene.travel, manager):
        number, page = read(someone)
        assert number == 2
        assert "Seats to offer to their States" in page
        assert "Awa KEN" in page
    offers = make.offered(scene)
    assert [read(one)[0] for one in (scene.travel, manager)] == [0, 0]
    make.services.confirm(offers["KEN"], actor=scene.cases["KEN"].authority, version=1, nobody_else_pays=True)
    with transaction():
        update_where(make.Offer, make.Offer.outcome.is_(None), until=today() - timedelta(days=1))
    number, page = read(manager)
    assert number == 1
    assert "Seats without an answer past their day" in page
    assert read(scene.travel)[0] == 0
    make.paid(scene, scene.seats["KEN"], 12_00)
    why = Why(Cause.OTHER, "The ministry was reorganised.")
    ending.give_up_seat(offers["KEN"], actor=scene.cases["KEN"].authority, version=None, why=why)
    number, page = read(manager)
    assert number == 2
    assert "Seats of which you say who bears the cost" in page
    assert f"/seats/{scene.seats['KEN']}/who-bears" in sign_in(app.test_client(), manager).get(PAGE).text
    assert "Seats that wait" in words_of(sign_in(app.test_client(), manager).get("/rounds/"))


def test_what_somebody_may_not_open_is_neither_counted_nor_listed(scene, read):
    with transaction():
        strict = AssistanceRequest.id == scene.cases["KEN"].now.id
        update_where(AssistanceRequest, strict, marking="strictly_confidential")
    number, page = read(scene.travel)
    assert (number, "Awa KEN" in page) == (1, False)
    assert read(scene.donors.manager)[0] == 2
    assert count_waiting(person("finance_officer").actor) == {}
