"""What delegates hand in on the page behind their link: each paper, what comes back of it, and who it is kept for."""

import gzip
import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import papers as handed
from tests.factories import travel
from tests.factories.papers import CANARIES, a_passport, by_office
from tests.participation.delegate_page.opening import opened, token_of
from tests.participation.offers.test_pages import press
from tests.participation.travel.test_pages import days
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.events import Event
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.papers import queries, services
from tracker.participation.papers.lifecycle import Paper
from tracker.participation.papers.services.opening import contents_of
from tracker.participation.travel import services as desk
from tracker.participation.travel.services import Papers

PASSPORT = {
    "passport_given_name": "Awa",
    "passport_family_name": "KEN",
    "passport_number": "XK7710042",
    "issued_by": "Kenya",
    "passport_nationality": "Kenya",
    **days(born_on=date(1981, 4, 7), passport_valid_until=today() + timedelta(days=900)),
}
VISA = {"visa_needed": "yes", "visa_number": "V99887766"} | days(
    visa_valid_from=today(), visa_valid_until=today() + timedelta(days=300)
)
ACCESS = {"access_needs": "sign language canary"}
ACCOUNT = {
    "how": "transfer",
    "account_holder": "Holder Canary",
    "bank_name": "Bank",
    "iban": "DE89 3704 0044 0532 0130 00",
    "account_currency": "eur",
}


@pytest.fixture
def page(app):
    """Kenya's seat, of somebody who needs a visa, and the open page of its delegate with its address."""
    scene = travel.confirmed("KEN", costs=(20_00, 5_00))
    with transaction():
        update_where(Delegate, sa.true(), nationality_iso3="KEN", payer_visa="fund")
    token = token_of(scene)
    return scene, opened(app, token), f"/journey/{token}"


def read(scene):
    found = queries.get(scene.seats["KEN"], scene.travel.actor)
    db.session.rollback()
    return found


def shown(browser, address):
    return words_of(browser.get(f"{address}?lang=en"))


def refused(browser, address, typed, *sealed):
    """The form comes back with its sentence, and with nothing of what would be sealed."""
    answer = press(browser, address, **typed)
    assert answer.status_code == 422
    for value in sealed:
        assert value not in answer.text
    return answer


def test_each_paper_is_handed_in_and_never_shown_again(app, page):
    scene, browser, address = page
    assert shown(browser, address).count("The office needs it by") == 4  # passport and payment, twice each
    wrong = PASSPORT | days(born_on=today() + timedelta(days=1))
    answer = refused(browser, f"{address}/passport", wrong, "XK7710042", 'value="Awa"', 'value="1981"')
    assert "This day has not come yet." in words_of(answer)
    answer = refused(
        browser, f"{address}/payment", ACCOUNT | {"iban": "DE88370400440532013000"}, "Holder Canary", "DE88"
    )
    assert re.search(r'value="transfer" checked', answer.text)
    for name, typed in (("passport", PASSPORT), ("visa", VISA), ("access", ACCESS), ("payment", ACCOUNT)):
        assert press(browser, f"{address}/{name}", **typed).location == address
    said = shown(browser, address)
    assert "1 thing is missing" in said  # the conditions
    assert said.count("the office looks at it") == 3
    assert queries.latest_of(read(scene).journey.person.id)["payment"].by == "delegate"
    officer = sign_in(app.test_client(), scene.travel)
    assert words_of(officer.get(f"/seats/{scene.seats['KEN']}/papers")).count("by the delegate") == 4
    everywhere = [address, *(f"{address}/{name}" for name in ("passport", "visa", "access", "payment"))]
    texts = [browser.get(one).text for one in everywhere]
    texts.append(officer.get(f"/seats/{scene.seats['KEN']}/papers").text)
    for canary in (*CANARIES, "DE89 3704"):
        assert not any(canary.casefold() in text.casefold() for text in texts), canary
    desk.record_papers(scene.seats["KEN"], actor=scene.officer, version=None, papers=Papers(today(), None, today()))
    assert shown(browser, address).count("Complete since") == 3


def test_a_passport_that_is_doubted_is_kept_and_missing_until_the_office_accepts_it(app, page):
    scene, browser, address = page
    soon = PASSPORT | {"passport_given_name": "Aoua"} | days(passport_valid_until=today() + timedelta(days=120))
    press(browser, f"{address}/passport", **soon)
    said = shown(browser, address)
    for words in ("The name in the passport is not", "is not valid as long", "the office decides whether it serves"):
        assert words in said
    assert Paper.PASSPORT in read(scene).missing
    assert read(scene).journey.lacks("passport")
    state = sign_in(app.test_client(), scene.cases["KEN"].people.authority)
    on_the_page_of_the_state = f"/requests/{scene.cases['KEN'].public_id}"
    assert "Passport, Visa, How to be paid" in words_of(state.get(on_the_page_of_the_state))
    services.accept_passport(scene.seats["KEN"], actor=scene.travel.actor, version=None)
    assert Paper.PASSPORT not in read(scene).missing
    assert not read(scene).journey.lacks("passport")
    assert "Passport, Visa" not in words_of(state.get(on_the_page_of_the_state))
    assert "not the one that was nominated" not in shown(browser, address)


def test_it_is_kept_for_whoever_opened_the_page_and_not_over_what_came_since(page):
    scene, browser, address = page
    form = hidden(browser.get(f"{address}/passport").text)
    services.hand_in_passport(
        scene.seats["KEN"], actor=scene.travel.actor, version=None, passport=a_passport(number="XK1"), by=by_office()
    )
    stale = browser.post(f"{address}/passport", data=form | PASSPORT)
    assert stale.status_code == 409
    assert "XK7710042" not in stale.text
    mine = read(scene).journey.person.id
    assert contents_of(mine, [Paper.PASSPORT])[Paper.PASSPORT]["number"] == "XK1"
    form = hidden(browser.get(f"{address}/passport").text)
    handed.another_sits_in(scene.seats["KEN"])
    assert browser.post(f"{address}/passport", data=form | PASSPORT).status_code == 404
    assert read(scene).handed_in == {}
    assert contents_of(mine, [Paper.PASSPORT])[Paper.PASSPORT]["number"] == "XK1"


def test_in_front_of_the_door_nothing_is_kept(app, page):
    scene, browser, address = page
    form = hidden(browser.get(f"{address}/access").text)
    browser.delete_cookie("journey", path=address)
    answer = browser.post(f"{address}/access", data=form | ACCESS)
    assert answer.status_code == 401
    assert not any(text in answer.text for text in ACCESS.values())
    assert read(scene).handed_in == {}


def test_no_account_is_asked_where_nothing_goes_to_one(app, page):
    scene, browser, address = page
    at = {"actor": scene.donors.finance.actor, "version": None}
    desk.record_payee(scene.seats["KEN"], payee=desk.Payee(None, True, "FIN-ADV-1"), **at)
    assert "In cash, on arrival" in shown(browser, address)
    assert f"{address}/payment" not in browser.get(address).text
    assert browser.get(f"{address}/payment").status_code == 403
    assert Paper.PAYMENT not in read(scene).missing


def test_what_is_handed_in_anew_takes_back_what_the_office_said_of_it(app, page):
    """Finance recorded a payee and the desk found all complete: the delegate names another account, and another
    passport."""
    scene, browser, address = page
    seat, at = scene.seats["KEN"], {"actor": scene.donors.finance.actor, "version": None}
    for name, typed in (("passport", PASSPORT), ("visa", VISA), ("payment", ACCOUNT)):
        press(browser, f"{address}/{name}", **typed)
    desk.record_papers(seat, actor=scene.officer, version=None, papers=Papers(today(), None, today()))
    desk.record_payee(seat, payee=desk.Payee("401200"), **at)
    assert "By a bank transfer" in shown(browser, address)
    press(browser, f"{address}/payment", how="arrival")
    said = shown(browser, address)
    assert "By a bank transfer" not in said
    assert said.count("Complete since") == 1  # the visa
    record = read(scene).journey.record
    assert (record.payee_number, record.papers_on, record.visa_on) == (None, None, today())
    asked = sa.select(sa.func.count()).where(Event.name == "participation.payee_asked")
    assert db.session.scalar(asked) == 2
    db.session.rollback()
    assert read(scene).journey.lacks("payee")
    press(browser, f"{address}/visa", **VISA)
    assert read(scene).journey.record.visa_on is None
    assert read(scene).journey.lacks("visa")
    desk.record_payee(seat, payee=desk.Payee("401200"), **at)
    services.choose_payment(seat, actor=scene.travel.actor, version=None, payment=handed.an_account(), by=by_office())
    assert not read(scene).journey.record.payee_known


def test_the_pages_are_small(app, page):
    _scene, browser, address = page
    sheet = browser.get(app.jinja_env.globals["asset_url"]("css/delegate.css")).data
    for name in ("passport", "visa", "access", "payment"):
        for language in ("en", "fr", "ar"):
            sent = browser.get(f"{address}/{name}?lang={language}").data
            assert len(gzip.compress(sent, 9)) + len(gzip.compress(sheet, 9)) <= 10_000, (name, language)
            assert b"<script" not in sent
