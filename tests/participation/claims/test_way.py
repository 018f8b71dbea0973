"""A claim from the telephone to the settlement, and what is refused on the way."""

import gzip
import re
from io import BytesIO

import pytest
import sqlalchemy as sa

from tests.factories import accounts, settling
from tests.files.samples import PDF
from tests.participation.claims.way import LINES, linked, opened, press, receipt, stay
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.files.models import File
from tracker.languages.formatting import format_amount
from tracker.participation.claims.models import ClaimOpening, ClaimPaper, DelegateClaim


@pytest.fixture
def scene(app):
    return settling.scene()


def claimed(app, scene, **said):
    """Somebody who travelled sent a claim of 40 dollars for the visa; gives the seat, their browser and address."""
    seat = scene.seat("travelled", also=LINES, fare=780_00, allowance=settling.PLANNED, terminals=152_00)
    token = linked(scene, seat)
    browser, address = opened(app, token), f"/journey/{token}/claim"
    browser.get(f"/journey/{token}?lang=en")
    press(browser, f"{address}/days", **stay(scene))
    press(browser, f"{address}/receipts/visa", **receipt(scene, **said))
    press(browser, f"{address}/boarding", file=(BytesIO(PDF), "boarding.pdf"))
    press(browser, f"{address}/send")
    return seat, browser, address


def test_the_desk_looks_at_what_was_sent_and_has_it_completed(app, scene):
    seat, browser, address = claimed(app, scene)
    officer = sign_in(app.test_client(), scene.travel)
    listed = officer.get(f"/sessions/{settling.CODE}/travel")
    assert f"/seats/{seat}/claim" in listed.text
    assert f"/seats/{seat}/claim" in officer.get(f"/seats/{seat}/travel").text
    # Taken back until the office begins, then corrected by a later version.
    press(browser, f"{address}/back", at=address)
    press(browser, f"{address}/receipts/other", **receipt(scene, content=PDF + b"%", what="Taxi", number=""))
    press(browser, f"{address}/send")
    press(officer, f"/seats/{seat}/claim/begin")
    assert "Take it back" not in words_of(browser.get(address))
    press(officer, f"/seats/{seat}/claim/ask", what="The name on the receipt is missing.")
    page = words_of(browser.get(address))
    assert "The name on the receipt is missing." in page
    press(browser, f"{address}/correct", at=address)
    press(browser, f"{address}/send")
    assert "Version 2" in words_of(officer.get(f"/seats/{seat}/claim"))
    triage, auditor = (sign_in(app.test_client(), accounts.person(role)) for role in ("triage_officer", "auditor"))
    reads = [words_of(one.get(f"/seats/{seat}/settlement")) for one in (triage, auditor)]
    assert ["Claim of the delegate" in said for said in reads] == [False, True]
    assert all("Settlement" in said for said in reads)


def test_what_was_added_opens_with_a_trace_and_is_entered_as_what_is_due(app, scene):
    seat, browser, address = claimed(app, scene)
    officer, finance = sign_in(app.test_client(), scene.travel), sign_in(app.test_client(), scene.finance)
    # The desk opens what was added, and the delegate reads it; finance opens receipts alone.
    assert "not for you to open" in words_of(officer.get(f"/seats/{seat}/claim"))
    press(officer, f"/seats/{seat}/claim/begin")
    page = officer.get(f"/seats/{seat}/claim").text
    opens = re.findall(rf"/seats/{seat}/claim/papers/[0-9a-f-]+", page)
    assert len(opens) == 2
    for shown in ("claim", "settlement"):
        assert "Days spent" in words_of(officer.get(f"/seats/{seat}/{shown}"))
        assert "Days spent" not in words_of(finance.get(f"/seats/{seat}/{shown}"))
    assert "boarding.pdf" not in finance.get(f"/seats/{seat}/claim").text
    assert officer.post(opens[0], data={"whole": "1"}).data == PDF
    assert "visa.pdf" in words_of(browser.get(address)).split("Who opened what you added")[1]
    assert finance.post(opens[0], data={"whole": "1"}).status_code == 200
    assert finance.post(opens[1], data={"whole": "1"}).status_code == 403
    # What is due begins with the claim; less is accepted with a reason that the delegate reads.
    enter = f"/seats/{seat}/settlement/enter"
    page = officer.get(enter).text
    assert re.search(r'name="visa_amount"[^>]*value="40', page), re.findall("visa_amount[^>]*>", page)
    assert 'value="V-17"' in page
    usual = stay(scene, first="arrives_on", last="leaves_on")
    usual |= {"fare_amount": "780", "fare_invoice": "F", "insurance_amount": "0", "insurance_invoice": ""}
    refused = press(officer, enter, status=422, visa_amount="30", visa_invoice="V-17", **usual)
    assert "say why. The delegate reads it" in words_of(refused)
    unseen = press(officer, enter, status=409, claim="", visa_amount="30", visa_invoice="V-17", answer="No.", **usual)
    assert unseen
    press(officer, enter, visa_amount="30", visa_invoice="V-17", answer="The photograph is not paid.", **usual)
    page = words_of(browser.get(address))
    assert "The photograph is not paid." in page
    assert "What is due, still checked" in page
    scene.pay(seat, 30_00, "visa")
    press(finance, f"/seats/{seat}/settlement/settle")
    page = words_of(browser.get(address))
    assert "What is due to you" in page
    assert format_amount(30_00, "USD") in page
    assert browser.get(f"{address}/days").status_code == 403
    assert "Claim" in words_of(browser.get(address.removesuffix("/claim")))


def test_each_press_opens_for_whoever_may_and_leaves_its_own_trace(app, scene):
    seat, _browser, _address = claimed(app, scene)
    officer = sign_in(app.test_client(), scene.travel)
    press(officer, f"/seats/{seat}/claim/begin")
    page = officer.get(f"/seats/{seat}/claim")
    paper = re.findall(rf"/seats/{seat}/claim/papers/[0-9a-f-]+", page.text)[0]
    once = {"whole": "1", "key": hidden(page.text)["key"]}
    assert [officer.post(paper, data=once).status_code for _ in range(2)] == [200, 200]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ClaimOpening)) == 2
    db.session.rollback()
    with transaction():
        update_where(AssistanceRequest, sa.true(), marking=Marking.STRICTLY_CONFIDENTIAL.value)
    assert officer.post(paper, data=once).status_code in (403, 404)


def test_what_is_refused_keeps_what_was_typed(app, scene):
    seat = scene.seat("travelled", also=LINES)
    token = linked(scene, seat)
    browser, address = opened(app, token), f"/journey/{token}/claim"
    wrong = receipt(scene, name="visa.pdf", content=b"<html>no pdf</html>")
    page = press(browser, f"{address}/receipts/visa?lang=en", status=422, **wrong)
    assert 'value="Fee of the consulate"' in page.text
    assert 'value="40"' in page.text
    page = press(browser, f"{address}/receipts/visa", status=422, **receipt(scene, amount="forty", currency="EUX"))
    assert 'value="forty"' in page.text
    assert browser.get(f"{address}/receipts/fare").status_code == 404
    press(browser, f"{address}/receipts/visa", **receipt(scene))
    # Without days nothing is sent.
    assert press(browser, f"{address}/send", at=address, status=422)
    press(browser, f"{address}/days", **stay(scene))
    stale = browser.post(f"{address}/send", data={"whole": "1", "version": "1"})
    assert stale.status_code == 409
    row = db.session.scalars(sa.select(DelegateClaim)).one()
    assert (row.status, row.sent_at) == ("draft", None)
    assert db.session.scalars(sa.select(File.handed_in_at).join(ClaimPaper, ClaimPaper.file_id == File.id)).all() == [
        None
    ]


def test_each_page_of_a_claim_stays_small(app, scene):
    seat, browser, address = claimed(app, scene)
    sheet = gzip.compress(browser.get(app.jinja_env.globals["asset_url"]("css/delegate.css")).data, 9)
    press(browser, f"{address}/back", at=address)
    for page in ("", "/days", "/boarding", "/receipts/visa", "/send"):
        shown = browser.get(address + page)
        assert shown.status_code == 200
        assert len(gzip.compress(shown.data, 9)) + len(sheet) <= 10_000
        assert shown.text.count("<script") == (page in ("/boarding", "/receipts/visa")), "one, for files in pieces"
    assert seat
