"""The pages of settling: the travel officer enters, finance settles, the State reads what it is asked."""

from datetime import timedelta

from tests.factories.accounts import person
from tests.factories.settling import CODE, DAILY, NIGHTS, PLANNED, read
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.extensions import db
from tracker.participation.settling import services
from tracker.participation.settling.waiting_work import FOR_ROLES

PAID = {"fare": 780_00, "allowance": PLANNED, "terminals": 152_00}


def fields(page) -> dict[str, str]:
    """What the page's form says already, hidden and shown."""
    from tests.pledges.forms import fields_of

    return fields_of(page.text)


def press(browser, address, **typed):
    page = browser.get(address)
    assert page.status_code == 200, words_of(page)
    sent = browser.post(address, data=fields(page) | hidden(page.text) | typed)
    assert sent.status_code in (302, 422), words_of(sent)
    return sent


def test_one_seat_from_entering_to_the_claim_that_is_given_up(app, scene):
    seat = scene.seat(**PAID)
    page = f"/seats/{seat}/settlement"
    travel, finance = (sign_in(app.test_client(), who) for who in (scene.travel, scene.finance))
    assert "waits for the travel officer" in words_of(travel.get(page))
    assert f"{page}/enter" in travel.get(page).text
    assert f"{page}/enter" not in finance.get(page).text
    left = {f"leaves_on-{part}": "" for part in ("day", "month", "year")}
    assert "Enter the day" in words_of(press(travel, f"{page}/enter", **left))
    assert "is no number" not in words_of(travel.get(f"{page}/enter"))
    lunches = [f"{(scene.first_day + timedelta(number)).isoformat()}:lunch" for number in range(NIGHTS)]
    assert press(travel, f"{page}/enter", provided=lunches, remark="Lunch was provided.").status_code == 302
    shown = words_of(finance.get(page))
    assert "lunch provided" in shown
    assert "Invoice or reference FIN-" in shown
    assert "is asked back" in shown
    asked = words_of(finance.get(f"{page}/settle"))
    assert "Claim against the State" in asked
    assert press(finance, f"{page}/settle").status_code == 302
    assert "is owed still" in words_of(finance.get(page))
    kenya = sign_in(app.test_client(), scene.cases["KEN"].people.authority)
    state = words_of(kenya.get(scene.cases["KEN"].url))
    assert "What your State is asked to pay back" in state
    assert "Lunch was provided." in state
    assert press(finance, f"{page}/allowance/write-off", reason="Too little to ask for.").status_code == 302
    assert "Give up" in words_of(finance.get(page))
    second = sign_in(app.test_client(), scene.second)
    act = finance.get(page).text.split("/finance/acts/")[1].split('"')[0]
    assert press(second, f"/finance/acts/{act}/confirm").status_code == 302
    assert "nothing is owed" in words_of(finance.get(page))
    assert "not asked any more" in words_of(kenya.get(scene.cases["KEN"].url))


def test_what_is_to_be_paid_first_is_linked_and_holds_the_seat_back(app, scene):
    seat = scene.seat(fare=780_00, allowance=PLANNED - DAILY, terminals=152_00)
    page = f"/seats/{seat}/settlement"
    travel, finance = (sign_in(app.test_client(), who) for who in (scene.travel, scene.finance))
    press(travel, f"{page}/enter")
    shown = finance.get(page)
    assert "Something is to be paid first" in words_of(shown)
    assert "/finance/allocations/" in shown.text
    assert "to be paid first" in words_of(press(finance, f"{page}/settle"))


def test_the_list_ticks_what_does_not_differ_and_says_who_is_left_out(app, scene):
    same, other = scene.seat(**PAID), scene.seat(**{**PAID, "allowance": DAILY})
    listed = f"/sessions/{CODE}/settlements"
    travel, finance = (sign_in(app.test_client(), who) for who in (scene.travel, scene.finance))
    assert listed in travel.get(f"/sessions/{CODE}/board").text
    rows = travel.get(listed).text
    assert f'value="{same}"' in rows
    assert f'value="{other}"' not in rows
    both = f"?s={same}&s={other}"
    asked = travel.get(f"{listed}/enter{both}")
    assert "Did 1 seat go as planned?" in words_of(asked)
    assert "Left out" in words_of(asked)
    assert travel.post(f"{listed}/enter", data=hidden(asked.text) | {"s": str(same)}).status_code == 302
    assert f'value="{same}"' in finance.get(listed).text
    asked = finance.get(f"{listed}/settle{both}")
    assert "Settle 1 seat?" in words_of(asked)
    assert "enters first" in words_of(asked)
    assert finance.post(f"{listed}/settle", data=hidden(asked.text) | {"s": str(same)}).status_code == 302
    board = words_of(travel.get(f"/sessions/{CODE}/board"))
    assert "Back from settled seats" in board
    assert "1 to settle" in board


def test_a_session_is_closed_with_what_remains(app, scene):
    seat = scene.seat("no_show", fare=780_00)
    manager = sign_in(app.test_client(), scene.manager)
    page = f"/sessions/{CODE}/account"
    assert "Not to be closed yet" in words_of(manager.get(page))
    assert "are not settled" in words_of(manager.get(f"{page}/close"))
    press(sign_in(app.test_client(), scene.travel), f"/seats/{seat}/settlement/enter")
    press(sign_in(app.test_client(), scene.finance), f"/seats/{seat}/settlement/settle")
    assert press(manager, f"{page}/close").status_code == 302
    assert "Closed on" in words_of(manager.get(page))
    later = scene.seat("no_show", fare=100_00)
    again = words_of(manager.get(page))
    assert f"open again, or were given since: {read(scene, later).person.name}" in again


def test_a_payment_between_page_and_press_shows_the_page_anew(app, scene):
    seat = scene.seat("no_show", fare=780_00, allowance=100_00)
    page = f"/seats/{seat}/settlement"
    travel, finance = (sign_in(app.test_client(), who) for who in (scene.travel, scene.finance))
    press(travel, f"{page}/enter", remark="Did not come.")
    opened = finance.get(f"{page}/settle").text
    scene.pay(seat, 50_00, "allowance", part="advance")
    again = finance.post(f"{page}/settle", data=hidden(opened))
    assert again.status_code == 422
    assert "USD 150 is owed back now, not USD 100:" in words_of(again)
    assert finance.post(f"{page}/settle", data=hidden(again.text)).status_code == 302


def test_what_waits_is_counted_as_the_page_lists_it_and_nothing_to_tick_shows_no_bar(app, scene):
    cancelled, gone = scene.seat("cancelled", fare=780_00), scene.seat("cancelled", fare=780_00)
    counted = {work.name: work.rows for work in FOR_ROLES}

    def numbers() -> tuple[int, int]:
        rows = [db.session.execute(counted[name]()).one() for name in ("enter_settlements", "settle_seats")]
        found = (rows[0].number, rows[1].number)
        db.session.rollback()
        return found

    travel, finance = (sign_in(app.test_client(), who) for who in (scene.travel, scene.finance))
    assert numbers() == (2, 0)
    assert "You confirm on the next page" not in words_of(finance.get(f"/sessions/{CODE}/settlements"))
    assert "You confirm on the next page" in words_of(travel.get(f"/sessions/{CODE}/settlements"))
    for seat in (cancelled, gone):
        press(travel, f"/seats/{seat}/settlement/enter", remark="Fell ill.")
    scene.recover(gone, 780_00, "fare")
    assert numbers() == (0, 1)
    shown = words_of(finance.get(f"/sessions/{CODE}/settlements/settle?s={cancelled}"))
    assert "The authority of each State" in shown
    assert "official address" not in shown


def test_from_request_account_and_settlement_one_comes_to_the_journey_of_a_settled_seat(app, scene):
    seat = scene.seat(**PAID)
    services.enter_as_planned(CODE, [seat], actor=scene.travel.actor)
    services.settle_many(CODE, [seat], actor=scene.finance.actor)
    journey, settled = f'href="/seats/{seat}/travel"', f'href="/seats/{seat}/settlement"'
    request = f"/triage/requests/{scene.cases['KEN'].public_id}"
    finance, clerk = (sign_in(app.test_client(), who) for who in (scene.finance, person("triage_officer")))
    for page in (request, f"/sessions/{CODE}/account", f"/seats/{seat}/settlement"):
        assert journey in finance.get(page).text, page
        assert journey not in clerk.get(page).text, page
    assert settled in finance.get(request).text
    assert finance.get(f"/seats/{seat}/travel").status_code == 200
