"""Whose a claim is, who reads its files, what it stops, and what of it stays when papers go."""

import io
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.factories import accounts, settling
from tests.files.samples import PDF
from tests.participation.claims.way import LINES, linked, opened
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, Stale
from tracker.events.models import Event
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import path_of
from tracker.participation.claims import queries, services
from tracker.participation.claims.lifecycle import Days, Receipt
from tracker.participation.claims.models import ClaimPaper, DelegateClaim
from tracker.participation.models import Delegate
from tracker.participation.papers import contents
from tracker.participation.seats.models import Seat
from tracker.participation.settling import services as dues
from tracker.participation.settling.claimed import as_claimed, claim_of, mark_of
from tracker.participation.settling.lifecycle import Billed, Entry, Spent
from tracker.participation.settling.models import Settlement
from tracker.pledges import services as paying
from tracker.pledges.seat_lines import WHOLE
from tracker.reference.models import ExchangeRate
from tracker.rights.actor import Actor

DAY = timedelta(days=1)


@pytest.fixture
def scene(app):
    return settling.scene()


def delegate_of(seat: uuid.UUID) -> int:
    found = db.session.scalars(sa.select(Seat.delegate_id).where(Seat.public_id == seat)).one()
    db.session.rollback()
    return found


def pdf(number: int) -> FileStorage:
    """A file unlike those of other numbers."""
    return FileStorage(io.BytesIO(PDF + b"%" * number), filename=f"r{number}.pdf")


def prepared(scene, seat, *receipts: Receipt):
    """A claim with these receipts and a boarding pass, not sent; gives who hands it in."""
    by = contents.delegate(delegate_of(seat))
    act = {"actor": Actor.anonymous, "by": by}
    stay = Days(scene.first_day, scene.first_day + 6 * DAY, {}, "A word of mine.")
    services.save_days(seat, version=None, days=stay, **act)
    services.add_boarding_pass(seat, file=FileStorage(io.BytesIO(PDF), filename="boarding.pdf"), **act)
    for number, receipt in enumerate(receipts):
        services.add_receipt(seat, receipt=receipt, file=pdf(number), **act)
    return by


def sent(scene, seat, *receipts: Receipt):
    by = prepared(scene, seat, *receipts)
    services.send_claim(seat, actor=Actor.anonymous, version=None, by=by)
    return by


def fee(scene, line="visa", amount=40_00, currency="USD"):
    return Receipt(line, "Fee", scene.first_day, amount, currency, "V-17")


def entry(scene, *, answer="", claim="", **visa):
    spent = Spent(scene.first_day, scene.first_day + 6 * DAY, {})
    bills = {"fare": Billed(780_00, "F"), "insurance": Billed(0), "visa": Billed(visa.get("visa", 40_00), "V-17")}
    return Entry(spent, bills, "", answer, claim)


def read(scene, seat) -> str:
    """What an open form carries of the claim that stands now."""
    found = mark_of(claim_of(settling.read(scene, seat)))
    db.session.rollback()
    return found


def enter(scene, seat, **said):
    """Enter what is due with the claim in view."""
    dues.enter(seat, actor=scene.travel.actor, version=None, entry=entry(scene, claim=read(scene, seat), **said))


def papers():
    rows = db.session.execute(
        sa.select(ClaimPaper.kind, ClaimPaper.line, ClaimPaper.what, File)
        .join(File, File.id == ClaimPaper.file_id)
        .order_by(ClaimPaper.id)
    ).all()
    return {
        (row.kind, row.line): (row.what, row.File.erased_at is None, path_of(row.File.stored_as).exists())
        for row in rows
    }


def test_nobody_else_reads_a_claim(app, scene):
    mine, other = scene.seat("travelled", also=LINES), scene.seat("travelled", also=LINES)
    by = sent(scene, mine, fee(scene))
    paper = db.session.scalars(sa.select(ClaimPaper.public_id).where(ClaimPaper.kind == "receipt")).one()
    db.session.rollback()
    token = linked(scene, other)
    browser = opened(app, token)
    assert browser.get(f"/journey/{token}/claim/papers/{paper}").status_code == 404
    assert browser.get(f"/journey/{token}/claim").status_code == 200
    address = f"/seats/{mine}/claim/papers/{paper}"
    state, donor = (
        sign_in(app.test_client(), one) for one in (accounts.person("authorising_officer"), scene.donors.officer)
    )
    for someone in (state, donor, app.test_client()):
        assert someone.post(address, data={"whole": "1"}).data != PDF
    auditor = sign_in(app.test_client(), accounts.person("auditor"))
    assert auditor.post(address, data={"whole": "1"}).status_code == 403
    officer = sign_in(app.test_client(), scene.travel)
    assert officer.post(f"/seats/{other}/claim/papers/{paper}", data={"whole": "1"}).status_code == 404
    # A helper prepares, and does not send.
    helps = contents.helper(by.delegate_id)
    services.take_back_claim(mine, actor=Actor.anonymous, version=None, by=by)
    services.save_days(mine, actor=Actor.anonymous, version=None, days=Days(today() - DAY, today(), {}, ""), by=helps)
    with pytest.raises(Forbidden):
        services.send_claim(mine, actor=Actor.anonymous, version=None, by=helps)


def test_the_claim_of_somebody_substituted_is_nobody_elses(app, scene):
    seat = scene.seat("travelled", also=LINES)
    token = linked(scene, seat)
    sent(scene, seat, fee(scene))
    browser = opened(app, token)
    with transaction() as session:
        row = session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        other = Delegate(request_id=row.request_id, position=90, name="Moussa Other", status="travelled")
        session.add(other)
        session.flush()
        update_where(Seat, Seat.id == row.id, delegate_id=other.id)
    assert browser.get(f"/journey/{token}/claim").status_code == 404
    assert queries.get(seat, scene.travel.actor).sent is None
    assert queries.waiting(scene.session_id, scene.travel.actor) == []
    officer = sign_in(app.test_client(), scene.travel)
    assert "V-17" not in officer.get(f"/seats/{seat}/settlement/enter").text


def test_a_claim_stops_the_settlement_until_it_is_answered(scene):
    seat = scene.seat("travelled", also=LINES, fare=780_00, allowance=settling.PLANNED, terminals=152_00)
    by = prepared(scene, seat, fee(scene))
    enter(scene, seat, visa=0)
    services.send_claim(seat, actor=Actor.anonymous, version=None, by=by)
    with pytest.raises(Forbidden, match="claim"):
        dues.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0)
    with pytest.raises(Invalid):
        enter(scene, seat, visa=30_00)
    enter(scene, seat)
    scene.pay(seat, 40_00, "visa")
    dues.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0)
    with pytest.raises(Forbidden):
        services.correct_claim(seat, actor=Actor.anonymous, by=by)
    # Nothing differs of a seat but its claim: it is not entered in bulk.
    other = scene.seat("travelled", fare=780_00, allowance=settling.PLANNED, terminals=152_00)
    sent(scene, other)
    with pytest.raises(Conflict):
        dues.enter_as_planned(settling.CODE, [other], actor=scene.travel.actor)


def test_what_others_were_paid_is_neither_claimed_nor_accepted(scene):
    seat = scene.seat("travelled", also=LINES, fare=780_00, allowance=settling.PLANNED, terminals=152_00)
    to_the_agent = scene._payment(seat, 60_00, "visa", "travel_agent", WHOLE)
    paying.disburse(settling.allocation_of(seat), actor=scene.finance.actor, payment=to_the_agent)
    by = sent(scene, seat, fee(scene))
    enter(scene, seat, visa=100_00)
    assert queries.get(seat, scene.travel.actor).sent.row.accepted == {"visa": 40_00}
    db.session.rollback()
    # The delegate was paid too, and claims the same again in a later version.
    scene.pay(seat, 40_00, "visa")
    services.correct_claim(seat, actor=Actor.anonymous, by=by)
    services.send_claim(seat, actor=Actor.anonymous, version=None, by=by)
    one = settling.read(scene, seat)
    assert as_claimed(one, claim_of(one)).bills["visa"].amount_minor == 100_00
    db.session.rollback()
    enter(scene, seat, visa=100_00)
    assert queries.get(seat, scene.travel.actor).sent.row.accepted == {"visa": 40_00}


def test_a_claim_that_the_officer_never_saw_is_not_answered(scene):
    seat = scene.seat("travelled", also=LINES, fare=780_00, allowance=settling.PLANNED, terminals=152_00)
    by = sent(scene, seat, fee(scene))
    mine = {"actor": Actor.anonymous, "by": by}

    def enters(seen: str) -> None:
        with pytest.raises(Stale):
            dues.enter(seat, actor=scene.travel.actor, version=None, entry=entry(scene, claim=seen))
        db.session.rollback()

    # Taken back meanwhile, and sent again otherwise.
    seen = read(scene, seat)
    services.take_back_claim(seat, version=None, **mine)
    enters(seen)
    services.send_claim(seat, version=None, **mine)
    enters(seen)
    enters("")
    # A later version was sent meanwhile.
    services.begin(seat, actor=scene.travel.actor, version=None)
    seen = read(scene, seat)
    services.correct_claim(seat, **mine)
    assert read(scene, seat) == seen
    services.send_claim(seat, version=None, **mine)
    enters(seen)
    assert queries.get(seat, scene.travel.actor).sent.row.status == "sent"
    db.session.rollback()
    enter(scene, seat)
    assert queries.get(seat, scene.travel.actor).sent.row.status == "answered"


def test_a_receipt_keeps_the_rate_of_its_day(scene):
    with transaction():
        rate = {"units_per_usd": 125, "valid_from": scene.first_day - DAY}
        update_where(ExchangeRate, ExchangeRate.currency == "KES", ExchangeRate.ended_on.is_(None), **rate)
    seat = scene.seat("travelled", also=LINES)
    sent(scene, seat, fee(scene, amount=5_000_00, currency="KES"), fee(scene, "other", 100, "XPF"))
    claim = queries.get(seat, scene.travel.actor).sent
    assert claim.totals == {"visa": 40_00}
    assert claim.unknown
    assert claim.receipts[0].row.rate_on == scene.first_day - DAY


def test_what_proves_a_payment_stays_when_papers_go(scene):
    seat = scene.seat("travelled", also=LINES, fare=780_00, allowance=settling.PLANNED, terminals=152_00)
    sent(scene, seat, fee(scene), fee(scene, "insurance", 20_00), fee(scene, "other", 5_00))
    why = "Insurance and taxi are not paid."
    enter(scene, seat, answer=why)
    scene.pay(seat, 40_00, "visa")
    dues.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0)
    assert services.erase_claims() == 0
    settled(seat, 90)
    assert services.erase_claims() == 1
    assert papers() == {
        ("boarding", None): ("", False, False),
        ("receipt", "visa"): ("Fee", True, True),
        ("receipt", "insurance"): ("", False, False),
        ("receipt", "other"): ("", False, False),
    }
    row = db.session.scalars(sa.select(DelegateClaim)).one()
    assert (row.remark, row.answer, row.first_day, row.accepted["visa"]) == ("", "", None, 40_00)
    assert row.evidence_until.year == today().year + 7
    db.session.rollback()
    assert services.erase_claims() == 0
    assert services.erase_old_receipts() == 0
    with transaction():
        update_where(DelegateClaim, sa.true(), evidence_until=today() - DAY)
    assert services.erase_old_receipts() == 1
    assert papers()["receipt", "visa"] == ("", False, False)


def settled(seat: uuid.UUID, days_ago: int) -> None:
    """The seat was settled so long ago, and the claim changed last before that."""
    then = settling.on_day(days_ago)
    with transaction() as session:
        seat_id = session.scalars(sa.select(Seat.id).where(Seat.public_id == seat)).one()
        update_where(Settlement, Settlement.seat_id == seat_id, settled_at=then)
        update_where(Seat, Seat.id == seat_id, ended_at=then)
        update_where(DelegateClaim, sa.true(), changed_at=then)


def test_the_delegate_is_told_once_when_the_journey_is_over(app, scene):
    first, second = (scene.seat("travelled", also=LINES) for _ in range(2))
    tokens = [linked(scene, seat) for seat in (first, second)]
    sent(scene, second, fee(scene))
    assert services.remind_of_claims() == 1
    assert linked(scene, first) != tokens[0]
    assert services.remind_of_claims() == 0
    names = db.session.scalars(sa.select(Event.name).where(Event.name == "participation.claim_opens")).all()
    db.session.rollback()
    assert len(names) == 1
    without_a_link = scene.seat("travelled", also=LINES)
    sent(scene, without_a_link)
    with pytest.raises(Conflict):
        services.ask_to_complete(without_a_link, actor=scene.travel.actor, version=None, what="More.")
    browser = opened(app, tokens[1])
    assert "Sent" in words_of(browser.get(f"/journey/{tokens[1]}?lang=en"))


def test_whoever_claimed_nothing_reads_what_is_due_once_it_is_settled(app, scene):
    seat = scene.seat("travelled", fare=780_00, allowance=settling.PLANNED, terminals=152_00)
    token = linked(scene, seat)
    browser, page = opened(app, token), f"/journey/{token}"
    dues.enter_as_planned(settling.CODE, [seat], actor=scene.travel.actor)
    dues.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0)
    assert "nothing more can be claimed" in words_of(browser.get(f"{page}?lang=en"))
    assert "What is due to you" in words_of(browser.get(f"{page}/claim?lang=en"))
