"""Finance's worklist: everything that waits with its age and amount, plans approved row by row, the list to pay."""

import csv
import io
import uuid
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories import travel
from tests.pledges.forms import fields_of, words_of
from tests.reconciling.lines import Line, file_of, source
from tests.reconciling.test_reconciliation import take
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.desks.queries import worklist
from tracker.desks.queries.worklist import Task
from tracker.extensions import db
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.models import Act, Allocation, Disbursement, Instalment, Pledge, SeatLine
from tracker.pledges.proposed_acts.going_back import propose_refund
from tracker.pledges.services import Payment, disburse

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def without_tokens(app):
    app.config["WTF_CSRF_ENABLED"] = False


def waiting(actor) -> dict[Task, list[tuple]]:
    found = {task: [] for task in Task}
    for one in worklist.rows(actor):
        found[one.task].append((one.name, one.amount_minor, one.currency, one.age))
    db.session.rollback()
    return found


def test_each_kind_of_work_stands_there_with_its_age_and_amount(app, client, monkeypatch):
    people = make.people()
    request, ended = make.request_of(), make.funded(people, make.terms(50_00))
    pledge = make.funded(people, make.terms(100_00), received=60_00)
    make.planned(people, pledge, request, 20_00)
    make.allocated(people, pledge, request, 10_00)
    with transaction():
        update_where(Instalment, Instalment.amount_minor == 100_00, due_on=today() - 3 * DAY)
        update_where(Pledge, Pledge.public_id == ended, ends_on=today() - 5 * DAY, agreement_date=today() - 9 * DAY)
    told = {"amount_minor": 1_00, "external_reference": "R", "reason": "Asked by letter.", "key": str(uuid.uuid4())}
    propose_refund(pledge, actor=people.other_finance.actor, **told)
    finance = sign_in(client, people.finance)
    take(finance, source(people), file_of([Line("ELSEWHERE", today() - DAY, -7_00, "EUR")]))
    name = {row.public_id: row.reference for row in db.session.execute(sa.select(Pledge.public_id, Pledge.reference))}
    found = waiting(people.finance.actor)
    assert found[Task.RECEIVE] == [(name[pledge], 40_00, "USD", 3)]
    assert found[Task.APPROVE] == [(request.reference, 20_00, "USD", 0)]
    assert [row[0] for row in found[Task.CONFIRM]] == [name[pledge]]
    assert found[Task.PAY] == [(request.reference, 10_00, "USD", 0)]
    assert [(row[0], row[3]) for row in found[Task.REFUND]] == [(name[ended], 5)]
    assert found[Task.RECONCILE] == [("ELSEWHERE", 7_00, "EUR", 1)]
    assert found[Task.CLOSE] == [], "what is not given back is not closed"
    page = words_of(finance.get("/finance/worklist"))
    for words in ("ELSEWHERE", request.reference, name[ended], "3 days", "To close 0"):
        assert words in page
    monkeypatch.setattr("tracker.desks.views.worklist.PAGE", 4)
    second = words_of(finance.get("/finance/worklist?page=2"))
    assert "Page 2 of 2" in second
    assert ("ELSEWHERE" in second, request.reference in second) == (True, False)
    only = words_of(finance.get("/finance/worklist?task=reconcile"))
    assert "ELSEWHERE" in only
    assert request.reference not in only
    reading = sign_in(app.test_client(), people.manager)
    assert "Approve the ticked" not in words_of(reading.get("/finance/worklist"))


def test_ticked_plans_are_approved_each_for_itself_and_a_refusal_changes_nothing(app, client):
    people = make.people()
    pledge = make.funded(people, make.terms(100_00))
    plans = [make.planned(people, pledge, make.request_of(), amount) for amount in (60_00, 50_00, 20_00)]
    finance = sign_in(client, people.finance)
    ticked = [f"{plan}.1" for plan in plans]
    page = words_of(finance.get("/finance/worklist/approve", query_string={"a": ticked}))
    assert "Approve 3 allocations?" in page
    assert "130" in page
    data = {"a": ticked, "key": str(uuid.uuid4())}
    for _press in range(2):
        answer = finance.post("/finance/worklist/approve", data=data)
        assert answer.status_code == 409
        assert "These were not approved" in words_of(answer)
    stands = dict(map(tuple, db.session.execute(sa.select(Allocation.amount_minor, Allocation.status))))
    db.session.rollback()
    assert stands == {60_00: "approved", 50_00: "planned", 20_00: "approved"}, (
        "what is free is not enough for the second"
    )
    stale = {"a": [f"{plans[1]}.7", f"{plans[0]}.1"], "key": str(uuid.uuid4())}
    said = words_of(finance.post("/finance/worklist/approve", data=stale))
    assert "while you had it open" in said
    assert "Not planned any more" in said, "what somebody approved meanwhile is named, too"
    for untrue in ("The others were", "All were approved", "0 allocations"):
        assert untrue not in said, "nothing was approved"
    assert "No allocation is ticked." in words_of(finance.get("/finance/worklist/approve?a=nonsense"))


def test_the_list_to_pay_names_payee_seat_and_line_and_nothing_confidential(app, client):
    scene = travel.confirmed("KEN", "BTN", "NPL")
    with transaction() as session:
        seats = {
            row.kind: row.id for row in session.execute(sa.select(SeatLine.kind, SeatLine.id).order_by(SeatLine.id))
        }
        assert seats
        update_where(SeatLine, SeatLine.kind == "fare", kind="allowance")
    payee = travel.services.Payee(number="401200")
    finance = scene.donors.finance
    travel.services.record_payee(scene.seats["KEN"], actor=finance.actor, version=None, payee=payee)
    with transaction() as session:
        assert session.scalar(sa.select(SeatTravel.payee_number)) == "401200"
    make.people()
    in_confidence = make.request_of(marking="confidential")
    pledge = make.funded(scene.donors, make.terms(100_00))
    make.allocated(scene.donors, pledge, in_confidence, 10_00)
    signed_in = sign_in(client, finance)
    rows = list(
        csv.reader(io.StringIO(signed_in.get("/finance/worklist/payments").get_data(as_text=True).lstrip("\ufeff")))
    )
    known = [row for row in rows if row[0] == "401200"]
    assert [row[1:3] + row[4:6] for row in known] == [["20.00", "USD", "1", "Daily subsistence allowance"]]
    assert len(rows) == 1 + 3 + 1, "its heading, three seats, their sum"
    assert in_confidence.reference not in str(rows)
    book = openpyxl.load_workbook(io.BytesIO(signed_in.get("/finance/worklist/payments?as=xlsx").data))
    assert "401200" in [str(cell.value) for cell in book.active["A"]]
    assert in_confidence.reference in words_of(signed_in.get("/finance/worklist?task=pay")), "paid one by one"


def test_ticked_payments_are_recorded_each_for_itself_and_typed_words_stay(app, client):
    people = make.people()
    pledge = make.funded(people, make.terms(100_00))
    requests = [make.request_of() for _each in range(3)]
    held = [make.allocated(people, pledge, request, 10_00) for request in requests]
    earlier = Payment(5_00, today(), "FIN-2", "supplier", "bank_transfer")
    disburse(held[1], actor=people.finance.actor, payment=earlier)
    finance = sign_in(client, people.finance)
    page = finance.get("/finance/worklist/pay", query_string={"p": [f"{one}.0" for one in held]})
    assert "25 in all" in words_of(page).replace(".00", "")
    data = fields_of(page.text)
    data |= {f"value_date-{name}": getattr(today(), name) for name in ("day", "month", "year")}
    data |= {f"rows-{n}-payee_kind": "supplier" for n in range(3)} | {"method": "bank_transfer"}
    nothing = finance.post("/finance/worklist/pay", data=data)
    assert nothing.status_code == 422
    assert "Enter the reference of at least one payment." in words_of(nothing)
    only = finance.post("/finance/worklist/pay", data=data | {"rows-1-external_reference": "FIN-2"})
    assert "Nothing was recorded." in words_of(only)
    assert "The others were" not in words_of(only)
    data |= {"rows-0-external_reference": "FIN-1", "rows-1-external_reference": "FIN-2"}
    for _press in range(2):
        answer = finance.post("/finance/worklist/pay", data=data)
        assert answer.status_code == 422
        assert "value date and reference already" in words_of(answer)
        assert 'value="FIN-2"' in answer.text
        assert 'value="FIN-1"' not in answer.text, "what was recorded is not offered again"
        assert "rows-2-external_reference" in answer.text, "what had no reference is still there"
    paid = db.session.execute(
        sa.select(Act.external_reference, Disbursement.amount_minor)
        .join(Act, Act.id == Disbursement.act_id)
        .order_by(Act.id)
    )
    assert list(map(tuple, paid)) == [("FIN-2", 5_00), ("FIN-1", 10_00)], "without a reference the third is not paid"
    db.session.rollback()
    corrected = data | {"rows-1-external_reference": "FIN-3"}
    assert finance.post("/finance/worklist/pay", data=corrected).status_code == 302
    assert [row[1] for row in waiting(people.finance.actor)[Task.PAY]] == [10_00]
