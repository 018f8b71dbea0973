"""The pages of offers: the office sends and takes back, the State reads what is missing and answers."""

from datetime import timedelta

from tests.factories import offers as make
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.calendar.now import today


def press(browser, address, **typed):
    """Open the page and send its form."""
    page = browser.get(address)
    assert page.status_code == 200, words_of(page)
    sent = browser.post(address, data=hidden(page.text) | typed)
    assert sent.status_code in (302, 422), words_of(sent)
    return sent


def test_the_office_offers_seats_and_the_state_answers(app):
    scene = make.ready("KEN", "BTN")
    kenya, office = scene.cases["KEN"], sign_in(app.test_client(), scene.travel)
    listed = f"/sessions/{scene.code}/offers"
    assert listed in office.get(f"/sessions/{scene.code}/board").text
    assert "2 not offered yet" not in words_of(office.get(listed))
    assert words_of(office.get(listed)).count("Not offered yet") == 2
    chosen = f"{listed}/send?s={scene.seats['KEN']}&s={scene.seats['BTN']}"
    assert "Offer 2 seats?" in words_of(office.get(chosen))
    wrong = office.post(
        chosen, data=hidden(office.get(chosen).text) | {"until-day": "1", "until-month": "1", "until-year": "2020"}
    )
    assert "at least until tomorrow" in words_of(wrong)
    press(office, chosen)
    assert words_of(office.get(listed)).count("Offered") == 2
    authority = sign_in(app.test_client(), kenya.people.authority)
    offer = f"/offers/{make.offer_of(scene.seats['KEN'])}"
    request = authority.get(kenya.url)
    assert offer in request.text
    assert "Your answer, by" in words_of(request)
    page = words_of(authority.get(offer))
    assert "Answer until" in page
    assert "Return ticket 20" in page
    drafter = sign_in(app.test_client(), kenya.people.drafter)
    assert f"{offer}/confirm" not in drafter.get(offer).text
    assert "Only the authority" in words_of(drafter.get(offer))
    assert press(authority, f"{offer}/confirm").status_code == 422
    assert press(authority, f"{offer}/confirm", nobody_else_pays="y").status_code == 302
    assert "confirmed already" in words_of(authority.get(offer))
    assert "Confirmed" in words_of(authority.get(kenya.url))
    assert authority.get(f"{offer}/decline").status_code == 403
    bhutan = sign_in(app.test_client(), scene.cases["BTN"].people.authority)
    other = f"/offers/{make.offer_of(scene.seats['BTN'])}"
    assert authority.get(other).status_code == 404
    press(bhutan, f"{other}/decline", reason="Elections are held that week.")
    assert "Elections are held that week." in words_of(office.get(listed))
    assert "1 given back" in words_of(office.get(listed)).replace("given back 1", "1 given back")


def test_the_manager_alone_takes_back_what_is_silent(app):
    scene = make.ready("KEN")
    make.offered(scene, until=today() - timedelta(days=4))
    listed, manager = f"/sessions/{scene.code}/offers", sign_in(app.test_client(), scene.donors.manager)
    officer = sign_in(app.test_client(), scene.travel)
    assert f"{listed}/take-back" not in officer.get(listed).text
    assert officer.get(f"{listed}/take-back").status_code == 403
    page = manager.get(listed)
    assert f"{listed}/take-back" in page.text
    assert "No answer" in words_of(page)
    assert "overdue by" in words_of(page)
    asks = manager.get(f"{listed}/take-back")
    assert str(scene.seats["KEN"]) in asks.text
    for told in ("The authority of each State", "The official address of each State", "The travel officers"):
        assert told in words_of(asks)
    press(manager, f"{listed}/take-back", s=str(scene.seats["KEN"]), reason="No answer came by the day that was given.")
    assert "Taken back" in words_of(manager.get(listed))
    assert "No seat is without an answer past its day." in words_of(manager.get(f"{listed}/take-back"))
    state = words_of(sign_in(app.test_client(), scene.cases["KEN"].people.drafter).get(scene.cases["KEN"].url))
    assert "No answer came by the day that was given." in state


def test_a_session_without_seats_says_so(app):
    scene = make.ready()
    page = words_of(sign_in(app.test_client(), scene.travel).get(f"/sessions/{scene.code}/offers"))
    assert "No seat of this session was given yet." in page
    assert "No seat is ticked." in words_of(
        sign_in(app.test_client(), scene.travel).get(f"/sessions/{scene.code}/offers/send")
    )
