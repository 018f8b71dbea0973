"""The door of a delegate's page: a personal link, a code at each opening, and what opens nothing."""

import gzip
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts, travel
from tests.factories import papers as handed
from tests.participation.delegate_page.opening import aged, digits, opened, press, token_of, wrong
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, NotFound
from tracker.extensions import db
from tracker.languages.formatting import format_amount
from tracker.notifications import mailer, spool
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery
from tracker.notifications.queries import failed_deliveries
from tracker.participation.delegate_page import services
from tracker.participation.delegate_page.models import DelegateCode, DelegateOpening
from tracker.participation.models import Delegate
from tracker.participation.papers import services as papers
from tracker.participation.seats.models import Seat
from tracker.participation.support.models import SessionSupport
from tracker.rights.actor import Actor
from tracker.web.application import settings


def letters():
    notifications.dispatch()
    while notifications.deliver():
        pass
    folder = mailer.outbox(settings())
    found = [spool.letter(folder, one.name) for one in spool.letters(folder, "awa@mail.example")]
    return [f"{one.subject} {one.text} {one.body}" for one in found]


def test_a_code_opens_the_page_once_within_fifteen_minutes_and_five_tries(scene):
    kenya, bhutan = token_of(scene, "KEN"), token_of(scene, "BTN")
    first, code = digits(kenya), digits(kenya)
    of_another = digits(bhutan)
    assert services.open_page(kenya, typed=first) is None
    assert services.open_page(kenya, typed=of_another) is None
    assert services.open_page(kenya, typed=wrong(code)) is None
    assert services.open_page(bhutan, typed=code) is None
    assert services.open_page(kenya, typed=code)
    assert services.open_page(kenya, typed=code) is None
    code = digits(kenya)
    aged(DelegateCode, "expires_at", timedelta(seconds=1))
    assert services.open_page(kenya, typed=code) is None
    code = digits(kenya)
    for _try in range(4):
        services.open_page(kenya, typed=wrong(code))
    assert services.open_page(kenya, typed=code)
    code = digits(kenya)
    for _try in range(5):
        services.open_page(kenya, typed=wrong(code))
    assert services.open_page(kenya, typed=code) is None
    with pytest.raises(Conflict):
        digits(kenya)
    assert digits(bhutan)
    aged(DelegateCode, "asked_at", timedelta(hours=1, seconds=1))
    assert digits(kenya)


def test_a_code_is_typed_in_the_digits_of_any_script_and_a_second_press_opens_too(app, scene):
    token, client = token_of(scene), app.test_client()
    code = digits(token)
    arabic = code.translate({ord(str(digit)): chr(0x660 + digit) for digit in range(10)})
    for _press in range(2):
        answer = press(client, f"/journey/{token}/open", page_code=arabic)
        assert (answer.status_code, answer.location) == (302, f"/journey/{token}")
    assert press(app.test_client(), f"/journey/{token}/open", page_code=code).status_code == 422


def test_what_a_mail_server_says_of_a_delegate_is_not_read_by_all_staff(scene):
    letters()
    with transaction():
        bounced = {"status": "bounced", "last_error": "550 awa@mail.example unknown"}
        update_where(Delivery, Delivery.recipient_key.like("delegate:%"), **bounced)
    lines, _more = failed_deliveries(accounts.person("triage_officer").actor)
    mine = [line for line in lines if line.recipient == "A delegate with a personal link"]
    assert len(mine) == 2
    assert {line.said for line in mine} == {""}


def test_the_travel_officer_reads_a_code_out_with_a_trace_and_sends_a_new_link(app, scene):
    seat, token = scene.seats["KEN"], token_of(scene)
    officer = sign_in(app.test_client(), scene.travel)
    by_mail = digits(token)
    page = press(officer, f"/seats/{seat}/travel/code")
    code = re.search(r'<strong dir="ltr">(\d{6})</strong>', page.text)[1]
    assert page.headers["Cache-Control"] == "no-store"
    assert services.open_page(token, typed=code)
    assert services.open_page(token, typed=by_mail)
    assert "Code read out on" in words_of(officer.get(f"/seats/{seat}/travel"))
    manager = sign_in(app.test_client(), scene.donors.manager)
    assert manager.get(f"/seats/{seat}/travel/code").status_code == 403
    history = words_of(manager.get(f"/triage/requests/{scene.cases['KEN'].public_id}"))
    assert "A code was read out by telephone to Awa KEN" in history
    client = opened(app, token)
    assert "Awa KEN" in client.get(f"/journey/{token}").text
    assert "awa@mail.example" in officer.get(f"/seats/{seat}/travel/link").text
    assert press(officer, f"/seats/{seat}/travel/link", link_email="awa@mail.example").status_code == 302
    dead, unknown = client.get(f"/journey/{token}"), client.get("/journey/unknown")
    assert dead.status_code == unknown.status_code == 404
    of_the_answer = r"number \w+"
    assert re.sub(of_the_answer, "", words_of(dead)) == re.sub(of_the_answer, "", words_of(unknown))
    for address in ("code", "open", "close"):
        assert press(client, f"/journey/{token}/{address}", page_code="1").status_code == 404
    door = client.get(f"/journey/{token_of(scene)}")
    assert door.status_code == 200
    assert "Awa" not in door.text


def test_a_link_is_dead_once_somebody_else_sits_there_or_nobody_travels(app, scene):
    kenya, bhutan = token_of(scene, "KEN"), token_of(scene, "BTN")
    client = opened(app, kenya)
    other = sa.select(Delegate.id).where(Delegate.name == "Moussa KEN").scalar_subquery()
    with transaction():
        update_where(Seat, Seat.public_id == scene.seats["KEN"], delegate_id=other)
        update_where(Seat, Seat.public_id == scene.seats["BTN"], status="selected")
    for token in (kenya, bhutan):
        assert client.get(f"/journey/{token}").status_code == 404
        with pytest.raises(NotFound):
            services.ask_code(token, actor=Actor.anonymous)


def test_an_opening_is_of_one_link_for_two_hours_without_a_press(app, scene):
    kenya, bhutan = token_of(scene, "KEN"), token_of(scene, "BTN")
    client = opened(app, kenya)
    cookie = client.get_cookie("journey", path=f"/journey/{kenya}")
    assert cookie.http_only
    client.set_cookie("journey", cookie.value, path=f"/journey/{bhutan}")
    assert "Awa KEN" in client.get(f"/journey/{kenya}").text
    assert "Awa" not in client.get(f"/journey/{bhutan}").text
    aged(DelegateOpening, "pressed_at", timedelta(hours=1, minutes=59))
    assert "Awa KEN" in client.get(f"/journey/{kenya}").text
    aged_now = db.session.scalars(sa.select(DelegateOpening.pressed_at)).one()
    assert now() - aged_now < timedelta(minutes=1)
    db.session.rollback()
    aged(DelegateOpening, "pressed_at", timedelta(hours=2))
    assert "Awa" not in client.get(f"/journey/{kenya}").text
    client = opened(app, kenya)
    cookie = client.get_cookie("journey", path=f"/journey/{kenya}")
    press(client, f"/journey/{kenya}/close")
    client.set_cookie("journey", cookie.value, path=f"/journey/{kenya}")
    assert "Awa" not in client.get(f"/journey/{kenya}").text


def test_mail_carries_no_fact_and_comes_in_the_language_of_the_nomination(scene):
    found = letters()
    assert len(found) == 2
    digits(token_of(scene))
    found = letters()
    assert len(found) == 3
    for body in found:
        assert "/journey/" in body
        assert "lang=fr" in body
        for fact in ("Awa", "KEN", "Kenya", "AHC", scene.cases["KEN"].now.reference):
            assert fact not in body


def test_the_page_says_what_is_paid_and_whom_to_call_in_ten_kilobytes(app, scene):
    travel.ticketed(scene)
    with transaction():
        update_where(SessionSupport, sa.true(), phone_day="+43 1 0000 0101")
    token = token_of(scene)
    client = opened(app, token)
    page = client.get(f"/journey/{token}?lang=en")
    said = words_of(page)
    for words in (
        "What is paid",
        format_amount(20_00, "USD"),
        "Bought for you",
        "What is not paid",
        "+43 1 0000 0101",
        "no number yet",
        "NBO–VIE",
    ):
        assert words in said
    assert page.headers["Cache-Control"] == "no-store"
    assert "site.css" not in page.text
    assert "<script" not in page.text
    sheet = client.get(app.jinja_env.globals["asset_url"]("css/delegate.css")).data
    assert len(gzip.compress(sheet, 9)) <= 4_000
    for language in ("en", "fr", "ar"):
        page = client.get(f"/journey/{token}?lang={language}").data
        assert len(gzip.compress(page, 9)) + len(gzip.compress(sheet, 9)) <= 10_000


def test_the_page_says_who_opened_the_papers_and_why(app, scene):
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    token = token_of(scene)
    assert "Nobody has opened them." in words_of(opened(app, token).get(f"/journey/{token}?lang=en"))
    papers.open_papers(
        scene.seats["KEN"], version=None, actor=scene.travel.actor, papers=["passport"], reason="To buy the ticket."
    )
    said = words_of(opened(app, token).get(f"/journey/{token}?lang=en"))
    assert "To buy the ticket." in said
    assert scene.travel.name in said


def test_after_a_press_the_languages_lead_to_a_page(app, scene):
    token, client = token_of(scene), app.test_client()
    digits(token)
    answer = press(client, f"/journey/{token}/open", page_code="000000")
    assert answer.status_code == 422
    address = re.search(r'href="([^"]+\?lang=fr)"', answer.text)[1]
    assert address == f"/journey/{token}?lang=fr"
    assert client.get(address).status_code == 200
