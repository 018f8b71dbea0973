"""Each payment for a seat names its line, and no line is paid more than is approved for it."""

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories import seats as seating
from tests.pledges.forms import fields_of, words_of
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.pledges import queries, services, verification
from tracker.pledges.models import Act, Allocation, Disbursement, SeatLine
from tracker.pledges.seat_lines import ADVANCE, BALANCE


@pytest.fixture
def allocation(people):
    """The money of a seat: USD 30 for the ticket, 20 for the allowance, 5 for the terminals."""
    kenya, pledge = seating.eligible(), make.funded(people)
    seat = seating.seat(kenya, seating.person_of(kenya), (pledge, 30_00), (pledge, 20_00), (pledge, 5_00))
    seating.given(people, [seat])
    found = db.session.scalars(sa.select(Allocation.public_id)).one()
    db.session.rollback()
    return seating.confirmed(found)


def pay(people, allocation, amount, number="FIN-1", **facts):
    services.disburse(
        allocation, actor=people.finance.actor, payment=seating.payment(allocation, amount, number, **facts)
    )


def paid(allocation) -> dict[str, int]:
    """What was paid of each line."""
    db.session.rollback()
    row = db.session.scalars(sa.select(Allocation.id).where(Allocation.public_id == allocation)).one()
    found = {line.kind: line.paid_minor for line in queries.lines_of(row)}
    assert verification.verify().first_wrong is None
    db.session.rollback()
    return found


def refused(field: str, match: str, act, *args, **facts) -> None:
    with pytest.raises(Invalid) as refusal:
        act(*args, **facts)
    assert match in str(refusal.value.fields[field]).replace("\u00a0", " ")
    db.session.rollback()


def test_a_line_is_paid_in_parts_and_never_above_what_is_approved(people, allocation):
    pay(people, allocation, 15_00, "DSA-1", kind="allowance", part=ADVANCE)
    too_much = (pay, people, allocation, 5_01, "DSA-2")
    refused("amount", "USD 0.01 is missing: USD 5 can be paid for this line", *too_much, kind="allowance", part=BALANCE)
    # The allowance still has its balance to come: the ticket cannot have it.
    refused("amount", "USD 2 is missing: with what the other lines", pay, people, allocation, 32_00)
    pay(people, allocation, 3_00, "DSA-2", kind="allowance", part=BALANCE)
    pay(people, allocation, 32_00)
    assert paid(allocation) == {"fare": 32_00, "allowance": 18_00, "terminals": 0}
    pay(people, allocation, 5_00, "T-1", kind="terminals")
    assert paid(allocation)["terminals"] == 5_00


def test_one_reference_stands_once_for_a_payee_and_line(people, allocation):
    pay(people, allocation, 10_00, "FIN-7")
    refused("external_reference", "reference for this line", pay, people, allocation, 1_00, "fin-7")
    pay(people, allocation, 1_00, "FIN-7", kind="terminals")
    assert paid(allocation)["terminals"] == 1_00


def test_a_payment_for_a_seat_without_its_line_is_refused_and_the_database_refuses_another_seats(people, allocation):
    by = people.finance.actor
    without = services.Payment(1_00, make.today(), "FIN-1", "delegate", "cash")
    refused("line", "Choose the line", services.disburse, allocation, actor=by, payment=without)
    of_a_request = make.allocated(people, make.funded(people), make.request_of(), 20_00)
    of_a_line = seating.payment(allocation, 1_00)
    refused("line", "Choose the line", services.disburse, of_a_request, actor=by, payment=of_a_line)
    services.disburse(of_a_request, actor=by, payment=without)
    act = db.session.scalars(sa.select(Act).where(Act.name == "approve").order_by(Act.id)).first()
    row = sa.select(Allocation.id).where(Allocation.public_id == of_a_request).scalar_subquery()
    facts = {"direction": "paid", "payee_kind": "other", "method": "card", "part": "whole", "amount_minor": 1}
    facts |= {"allocation_id": row, "act_id": act.id, "seat_line_id": of_a_line.seat_line_id}
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(sa.insert(Disbursement).values(public_id=make.uuid.uuid4(), **facts))


def test_what_comes_back_comes_back_to_its_line(people, allocation):
    pay(people, allocation, 30_00)
    pay(people, allocation, 20_00, "DSA-1", kind="allowance")
    back = seating.payment(allocation, 20_01, "BACK-1", kind="allowance")
    refused("amount", "Only USD 20", services.recover, allocation, actor=people.finance.actor, payment=back)
    services.recover(allocation, actor=people.finance.actor, payment=seating.payment(allocation, 30_00, "BACK-2"))
    assert paid(allocation) == {"fare": 0, "allowance": 20_00, "terminals": 0}
    ticket = db.session.scalars(sa.select(Act.public_id).where(Act.external_reference == "FIN-1")).one()
    with pytest.raises(Conflict, match="Some of it was recovered for this line"):
        make.reverse(people, ticket)
    pay(people, allocation, 25_00, "FIN-3")
    recovery = db.session.scalars(sa.select(Act.public_id).where(Act.external_reference == "BACK-2")).one()
    with pytest.raises(Conflict, match="used again since"):
        make.reverse(people, recovery)
    assert paid(allocation)["fare"] == 25_00


def test_the_pages_ask_for_the_line_and_show_each(app, people, allocation, sign_in):
    client = sign_in(app.test_client(), people.finance)
    page = client.get(f"/finance/allocations/{allocation}/pay")
    assert "Daily subsistence allowance: up to USD 20" in words_of(page)
    line = db.session.scalars(sa.select(SeatLine.id).where(SeatLine.kind == "allowance")).one()
    typed = {
        "amount": "15",
        "external_reference": "DSA-1",
        "payee_kind": "delegate",
        "method": "cash",
        "note": "By hand.",
    }
    typed |= {"line": str(line), "part": ADVANCE}
    assert client.post(f"/finance/allocations/{allocation}/pay", data=fields_of(page.text) | typed).status_code == 302
    shown = words_of(client.get(f"/finance/allocations/{allocation}"))
    assert "Daily subsistence allowance 20 20 15 5" in shown
    again = client.get(f"/finance/allocations/{allocation}/recover")
    assert "Daily subsistence allowance: USD 15 paid" in words_of(again)
    assert "Ticket:" not in words_of(again)


@pytest.mark.engine("sqlite")
def test_verification_finds_lines_and_payments_that_do_not_agree(app, people, allocation):
    pay(people, allocation, 30_00)
    pay(people, allocation, 20_00, "DSA-1", kind="allowance")
    tampered = {
        "UPDATE seat_lines SET approved_minor = approved_minor + 1 WHERE kind = 'terminals'": "seat_lines",
        "UPDATE disbursements SET seat_line_id = NULL, part = NULL WHERE amount_minor = 3000": "disbursements",
        "UPDATE seat_lines SET approved_minor = approved_minor + CASE kind WHEN 'fare' THEN 100 ELSE -100 END"
        " WHERE kind IN ('fare', 'allowance')": "seat_lines",
    }
    for statement, table in tampered.items():
        for trigger in ("no_update", "no_delete"):
            db.session.execute(sa.text(f"DROP TRIGGER IF EXISTS disbursements_{trigger}"))
        db.session.execute(sa.text(statement))
        assert verification.verify().first_wrong.table == table
        db.session.rollback()
