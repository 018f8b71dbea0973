"""What was handed in goes 90 days after the settlement, and what proves a payment stays."""

import re
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import conditions, pledges, settling, travel
from tests.factories import papers as handed
from tests.factories.papers import a_passport, an_account, by_office
from tests.participation.papers.test_papers import delegate_of
from tests.participation.travel.test_papers import made
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, shifted, today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.papers import queries, services
from tracker.participation.papers.contents import Payment
from tracker.participation.papers.lifecycle import Paper
from tracker.participation.papers.models import DelegatePapers
from tracker.participation.papers.services.keeping import holder_of, place_of
from tracker.participation.papers.services.opening import contents_of
from tracker.participation.papers.services.proving import entries_of
from tracker.participation.seats.models import Seat
from tracker.participation.settling.models import Settlement
from tracker.participation.travel import services as desk
from tracker.pledges.models import Act, Disbursement
from tracker.rights.actor import Actor
from tracker.sealing.services import Erased, unseal

DAY = timedelta(days=1)


@pytest.fixture
def over(app):
    """Two seats of people who travelled and were paid to their accounts, the first settled."""
    scene = settling.scene()
    seats = [scene.seat("confirmed") for _ in range(2)]
    for seat in seats:
        handed_in_before(scene, seat)
        conditions.accept(seat, scene.travel.actor)
        to_an_account(scene, seat)
        scene.pay(seat, 100_00, "allowance", method="bank_transfer")
        settling.move(seat, "ticket", "travel")
    settled_at(scene, seats[0], days_ago=90)
    return scene, seats


def to_an_account(scene: settling.Scene, seat: uuid.UUID) -> None:
    """Finance knows whoever sits there as a payee."""
    desk.record_payee(seat, actor=scene.finance.actor, version=None, payee=desk.Payee("401200"))


def handed_in_before(scene: settling.Scene, seat: uuid.UUID) -> None:
    """A passport and an account were handed in before the seat was settled."""
    with shifted(now() - 91 * DAY):
        by = {"actor": scene.travel.actor, "version": None, "by": by_office()}
        services.hand_in_passport(seat, passport=a_passport(), **by)
        services.choose_payment(seat, payment=an_account(), **by)


def settled_at(scene: settling.Scene, seat: uuid.UUID, *, days_ago: int) -> None:
    """The seat was settled so many days ago."""
    then = settling.on_day(days_ago)
    with transaction() as session:
        found = session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        people = {"entered_by_id": scene.travel.person_id, "settled_by_id": scene.finance.person_id}
        update_where(Settlement, Settlement.seat_id == found.id, settled_at=then)
        if session.get(Settlement, found.id) is None:
            session.add(Settlement(seat_id=found.id, settled_at=then, **people))
            update_where(Seat, Seat.id == found.id, status="settled", ended_at=then)


def test_papers_go_90_days_after_the_settlement_and_what_proves_the_payment_stays(over):
    scene, (first, second) = over
    gone, stays = delegate_of(first), delegate_of(second)
    settled_at(scene, first, days_ago=89)
    assert services.erase_what_is_over() == 0
    settled_at(scene, first, days_ago=90)
    assert services.erase_what_is_over() == 1
    with pytest.raises(Erased):
        unseal(place_of("passport", gone), holder_of(gone), b"\x01")
    assert contents_of(gone, [Paper.PASSPORT, Paper.PAYMENT]) == {}
    assert contents_of(stays, [Paper.PASSPORT])[Paper.PASSPORT]["number"] == "XK7710042"
    assert proved(gone) == ["3000"]
    found = queries.get(first, scene.travel.actor)
    assert (found.is_erased, found.missing, found.handed_in) == (True, (), {})
    with pytest.raises(Forbidden):
        services.open_papers(first, version=None, actor=scene.travel.actor, papers=["passport"], reason="Too late.")
    assert made("participation.papers_erased") == ["participation.papers_erased"]
    # What was paid is read from the ledger as before.
    assert found.journey.money.paid("allowance") == 100_00
    assert services.erase_what_is_over() == 0
    with transaction():
        update_where(DelegatePapers, DelegatePapers.delegate_id == gone, evidence_until=today() - DAY)
    assert services.erase_old_evidence() == 1
    assert services.erase_old_evidence() == 0


def proved(delegate_id: int) -> list[str]:
    """The last signs of the accounts of whose payments something is kept."""
    entries = entries_of(delegate_id)
    db.session.rollback()
    assert all((one["holder"], one["bank"], one["currency"]) == ("Holder Canary", "Bank", "EUR") for one in entries)
    return [entry["ends_with"] for entry in entries]


def test_what_proves_a_payment_is_of_the_account_to_which_it_went_and_lasts_when_it_is_paid_back(over):
    """Replaced by another account, by cash on arrival, and paid back: what was paid to the first was paid."""
    scene, (_first, seat) = over
    whose, act = delegate_of(seat), {"actor": scene.travel.actor, "version": None, "by": by_office()}
    services.choose_payment(seat, payment=an_account(iban="", account="0009988"), **act)
    to_an_account(scene, seat)
    scene.pay(seat, 50_00, "terminals", method="bank_transfer")
    services.choose_payment(seat, payment=Payment("arrival"), **act)
    scene.pay(seat, 2_00, "terminals", part="balance")
    scene.recover(seat, 100_00, "allowance")
    assert proved(whose) == ["3000", "9988"]
    settled_at(scene, seat, days_ago=90)
    with shifted(now() + 91 * DAY):
        assert services.erase_papers(whose, actor=Actor.system) == 1
        assert proved(whose) == ["3000", "9988"]
    columns = [getattr(DelegatePapers, f"{paper}_on") for paper in Paper]
    left = sa.select(DelegatePapers.pays_by, *columns).where(DelegatePapers.delegate_id == whose)
    assert list(db.session.execute(left).one()) == [None] * 5
    db.session.rollback()


def test_a_payment_that_was_reversed_proves_nothing(over):
    scene, (_first, seat) = over
    act = sa.select(Act.public_id).join(Disbursement, Disbursement.act_id == Act.id).order_by(Act.id.desc()).limit(1)
    public_id = db.session.scalars(act).one()
    db.session.rollback()
    pledges.reverse(scene.donors, public_id)
    assert proved(delegate_of(seat)) == []
    settled_at(scene, seat, days_ago=90)
    assert services.erase_papers(delegate_of(seat), actor=Actor.system) == 1
    assert proved(delegate_of(seat)) == []


def test_finance_reads_it_for_a_reason_once_until_its_end(app, over):
    scene, (seat, _second) = over
    whose, until = delegate_of(seat), today() + 5 * DAY
    assert services.erase_what_is_over() == 1
    finance, papers = sign_in(app.test_client(), scene.finance), f"/seats/{seat}/papers"
    address = re.search(r'href="([^"]*/papers/evidence/[^"]*)"', finance.get(papers).text).group(1)
    page = finance.get(address)
    assert finance.post(address, data=hidden(page.text) | {"reason": " "}).status_code == 422
    shown = finance.post(address, data=hidden(page.text) | {"reason": "The auditors ask."})
    assert shown.headers["Cache-Control"] == "no-store"
    said = words_of(shown)
    assert [word for word in ("100", "FIN-", "Holder Canary", "3000") if word not in said] == []
    assert "DE89" not in shown.text
    again = finance.post(address, data=hidden(page.text) | {"reason": "The auditors ask."})
    assert (again.status_code, "Holder Canary" in again.text) == (409, False)
    assert [(one.reason, one.papers) for one in queries.openings_of(whose)] == [("The auditors ask.", ["evidence"])]
    assert "The auditors ask." in words_of(finance.get(papers))
    assert sign_in(app.test_client(), scene.travel).get(address).status_code == 403
    with transaction():
        update_where(AssistanceRequest, sa.true(), marking="strictly_confidential")
    assert sign_in(app.test_client(), scene.finance).get(address).status_code in (403, 404)
    with transaction():
        update_where(DelegatePapers, DelegatePapers.delegate_id == whose, evidence_until=until)
    with shifted(now() + 5 * DAY):
        assert services.erase_old_evidence() == 0
    with shifted(now() + 6 * DAY):
        assert services.erase_old_evidence() == 1
        assert proved(whose) == []
        with pytest.raises(Erased):
            unseal(place_of("evidence", whose), holder_of(whose), b"\x01")


def test_nobody_is_erased_before_their_time_when_the_chore_asks_by_name(over):
    _scene, (_first, second) = over
    assert services.erase_papers(delegate_of(second), actor=Actor.system) == 0
    assert contents_of(delegate_of(second), [Paper.PASSPORT])


def test_whoever_gave_the_seat_to_another_is_erased_too(app):
    scene = travel.confirmed("KEN")
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    before = delegate_of(scene.seats["KEN"])
    with transaction() as session:
        old = session.get(Delegate, before)
        new = Delegate(request_id=old.request_id, position=9, name="Ben Other")
        session.add(new)
        session.flush()
        update_where(Seat, Seat.delegate_id == before, delegate_id=new.id)
    assert services.erase_what_is_over() == 0
    with shifted(now() + 91 * DAY):
        assert services.erase_what_is_over() == 1
    assert contents_of(before, [Paper.PASSPORT]) == {}
