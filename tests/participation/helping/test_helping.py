"""The helper whom a delegate names: what their own link opens, what it never does, and how it ends."""

import pytest
import sqlalchemy as sa

from tests.factories import papers as handed
from tests.factories import travel
from tests.participation.delegate_page.opening import digits, opened, token_of
from tests.participation.offers.test_pages import press
from tests.participation.own_papers.test_own_papers import ACCESS, PASSPORT
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.accounts import links
from tracker.database.transactions import transaction, update_where
from tracker.events import Event
from tracker.extensions import db
from tracker.notifications import mailer, spool
from tracker.notifications import services as notifications
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.helping import services
from tracker.participation.models import Delegate
from tracker.participation.papers import queries
from tracker.participation.seats.models import Seat
from tracker.web.application import settings

HELPER = {"helper_name": "Hilda Canary", "helper_email": "hilda.canary@mail.example", "helper_language": "fr"}


@pytest.fixture
def page(app):
    """Kenya's seat, and the open page of its delegate with its address."""
    scene = travel.confirmed("KEN", costs=(20_00, 5_00))
    with transaction():
        update_where(Delegate, sa.true(), nationality_iso3="KEN", email="awa@mail.example")
    token = token_of(scene)
    return scene, opened(app, token), f"/journey/{token}"


def helper_token():
    row = db.session.scalars(
        sa.select(DelegateLink).where(DelegateLink.kind == "helper", DelegateLink.ended_at.is_(None))
    ).one()
    found = links.token(row)
    db.session.rollback()
    return found


def named(app, browser, address, **said):
    """The helper's open page with its address."""
    assert press(browser, f"{address}/helper", **HELPER | said).location == address
    token = helper_token()
    return opened(app, token), f"/journey/{token}"


def letters(to):
    notifications.dispatch()
    while notifications.deliver():
        pass
    folder = mailer.outbox(settings())
    return [spool.letter(folder, one.name).text for one in spool.letters(folder, to)]


def remembered():
    """What is kept of helpers."""
    found = db.session.scalars(sa.select(DelegateLink.helper_email).where(DelegateLink.kind == "helper")).all()
    db.session.rollback()
    return [address for address in found if address]


def test_the_helper_hands_in_papers_and_reads_nothing_of_money(app, page):
    scene, browser, address = page
    helper, theirs = named(app, browser, address)
    said = words_of(helper.get(f"{theirs}?lang=en"))
    assert "You help Awa KEN" in said
    assert "Your itinerary" in said
    for hidden_words in ("How to be paid", "What is paid", "Who opened your papers"):
        assert hidden_words not in said
    assert "<table" not in helper.get(theirs).text
    assert press(helper, f"{theirs}/passport", **PASSPORT).location == theirs
    assert press(helper, f"{theirs}/access", **ACCESS).location == theirs
    assert (
        queries.latest_of(queries.get(scene.seats["KEN"], scene.officer).journey.person.id)["passport"].by == "helper"
    )
    for closed in ("payment", "helper", "helper/end", "keep.pdf"):
        assert helper.get(f"{theirs}/{closed}").status_code == 403, closed
        assert "Awa" not in browser.get(f"{theirs}/{closed}").text  # the delegate's cookie opens no page of the helper
    form = hidden(browser.get(f"{address}/payment").text)
    assert helper.post(f"{theirs}/payment", data=form | {"how": "arrival"}).status_code == 403
    assert "payment" not in queries.get(scene.seats["KEN"], scene.officer).handed_in


def test_mail_goes_to_the_helper_alone_and_says_no_name(app, page):
    _scene, browser, address = page
    before = len(letters("awa@mail.example"))
    named(app, browser, address)
    digits(helper_token())
    mine = letters("hilda.canary@mail.example")
    assert len(mine) == 2  # the link and the code
    assert len(letters("awa@mail.example")) == before
    for text in mine:
        assert "lang=fr" in text
        for fact in ("Awa", "KEN", "Hilda", "AHC"):
            assert fact not in text
    with db.engine.connect() as connection:
        kept = str(connection.execute(sa.select(Event.__table__)).all())
    assert "canary" not in kept.casefold()


def test_the_delegate_or_the_desk_ends_it_and_open_pages_close(app, page):
    scene, browser, address = page
    helper, theirs = named(app, browser, address)
    other, others = named(app, browser, address, helper_name="Omar", helper_email="omar@mail.example")
    assert helper.get(theirs).status_code == 404  # replaced
    assert remembered() == ["omar@mail.example"]
    stale = hidden(browser.get(f"{address}/helper/end").text)
    officer = sign_in(app.test_client(), scene.travel)
    desk = f"/seats/{scene.seats['KEN']}/travel"
    assert "Helped by Omar since" in words_of(officer.get(desk))
    assert press(officer, f"{desk}/helper").location == desk
    assert other.get(others).status_code == 404
    assert remembered() == []
    assert "Omar" not in officer.get(desk).text
    named(app, browser, address)
    assert browser.post(f"{address}/helper/end", data=stale).status_code == 409
    assert press(browser, f"{address}/helper/end").location == address
    assert "Name a helper" in words_of(browser.get(f"{address}?lang=en"))
    state = sign_in(app.test_client(), scene.cases["KEN"].people.authority)
    told = words_of(state.get(f"/requests/{scene.cases['KEN'].public_id}"))
    assert "A helper was named by Awa KEN" in told
    for name in ("Hilda", "Omar", "canary"):
        assert name not in told


def test_it_ends_when_somebody_else_sits_there_and_is_forgotten(app, page):
    scene, browser, address = page
    helper, theirs = named(app, browser, address)
    own = db.session.scalars(sa.select(Seat.delegate_id)).one()
    db.session.rollback()
    handed.another_sits_in(scene.seats["KEN"])
    assert helper.get(theirs).status_code == 404
    assert services.forget_helpers() == 1
    assert remembered() == []
    with transaction():
        update_where(Seat, Seat.public_id == scene.seats["KEN"], delegate_id=own)
    assert helper.get(theirs).status_code == 404
    assert browser.get(address).status_code == 200


def test_no_flood_of_mail_to_strangers(app, page):
    _scene, browser, address = page
    mine = press(browser, f"{address}/helper", **HELPER | {"helper_email": "AWA@mail.example"})
    assert mine.status_code == 422
    assert 'value="Hilda Canary"' in mine.text
    for number in range(5):
        press(browser, f"{address}/helper", **HELPER | {"helper_email": f"h{number}@mail.example"})
    form = hidden(browser.get(f"{address}/helper").text)
    assert browser.post(f"{address}/helper", data=form | HELPER).status_code == 409
