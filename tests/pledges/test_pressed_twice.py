"""A page whose button is pressed twice does it once, and the second answer is the first's."""

import pytest
import sqlalchemy as sa

from tests.factories.money_acts import MONEY_ACTS
from tests.pledges.forms import fields_of
from tracker.events import Event
from tracker.extensions import db
from tracker.pledges import verification
from tracker.pledges.models import Act


def counted() -> tuple[int, int]:
    """Events and steps of ledgers so far."""
    found = tuple(db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in (Event, Act))
    db.session.rollback()
    return found


@pytest.mark.parametrize("action", MONEY_ACTS)
def test_every_page_of_money(app, people, sign_in, action):
    ready = MONEY_ACTS[action](people)
    client = sign_in(app.test_client(), ready.who)
    shown = fields_of(client.get(ready.address).text)
    before = counted()
    first, second = (client.post(ready.address, data={**shown, **ready.typed()}) for _ in range(2))
    assert first.status_code == second.status_code == 302, (first.status_code, second.status_code)
    assert first.location == second.location
    after = counted()
    assert after[0] == before[0] + 1
    assert after[1] <= before[1] + 1
    assert client.post(ready.address, data={**shown, **ready.typed()}).location == first.location
    assert counted() == after
    assert verification.verify().first_wrong is None


def test_no_page_of_money_is_left_out(app):
    posts = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(("pledges.", "finance.")) and "POST" in rule.methods
    }
    posts.remove("pledges.interests")  # what a donor wants to be shown first moves no money
    posts -= {f"pledges.{name}_change" for name in ("agree_to", "letter_of", "refuse", "take_back")}  # tests/rights
    assert len(posts) == len(MONEY_ACTS), sorted(posts)
