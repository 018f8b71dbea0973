"""A delegate who cannot open a page calls: the travel desk names the helper, and reads codes out to them."""

import pytest
import sqlalchemy as sa
from lxml import html

from tests.factories import travel
from tests.participation.delegate_page.opening import opened, token_of
from tests.participation.delegate_page.opening import press as open_with
from tests.participation.helping.test_helping import HELPER, helper_token, letters
from tests.participation.offers.test_pages import press
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.database.transactions import transaction, update_where
from tracker.errors import Forbidden
from tracker.events import Event
from tracker.extensions import db
from tracker.participation.helping import services
from tracker.participation.models import Delegate
from tracker.participation.papers import contents, queries

DIGITS = "//strong[@dir='ltr']/text()"


@pytest.fixture
def scene(app):
    """Kenya's seat is confirmed."""
    made = travel.confirmed("KEN", costs=(20_00, 5_00))
    with transaction():
        update_where(Delegate, sa.true(), nationality_iso3="KEN", email="awa@mail.example")
    return made


def read_out(officer, desk):
    """The digits that the officer's page shows."""
    shown = officer.post(f"{desk}/helper/code", data=hidden(officer.get(f"{desk}/helper/code").text))
    (digits,) = html.fromstring(shown.text).xpath(DIGITS)
    return digits


def test_the_desk_names_a_helper_and_reads_a_code_out_to_them(app, scene):
    seat, own = scene.seats["KEN"], token_of(scene)
    desk = f"/seats/{seat}/travel"
    officer = sign_in(app.test_client(), scene.travel)
    assert f"{desk}/helper/code" not in officer.get(desk).text
    assert officer.get(f"{desk}/helper/code").status_code == 403
    refused = press(officer, f"{desk}/helper/name", **HELPER | {"helper_email": "AWA@mail.example"})
    assert refused.status_code == 422
    assert 'value="Hilda Canary"' in refused.text
    assert press(officer, f"{desk}/helper/name", **HELPER).location == desk
    assert len(letters("hilda.canary@mail.example")) == 1
    token = helper_token()
    first, code = read_out(officer, desk), read_out(officer, desk)
    browser, delegate = app.test_client(), opened(app, own)
    for link, wrong in ((own, code), (token, first)):
        assert open_with(browser, f"/journey/{link}/open", page_code=wrong).status_code == 422
    assert open_with(browser, f"/journey/{token}/open", page_code=code).status_code == 302
    assert "You help Awa KEN" in words_of(browser.get(f"/journey/{token}?lang=en"))
    assert "Named for you by the travel desk." in words_of(delegate.get(f"/journey/{own}?lang=en"))
    said = words_of(officer.get(desk))
    assert "Named by the travel desk." in said
    assert said.count("Code read out on") == 2
    manager = sign_in(app.test_client(), scene.donors.manager)
    history = words_of(manager.get(f"/triage/requests/{scene.cases['KEN'].public_id}"))
    assert "A helper was named by UNODC for Awa KEN" in history
    assert "A code was read out by telephone to the helper of Awa KEN" in history
    with db.engine.connect() as connection:
        kept = str(connection.execute(sa.select(Event.__table__)).all())
    assert "canary" not in kept.casefold()
    assert code not in kept


def test_nobody_else_names_or_reads_out(app, scene):
    seat = scene.seats["KEN"]
    own = queries.get(seat, scene.officer).journey.person.id
    said = {"version": None, "name": "Omar", "email": "omar@mail.example", "language": "fr"}
    for actor, by in (
        (scene.donors.manager.actor, contents.officer("", None)),
        (scene.officer, contents.helper(own)),
    ):
        with pytest.raises(Forbidden):
            services.name_helper(seat, actor=actor, by=by, **said)
    services.name_helper(seat, actor=scene.officer, by=contents.officer("", None), **said)
    with pytest.raises(Forbidden):
        services.read_out_to_helper(seat, actor=scene.donors.manager.actor)
