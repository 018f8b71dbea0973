"""What is seldom meant is asked about once: a second press with the same text saves it, another text is asked again."""

import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.factories import assistance as make
from tests.factories import reference as reference_data
from tests.factories.accounts import person
from tracker.calendar.now import now, shifted, today
from tracker.extensions import db
from tracker.reference import queries
from tracker.reference.models import ClockRule

SURE = re.compile(r'name="sure" value="(\w*)"')
ASKED = "Press once more to save it as it stands."


@pytest.fixture
def administrator(app, sign_in):
    app.config["WTF_CSRF_ENABLED"] = False
    reference_data.loaded()
    return sign_in(app.test_client(), person("administrator"))


def press(client, url, fields, *, seen=None):
    """Send a form; after a page that asked, with what that page carries."""
    sure = next((found for found in SURE.findall(seen.get_data(as_text=True)) if found), "") if seen else ""
    return client.post(url, data={"key": str(uuid.uuid4()), "sure": sure, **fields})


def day(value):
    return {"valid_from-day": value.day, "valid_from-month": value.month, "valid_from-year": value.year}


class TestAClock:
    URL = "/settings/clocks/reopen"

    def days(self) -> int:
        found = queries.clock_days("reopen")
        db.session.rollback()
        return found

    def test_of_no_days_is_saved_by_the_second_press_only(self, administrator):
        fields = {"working_days": "0", **day(today())}
        asked = press(administrator, self.URL, fields)
        assert asked.status_code == 422
        assert "A clock of 0 days ends on the day on which it starts." in asked.get_data(as_text=True)
        assert ASKED in asked.get_data(as_text=True)
        assert self.days() == 15
        assert press(administrator, self.URL, fields, seen=asked).status_code == 302
        assert self.days() == 0

    def test_is_asked_about_again_when_the_text_changed(self, administrator):
        asked = press(administrator, self.URL, {"working_days": "0", **day(today())})
        again = press(administrator, self.URL, {"working_days": "0", **day(today() + timedelta(days=1))}, seen=asked)
        assert again.status_code == 422
        assert self.days() == 15

    def test_says_what_moves_and_what_becomes_late(self, administrator):
        with shifted(now() - timedelta(days=10)):
            make.submitted()
        make.submitted()
        asked = press(administrator, "/settings/clocks/decide", {"working_days": "3", **day(today())})
        said = "Running deadlines that would move: 2. Late at once: 1."
        assert said in asked.get_data(as_text=True)
        assert db.session.scalar(sa.select(sa.func.count()).where(ClockRule.clock == "decide")) == 1


def test_a_rate_a_hundred_times_off_is_asked_about(administrator):
    before = queries.rate_for("EUR").units_per_usd
    fields = {"currency": "EUR", "units_per_usd": str(before * 100), "source": "a slip", **day(today())}
    asked = press(administrator, "/settings/rates", fields)
    assert asked.status_code == 422
    assert "more than a hundred times off" in asked.get_data(as_text=True)
    assert press(administrator, "/settings/rates", fields, seen=asked).status_code == 302
    db.session.rollback()
    assert queries.rate_for("EUR").units_per_usd == before * Decimal(100)


@pytest.mark.parametrize(("times", "said"), [("1.2", "20 per cent higher"), ("0.8", "20 per cent lower"), ("1.05", "")])
def test_a_rate_that_differs_much_is_asked_about_and_finance_enters_it(app, sign_in, times, said):
    app.config["WTF_CSRF_ENABLED"] = False
    reference_data.loaded()
    finance = sign_in(app.test_client(), person("finance_officer"))
    units = queries.rate_for("EUR").units_per_usd * Decimal(times)
    fields = {"currency": "EUR", "units_per_usd": str(units), "source": "the bank", **day(today())}
    answer = press(finance, "/settings/rates", fields)
    if said:
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)
        answer = press(finance, "/settings/rates", fields, seen=answer)
    assert answer.status_code == 302
    db.session.rollback()
    assert queries.rate_for("EUR").units_per_usd == units


def test_more_seats_for_each_state_than_there_are_is_asked_about(administrator):
    fields = {
        "code": "AHC-T",
        "title_en": "A",
        "title_fr": "A",
        "type": "protocol",
        "status": "planned",
        "seats_funded": "2",
        "seats_per_state": "3",
        "alternates_per_state": "1",
    }
    asked = press(administrator, "/settings/sessions/new", fields)
    assert "more for each State than there are funded seats" in asked.get_data(as_text=True)
    assert press(administrator, "/settings/sessions/new", fields, seen=asked).status_code == 302
