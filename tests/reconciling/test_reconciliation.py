"""Entries of the finance system beside our payments: all that is wrong is found, nothing is invented, twice is once."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.imports.test_pages import public_id, send, work
from tests.pledges.forms import words_of
from tests.reconciling import lines as made
from tests.reconciling.lines import Line, file_of, paid, source, spoilt
from tests.services.people import sign_in
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Forbidden, Invalid, Stale
from tracker.extensions import db
from tracker.pledges.models import Act, Allocation, PostingConfirmation
from tracker.pledges.services import MoneyIn, Payment, disburse, record_receipt
from tracker.reconciling import queries, services
from tracker.reconciling.models import EntryMatch, FinanceEntry
from tracker.reconciling.queries import Listed
from tracker.reconciling.services import Said
from tracker.rights.actor import Actor

WHAT = "finance_entries"


@pytest.fixture(autouse=True)
def without_tokens(app):
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def people(app):
    return make.people()


@pytest.fixture
def finance(client, people):
    """The second finance officer: the first recorded what is compared."""
    return sign_in(client, people.other_finance)


def take(client, chosen, data: bytes, name: str = "entries.csv") -> str:
    """Import a file; gives the words of the report."""
    preview = public_id(send(client, name, what=WHAT, data=data, source=str(chosen)))
    work()
    carried_out = public_id(client.post(f"/imports/{preview}/carry-out"))
    work()
    return carried_out


def listed(which: Listed) -> list:
    if which is Listed.MISSING_THERE:
        found = [one.reference for one in queries.missing_there(Actor.system, limit=10_000)]
    else:
        found = [one.entry.reference for one in queries.entries_of(which, Actor.system, limit=20_000)]
    db.session.rollback()
    return sorted(found)


def stands() -> dict:
    counts = {one.value: number for one, number in queries.figures().counts.items()}
    db.session.rollback()
    return counts


def the_entry(reference: str) -> FinanceEntry:
    found = db.session.scalars(sa.select(FinanceEntry).where(FinanceEntry.reference == reference)).one()
    db.session.rollback()
    return found


def test_all_that_is_wrong_is_found_nothing_is_invented_and_twice_is_once(people, finance):
    here = paid(people, 500)
    there, ways = spoilt(here, 12)
    assert all(ways.values())
    chosen = source(people)
    take(finance, chosen, file_of(there))
    differing = ways["amount"] | ways["currency"] | ways["day"] | ways["direction"]
    for _again in range(2):
        assert listed(Listed.MISSING_HERE) == sorted(ways["missing here"])
        assert listed(Listed.MISSING_THERE) == sorted(ways["missing there"])
        assert listed(Listed.DIFFERING) == sorted(differing)
        assert stands()["done"] == len(there) - len(ways["missing here"]) - len(differing)
        assert db.session.scalar(sa.select(sa.func.count(FinanceEntry.id))) == len(there)
        db.session.rollback()
        take(finance, chosen, file_of(there))
        services.compare_again(actor=people.finance.actor)
    agreeing = {line.reference for line in here} - differing - ways["missing there"]
    agreeing -= {name.removeprefix("NEW-") for name in ways["missing here"]} - {line.reference for line in there}
    assert set(db.session.scalars(sa.select(PostingConfirmation.entry))) == agreeing, "what agrees is confirmed by it"


def test_each_is_resolved_by_an_act_or_a_remark_with_a_name(people, finance):
    came_in, *lines = paid(people, 3)
    chosen = source(people)
    later = Line("BANK-LATER", today(), 4_00)
    wrong = Line(lines[2].reference, lines[2].day, lines[2].amount_minor - 7)
    take(finance, chosen, file_of([came_in, lines[0], wrong, later]))
    assert stands() == {"missing_here": 1, "missing_there": 1, "differing": 1, "done": 2}
    assert queries.reconciled_until() is None, "the first day that was read has something open"

    pledge = make.accepted(people, make.terms(4_00))
    record_receipt(pledge, actor=people.finance.actor, money_in=MoneyIn(4_00, today(), "bank-later"))
    assert "1 more entry was matched." in words_of(
        finance.post("/finance/reconciliation/again", data={"key": str(uuid.uuid4())}, follow_redirects=True)
    )
    entry = the_entry(wrong.reference)
    answer = finance.post(f"/finance/reconciliation/entries/{entry.public_id}", data={"version": entry.version})
    assert answer.status_code == 422, "without a reason nothing is kept"
    data = {"version": entry.version, "reason": "Charges of the bank.", "key": str(uuid.uuid4())}
    for _press in range(2):
        answer = finance.post(f"/finance/reconciliation/entries/{entry.public_id}", data=data)
        assert answer.status_code == 302
    (step,) = queries.missing_there(Actor.system, limit=9)
    db.session.rollback()
    said = {"reason": "Paid in January there.", "key": str(uuid.uuid4())}
    assert finance.post(f"/finance/reconciliation/steps/{step.act_public_id}", data=said).status_code == 302
    assert stands() == {"missing_here": 0, "missing_there": 0, "differing": 0, "done": 4}
    assert queries.reconciled_until() == today()
    db.session.rollback()
    shown = words_of(finance.get("/finance/reconciliation?show=done"))
    assert "Charges of the bank." in shown
    assert people.other_finance.name in shown
    with pytest.raises(Forbidden):
        services.explain_entry(entry.public_id, actor=people.finance.actor, version=None, remark="Again.")
    with pytest.raises(Forbidden):
        services.explain_posting(step.act_public_id, actor=people.finance.actor, remark="Again.")


def test_two_candidates_are_shown_and_a_person_chooses(people, finance):
    _came_in, _first, line = paid(people, 2)
    chosen = source(people)
    take(finance, chosen, file_of([line, line, Line("OTHER", today(), -9_99)]))
    assert stands()["missing_here"] == 3, "the same twice: neither is chosen"
    first = db.session.scalars(sa.select(FinanceEntry).order_by(FinanceEntry.id)).first()
    (step,) = queries.candidates(first, Actor.system)
    other = the_entry("OTHER")
    assert queries.candidates(other, Actor.system) == []
    db.session.rollback()
    page = words_of(finance.get(f"/finance/reconciliation/entries/{first.public_id}/match"))
    assert line.reference in page
    by = {"actor": people.finance.actor, "version": None}
    with pytest.raises(Forbidden, match="cannot be the entry"):
        services.match_by_person(other.public_id, act_id=step.act_public_id, **by)
    with pytest.raises(Stale):
        services.match_by_person(first.public_id, act_id=step.act_public_id, actor=people.finance.actor, version=9)
    data = {"version": 1, "step": str(step.act_public_id), "key": str(uuid.uuid4())}
    for _press in range(2):
        assert finance.post(f"/finance/reconciliation/entries/{first.public_id}/match", data=data).status_code == 302
    assert stands() == {"missing_here": 2, "missing_there": 2, "differing": 0, "done": 1}
    assert confirmed() == 1

    back = f"/finance/reconciliation/entries/{first.public_id}/reopen"
    assert "Take back what was said" in words_of(finance.get(back))
    again = {"version": 2, "key": str(uuid.uuid4())}
    for _press in range(2):
        assert finance.post(back, data=again).status_code == 302
    assert stands() == {"missing_here": 3, "missing_there": 3, "differing": 0, "done": 0}
    assert confirmed() == 0
    with pytest.raises(Forbidden, match="Nobody said anything"):
        services.reopen_entry(first.public_id, **by)
    services.explain_entry(other.public_id, remark="Of another fund.", **by)
    with pytest.raises(Stale):
        services.reopen_entry(other.public_id, actor=people.finance.actor, version=1)
    services.reopen_entry(other.public_id, **by)
    assert stands()["missing_here"] == 3


def test_letters_outside_ascii_are_found_as_they_are_written(people, finance):
    pledge = make.accepted(people, make.terms(14_00))
    for _n in range(2):
        record_receipt(pledge, actor=people.finance.actor, money_in=MoneyIn(7_00, today(), f"ÜBERWEISUNG {_n}"))
    take(finance, source(people), file_of([Line("ÜBERWEISUNG 0", today(), 3_00), Line("Überweisung 0", today(), 4_00)]))
    entry = the_entry("ÜBERWEISUNG 0")
    assert [one.reference for one in queries.candidates(entry, Actor.system)] == ["ÜBERWEISUNG 0"]


def test_an_import_is_undone_with_its_matches_but_for_what_somebody_touched(people, finance):
    lines = paid(people, 3)
    run = take(finance, source(people), file_of([*lines, Line("X", today(), -1_00)]))
    entry = the_entry("X")
    services.explain_entry(entry.public_id, actor=people.finance.actor, version=1, remark="Of another fund.")
    assert confirmed() == 4
    finance.post(f"/imports/{run}/undo")
    work()
    assert confirmed() == 0
    assert db.session.scalars(sa.select(FinanceEntry.reference)).all() == ["X"]
    assert db.session.scalar(sa.select(sa.func.count(EntryMatch.id))) == 0


def confirmed() -> int:
    return db.session.scalar(sa.select(sa.func.count(PostingConfirmation.act_id)))


def test_nobody_confirms_by_a_file_what_they_recorded(people, client):
    lines = paid(people, 3)
    take(sign_in(client, people.finance), source(people), file_of(lines))
    assert db.session.scalar(sa.select(sa.func.count(EntryMatch.id))) == 4
    services.compare_again(actor=people.other_finance.actor)
    own = sa.select(PostingConfirmation.act_id).join(Act).where(Act.actor_person_id == people.finance.person_id)
    assert db.session.scalars(own).all() == []


def test_who_is_recused_from_a_request_reads_none_of_its_payments(people, finance):
    lines = paid(people, 3)
    take(finance, source(people), file_of([lines[0], *lines[2:]]))
    with transaction() as session:
        request = session.scalars(sa.select(AssistanceRequest)).one()
        declared = {"request_id": request.id, "person_id": people.other_finance.person_id}
        session.add(Recusal(**declared, reason="My brother works there."))
    reads = people.other_finance.actor
    assert queries.missing_there(reads, limit=9) == []
    assert [one.entry.is_out for one in queries.entries_of(Listed.DONE, reads, limit=9)] == [False]
    assert len(queries.missing_there(people.finance.actor, limit=9)) == 1


def test_what_was_recorded_instead_takes_the_place_of_what_was_taken_back(people, finance):
    lines = paid(people, 2)
    take(finance, source(people), file_of(lines))
    act = db.session.scalars(sa.select(Act.public_id).where(Act.external_reference == lines[1].reference)).one()
    allocation = db.session.scalars(sa.select(Allocation.public_id)).one()
    db.session.rollback()
    make.reverse(people, act)
    assert stands()["differing"] == 1
    again = Payment(1_00, lines[1].day, lines[1].reference, "supplier", "bank_transfer")
    disburse(allocation, actor=people.finance.actor, payment=again)
    services.compare_again(actor=people.finance.actor)
    assert stands() == {"missing_here": 0, "missing_there": 0, "differing": 0, "done": 3}


def test_a_table_is_read_by_the_columns_of_its_source(people, finance):
    columns = {"reference": "Beleg", "day": "Valuta", "amount": "Soll", "received": "Haben", "entry": "Nr"}
    said = Said("Bank", columns, "out_plus", "EUR")
    chosen = uuid.UUID(services.save_source(None, actor=people.finance.actor, version=None, said=said))
    yesterday = (today() - timedelta(days=1)).isoformat()
    data = f"A report\nNr;Valuta;Beleg;Soll;Haben\n1;{yesterday};A;5.00;\n2;{yesterday};B;;7.10\n3;{yesterday};C;1;1\n"
    take(finance, chosen, data.encode())
    rows = db.session.execute(
        sa.select(FinanceEntry.reference, FinanceEntry.amount_minor, FinanceEntry.is_out, FinanceEntry.currency)
    ).all()
    assert sorted(map(tuple, rows)) == [("A", 5_00, True, "EUR"), ("B", 7_10, False, "EUR")]
    db.session.rollback()
    changed = data.replace("5.00", "6.00").encode()
    told = words_of(finance.get(f"/imports/{take(finance, chosen, changed)}"))
    assert "stands here with other figures" in told
    assert the_entry("A").amount_minor == 5_00, "a number there that says something else is reported, not changed"
    refused = send(finance, "x.csv", what=WHAT, data=b"Nr;Valuta\n1;2026-01-01\n", source=str(chosen))
    work()
    assert "Beleg" in words_of(finance.get(refused.location)), "the missing columns are named"


def test_a_source_is_whole_and_of_finance_officers(people):
    by = {"actor": people.finance.actor, "version": None}
    for columns, field in (
        ({"reference": "A", "amount": "B"}, "day"),
        ({"reference": "A", "day": "A", "amount": "B"}, "reference"),
        ({"reference": "A", "day": "C", "amount": "B"}, "currency"),
    ):
        with pytest.raises(Invalid) as refused:
            services.save_source(None, said=Said("Bank", columns), **by)
        assert field in refused.value.fields
    chosen = source(people)
    with pytest.raises(Invalid):
        services.save_source(None, said=Said("finance SYSTEM"), **by)
    with pytest.raises(Forbidden):
        services.save_source(None, actor=people.manager.actor, version=None, said=Said("Other"))
    with pytest.raises(Conflict):
        services.save_source(chosen, actor=people.finance.actor, version=9, said=Said("Other"))
    services.save_source(chosen, actor=people.finance.actor, version=1, said=Said("Other", made.COLUMNS))
    assert queries.get_source(chosen).name == "Other"
