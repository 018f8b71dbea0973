"""A State hears that its answer is due five, two and one working days before; the office that the day has passed."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import offers as make
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.events import Event
from tracker.extensions import db
from tracker.notifications import services as notifications
from tracker.participation.offers import services
from tracker.participation.offers.models import Offer
from tracker.participation.offers.services.reminding import OVER, SOON, what_to_say

FRIDAY = date(2027, 3, 12)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 3, 4), None),
        (date(2027, 3, 5), (SOON, 5)),
        (date(2027, 3, 9), (SOON, 5)),
        (date(2027, 3, 10), (SOON, 2)),
        (date(2027, 3, 11), (SOON, 1)),
        (FRIDAY, (SOON, 1)),
        (date(2027, 3, 13), (OVER, 0)),
    ],
)
def test_what_is_said_on_which_day(day, said):
    assert what_to_say(FRIDAY, day, [1, 2, 5]) == said


def test_the_state_is_reminded_once_a_mark_and_of_nothing_that_is_answered(app):
    scene = make.ready("KEN", "BTN")
    offers = make.offered(scene)

    def said() -> list[str]:
        notifications.remind()
        names = sa.select(Event.name).where(Event.name.in_([SOON, OVER])).order_by(Event.id)
        found = list(db.session.scalars(names))
        db.session.rollback()
        return found

    def due(day: date) -> None:
        with transaction():
            update_where(Offer, Offer.outcome.is_(None), until=day)

    assert said() == []
    due(today() + timedelta(days=1))
    assert said() == [SOON, SOON]
    assert said() == [SOON, SOON]
    services.confirm(offers["KEN"], actor=scene.cases["KEN"].authority, version=1, nobody_else_pays=True)
    due(today() - timedelta(days=1))
    assert said() == said() == [SOON, SOON, OVER]
