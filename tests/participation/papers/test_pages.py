"""The travel desk's pages of what was handed in: names on all of them, values on one, and only once."""

from datetime import date, timedelta

import pytest

from tests.factories import papers as handed
from tests.factories import travel
from tests.factories.papers import CANARIES, a_passport, by_office
from tests.participation.offers.test_pages import press
from tests.participation.travel.test_pages import days
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.services.statements import statements
from tests.web.test_session_gone import hidden
from tracker.calendar.now import today
from tracker.participation.papers import queries, services

SOURCE = {"source": "Copy, by mail of the ministry", **days(received_on=today())}
PASSPORT = {
    "passport_given_name": "Awa Maria",
    "passport_family_name": "KEN",
    "passport_number": "xk 77100-42",
    "issued_by": "Kenya",
    "passport_nationality": "Kenya",
    **days(born_on=date(1981, 4, 7), passport_valid_until=today() + timedelta(days=900)),
}
ACCOUNT = {"how": "transfer", "account_holder": "Holder Canary", "bank_name": "Bank", "account_currency": "eur"}


@pytest.fixture
def desk(app):
    """A confirmed seat of Kenya, and the travel officer in a browser; the address of the seat."""
    scene = travel.confirmed("KEN", costs=(20_00, 5_00))
    return scene, sign_in(app.test_client(), scene.travel), f"/seats/{scene.seats['KEN']}"


def test_from_the_letter_to_the_accepted_passport(app, desk):
    _scene, officer, seat = desk
    assert f"{seat}/papers" in officer.get(f"{seat}/travel").text
    page = words_of(officer.get(f"{seat}/papers"))
    assert page.count("missing") == 2
    refused = press(officer, f"{seat}/papers/passport", **PASSPORT, **SOURCE | {"source": ""})
    assert refused.status_code == 422
    assert "Enter what it was and from whom it came." in words_of(refused)
    assert 'value="xk 77100-42"' in refused.text  # its own form gives back what was typed
    assert "data-person" not in refused.text  # and the browser keeps no copy
    press(officer, f"{seat}/papers/passport", **PASSPORT, **SOURCE)
    press(officer, f"{seat}/papers/payment", **ACCOUNT, iban="DE89 3704 0044 0532 0130 00", **SOURCE)
    press(officer, f"{seat}/papers/access", access_needs="sign language canary", **SOURCE)
    press(officer, f"{seat}/papers/visa", visa_needed="no", **SOURCE)
    page = words_of(officer.get(f"{seat}/papers"))
    assert "missing" not in page
    assert "The name in the passport is not the one that was nominated." in page
    assert "Copy, by mail of the ministry" in page
    assert "To an account of a bank" in page
    assert press(officer, f"{seat}/papers/accept").status_code == 302
    page = words_of(officer.get(f"{seat}/papers"))
    assert "The name in the passport" not in page
    for canary in ("Maria", "7710042", "DE89", "Holder", "canary"):
        assert canary not in page


def test_what_was_entered_for_one_person_is_not_sealed_as_anothers(app, desk):
    """The State hands the seat on while the officer has the forms open."""
    scene, officer, seat = desk
    form = hidden(officer.get(f"{seat}/papers/access").text)
    handed.another_sits_in(scene.seats["KEN"])
    typed = {"access_needs": "sign language canary", **SOURCE}
    assert officer.post(f"{seat}/papers/access", data=form | typed).status_code == 409
    assert queries.get(scene.seats["KEN"], scene.travel.actor).handed_in == {}
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    form = hidden(officer.get(f"{seat}/papers/open").text)
    handed.another_sits_in(scene.seats["KEN"])
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    refused = officer.post(f"{seat}/papers/open", data=form | {"papers": ["passport"], "reason": "APIS."})
    assert refused.status_code == 409
    assert "XK7710042" not in refused.text


def test_it_is_shown_once_for_a_reason(app, desk):
    scene, officer, seat = desk
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    address = f"{seat}/papers/open"
    refused = press(officer, address, papers=["passport"], reason="")
    assert refused.status_code == 422
    assert "XK7710042" not in refused.text
    body = hidden(officer.get(address).text) | {
        "papers": ["passport", "visa", "access", "payment"],
        "reason": "Ticket.",
    }
    shown = officer.post(address, data=body)
    assert shown.headers["Cache-Control"] == "no-store"
    for canary in CANARIES:
        assert canary.casefold() in shown.text.casefold()
    again = officer.post(address, data=body)
    assert again.status_code == 409
    assert "XK7710042" not in again.text
    page = words_of(officer.get(f"{seat}/papers"))
    assert "Ticket." in page
    assert scene.travel.name in page


def test_who_only_reads_the_desk_reads_names_and_opens_nothing(app, desk):
    scene, _officer, seat = desk
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    for reader in (scene.donors.finance, scene.donors.manager):
        browser = sign_in(app.test_client(), reader)
        page = browser.get(f"{seat}/papers")
        assert "handed in on" in words_of(page)
        assert "papers/open" not in page.text
        assert not any(canary.casefold() in page.text.casefold() for canary in CANARIES)
        assert browser.get(f"{seat}/papers/open").status_code == 403
        assert browser.post(f"{seat}/papers/passport").status_code == 403


def test_an_error_page_gives_back_nothing_of_a_passport(app, desk):
    scene, officer, seat = desk
    form = hidden(officer.get(f"{seat}/papers/passport").text) | PASSPORT | SOURCE
    by = {"actor": scene.travel.actor, "version": None, "by": by_office()}
    services.hand_in_passport(scene.seats["KEN"], passport=a_passport(), **by)
    stale = officer.post(f"{seat}/papers/passport", data=form)
    assert stale.status_code == 409
    assert "Copy, by mail of the ministry" in stale.text
    gone = app.test_client().post(f"{seat}/papers/passport", data=form)
    assert gone.status_code == 401
    for page in (stale, gone):
        for name, typed in PASSPORT.items():
            assert f'name="{name}"' not in page.text
            assert len(typed) < 3 or typed not in words_of(page).replace("Language: English", ""), name


def test_the_page_needs_few_statements(app, desk):
    scene, officer, seat = desk
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    with statements() as made:
        assert officer.get(f"{seat}/papers").status_code == 200
    assert len(made) <= 14


def test_the_state_reads_what_is_missing_by_its_name_alone(app, desk):
    scene, _officer, _seat = desk
    case = scene.cases["KEN"]
    state = sign_in(app.test_client(), case.people.authority)
    address = f"/requests/{case.public_id}"
    assert "Passport, How to be paid" in words_of(state.get(address))
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    page = state.get(address)
    assert "Of the delegate" not in words_of(page)
    assert not any(canary.casefold() in page.text.casefold() for canary in CANARIES)
