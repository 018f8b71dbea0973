"""What a helper opens and what never, and what of a delegate's page is left after the settlement."""

import re
import uuid
from io import BytesIO

import pytest

from tests.factories import settling
from tests.files.samples import PDF
from tests.participation.claims import way
from tests.participation.delegate_page.opening import opened, press
from tests.participation.helping.test_helping import HELPER, helper_token, remembered
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.database.transactions import transaction, update_where
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery
from tracker.participation.conditions import shipped
from tracker.participation.delegate_page.policies import HELPER_MAY
from tracker.participation.helping import services
from tracker.participation.seats.models import Seat

OPEN = {
    *("delegate_page", "hand_in_passport", "hand_in_visa", "say_access_needs", "take_delegate_piece"),
    *("own_claim", "own_claim_days", "own_claim_boarding", "own_claim_receipt"),
    *("own_claim_paper", "remove_own_claim_paper"),
}
DOOR = {"delegate_page", "show_door", "ask_page_code", "open_page", "close_page"}


@pytest.fixture
def pages(app):
    """Somebody who travelled, with their page and that of their helper."""
    scene = settling.scene()
    with transaction():
        shipped.load()
    seat = scene.seat("travelled", also=way.LINES, fare=780_00, allowance=settling.PLANNED, terminals=152_00)
    token = way.linked(scene, seat)
    mine = opened(app, token)
    assert press(mine, f"/journey/{token}/messages", body="A word.").status_code == 302
    way.press(mine, f"/journey/{token}/helper", **HELPER)
    theirs = helper_token()
    return scene, seat, (mine, f"/journey/{token}"), (opened(app, theirs), f"/journey/{theirs}")


def headings(page):
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<h2[^>]*>(.*?)</h2>", page.text, re.S)]


def test_all_but_what_helpers_may_is_closed_to_them(app, pages):
    _scene, _seat, _mine, (helper, theirs) = pages
    assert {f"participation.{name}" for name in OPEN} == HELPER_MAY
    known = {"token": theirs.rpartition("/")[2], "line": "visa", "paper_id": str(uuid.uuid4())}
    asked = set()
    with app.test_request_context():
        rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/journey/<token>")]
    for rule in rules:
        name = rule.endpoint.removeprefix("participation.")
        if name in OPEN | DOOR:
            continue
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: known[part[1]], rule.rule)
        for method in rule.methods & {"GET", "POST"}:
            answer = helper.open(address, method=method, data={"whole": "1"} if method == "POST" else None)
            assert answer.status_code == 403, (name, method)
        asked.add(name)
    assert {"send_own_claim", "take_back_own_claim", "correct_own_claim", "own_conditions", "choose_payment"} <= asked


def test_the_helper_prepares_the_claim_and_reads_nothing_else(app, pages):
    scene, seat, (mine, own), (helper, theirs) = pages
    page = helper.get(f"{theirs}?lang=en")
    assert headings(page) == ["How far it is", "Claim", "Your itinerary", "Whom to call"]
    said = words_of(page)
    assert "Nothing is missing of what you can hand in." in said
    for untrue in ("Nothing is missing from you", "you read below who did", "You book your lodging"):
        assert untrue not in said
    assert "Only the person you help sends it" in said
    claim = f"{theirs}/claim"
    way.press(helper, f"{claim}/days", **way.stay(scene))
    way.press(helper, f"{claim}/receipts/visa", **way.receipt(scene))
    for name in ("there.pdf", "back.pdf"):
        way.press(helper, f"{claim}/boarding", file=(BytesIO(PDF), name))
    page = helper.get(claim)
    paper = re.search(rf'href="({claim}/papers/[^"?]+)', page.text)[1]
    assert helper.get(paper).data == PDF
    assert press(helper, f"{paper}/remove").status_code == 302
    assert paper not in helper.get(claim).text
    assert "/claim/send" not in helper.get(claim).text
    assert "You have not sent it yet" not in words_of(helper.get(f"{theirs}?lang=en"))
    way.press(mine, f"{own}/claim/send")
    officer = sign_in(app.test_client(), scene.travel)
    way.press(officer, f"/seats/{seat}/claim/begin")
    way.press(officer, f"/seats/{seat}/claim/ask", what="A name is missing.")
    page = words_of(helper.get(f"{claim}?lang=en"))
    assert "A name is missing." in page
    assert "Complete or correct it" not in page
    assert "Complete or correct it" in words_of(mine.get(f"{own}/claim?lang=en"))
    usual = way.stay(scene, first="arrives_on", last="leaves_on") | {"fare_amount": "780", "fare_invoice": "F"}
    usual |= {"visa_amount": "30", "visa_invoice": "V-17", "insurance_amount": "0", "insurance_invoice": ""}
    way.press(officer, f"/seats/{seat}/settlement/enter", answer="Thirty are paid.", **usual)
    assert "What is due" in words_of(mine.get(f"{own}/claim?lang=en"))
    page = words_of(helper.get(f"{claim}?lang=en"))
    for money in ("What is due", "Thirty are paid."):
        assert money not in page


def test_the_delegate_learns_that_a_letter_to_the_helper_came_back(pages):
    _scene, _seat, (mine, own), _helper = pages
    notifications.dispatch()
    said = words_of(mine.get(f"{own}?lang=en"))
    assert "hilda.canary@mail.example" in said
    assert "Their page was opened last on" in said
    assert "could not be delivered" not in said
    with transaction():
        bounced = {"status": "bounced", "last_error": "550 hilda unknown"}
        update_where(Delivery, Delivery.recipient_key.like("delegate:%"), **bounced)
    assert "A letter to your helper could not be delivered" in words_of(mine.get(f"{own}?lang=en"))


def test_help_ends_with_the_settlement_and_the_page_offers_only_what_can_be_done(app, pages):
    scene, seat, (mine, own), (helper, theirs) = pages
    settling.move(seat, "settle")
    assert helper.get(theirs).status_code == 404
    assert services.forget_helpers() == 1
    assert remembered() == []
    page = mine.get(f"{own}?lang=en")
    assert "Somebody who helps you" not in headings(page)
    for address in re.findall(rf'href="({own}/[^"]+)"', page.text):
        assert mine.get(address).status_code == 200, address
    officer = sign_in(app.test_client(), scene.travel)
    desk = f"/seats/{seat}/travel"
    assert f"{desk}/code" in officer.get(desk).text
    assert officer.get(f"{desk}/code").status_code == 200
    assert press(officer, f"{desk}/link", link_email="amina@mail.example").location == desk
    with transaction():
        update_where(Seat, Seat.public_id == seat, ended_at=settling.on_day(91))
    assert f"{desk}/code" not in officer.get(desk).text
    assert officer.get(f"{desk}/link").status_code == 403


def test_the_door_of_a_helper_says_what_helps_them(app, pages):
    _scene, _seat, (_mine, own), (helper, theirs) = pages
    door = words_of(app.test_client().get(f"{theirs}?lang=en"))
    assert "ask the person you help" in door
    assert "told me a code" not in door
    assert "told me a code" in words_of(app.test_client().get(f"{own}?lang=en"))
    passport = words_of(helper.get(f"{theirs}/access?lang=en"))
    assert "which the person you help reads" in passport
