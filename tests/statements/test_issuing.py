"""Issued statements: numbered, kept to the byte, followed by others that carry what came later."""

import hashlib
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.pledges.forms import words_of
from tests.statements.conftest import days_ago
from tests.statements.test_pledge import paid
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.errors import Forbidden, Invalid, Stale
from tracker.events.models import Event
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.queries import get_visible
from tracker.statements import queries
from tracker.statements.figures import hash_of
from tracker.statements.models import IssuedStatement
from tracker.statements.queries import figures_of
from tracker.statements.services import issue, keep, paper_of_next

LATER_ACTS = 200


def ago(days):
    return today() - timedelta(days=days)


@pytest.fixture
def pledge(people):
    with days_ago(30):
        pledge = make.accepted(people, make.terms(100_000_00))
        services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(60_000_00))
    db.session.rollback()
    return pledge


def kept(people, pledge, number=1):
    statement = queries.get_issued(get_visible(pledge, people.finance.actor), number)
    found = statement.hash, hashlib.sha256(queries.pdf_of(statement)).hexdigest()
    db.session.rollback()
    return found


def test_is_the_same_bytes_after_200_acts_and_the_next_one_carries_them(people, page, pledge):
    finance = people.finance.actor
    assert issue(pledge, actor=finance, number=1, last_on=ago(20)) == 1
    before = kept(people, pledge)
    first = page(people.officer, f"/pledges/{pledge}/statements/1?as=pdf").get_data()
    long_ago = ago(25)
    with days_ago(10):
        allocation = make.allocated(people, pledge, make.request_of(approved=90_000_00), 40_000_00)
        for number in range(LATER_ACTS - 1):
            payment = replace(paid(1_00 + number, f"FIN-{number}"), value_date=long_ago if number == 5 else today())
            services.disburse(allocation, actor=finance, payment=payment)
    assert issue(pledge, actor=finance, number=2, last_on=ago(1)) == 2
    assert kept(people, pledge) == before
    assert page(people.officer, f"/pledges/{pledge}/statements/1?as=pdf").get_data() == first
    assert first.startswith(b"%PDF")
    row = get_visible(pledge, people.finance.actor)
    second = queries.get_issued(row, 2)
    lines = figures_of(row, queries.steps_of(second)).lines
    assert (second.first_on, len(lines), second.hash) == (ago(19), LATER_ACTS, hash_of(lines))
    assert [line.reference for line in lines if line.earlier] == ["FIN-5"]
    db.session.rollback()
    said = words_of(page(people.officer, f"/pledges/{pledge}/statements/2"))
    assert "Paid, concerning earlier periods 1 step" in said
    assert "nothing" in said
    assert f"{LATER_ACTS} steps, which stand in the next statement" in words_of(
        page(people.officer, f"/pledges/{pledge}/statements/1")
    )


def test_finance_issues_it_on_the_page_and_the_donor_reads_it(people, page, pledge):
    day = ago(2)
    typed = {"last_on-day": day.day, "last_on-month": day.month, "last_on-year": day.year, "note": "Nothing wrong."}
    address = f"/pledges/{pledge}/statements/new"
    asked = words_of(page(people.finance, address))
    assert "Who will be told" in asked
    assert page(people.finance, address, typed | {"last_on-year": 2199}).status_code == 422
    assert page(people.finance, address, typed).status_code == 302
    for who in (people.officer, people.manager):
        shown = page(who, f"/pledges/{pledge}")
        assert f"/pledges/{pledge}/statements/1" in shown.text
        assert ("Issue a statement" in shown.text) is False
    said = words_of(page(people.officer, f"/pledges/{pledge}/statements/1"))
    assert "Nothing wrong." in said
    assert people.finance.name not in said
    assert page(make.people("SIDA").officer, f"/pledges/{pledge}/statements/1?as=pdf").status_code == 404
    assert page(people.officer, f"/pledges/{pledge}/statements/2").status_code == 404
    told = db.session.scalars(sa.select(Event).where(Event.name == "statements.issued")).one()
    assert (told.data["number"], told.data["last_on"]) == (1, day.isoformat())
    db.session.rollback()


def test_its_paper_is_not_for_who_may_not_know_a_request_in_it(people, page, pledge):
    with days_ago(10):
        make.allocated(people, pledge, make.request_of(approved=90_000_00), 40_000_00)
    issue(pledge, actor=people.finance.actor, number=1, last_on=ago(1))
    paper = f"/pledges/{pledge}/statements/1?as=pdf"
    assert page(people.finance, paper).get_data() == page(people.officer, paper).get_data()
    with transaction() as session:
        request_id = session.scalars(sa.select(AssistanceRequest.id)).one()
        session.add(Recusal(request_id=request_id, person_id=people.finance.person_id, reason="A cousin."))
    made, kept_one = page(people.finance, paper), page(people.officer, paper)
    assert made.get_data() != kept_one.get_data()
    assert made.headers["Content-Disposition"] != kept_one.headers["Content-Disposition"]
    sentence = "This is not the paper that the donor got"
    assert sentence in words_of(page(people.finance, paper.partition("?")[0]))
    assert sentence not in words_of(page(people.officer, paper.partition("?")[0]))


def test_a_paper_that_the_ledger_overtook_is_not_kept(people, pledge):
    finance = people.finance.actor
    asked = {"actor": finance, "number": 1, "last_on": ago(1)}
    paper = paper_of_next(pledge, **asked)
    with days_ago(3):
        services.record_receipt(pledge, actor=finance, money_in=make.money_in(1_00))
    with pytest.raises(Stale, match="while its paper was being made"):
        keep(pledge, **asked, paper=paper)
    key = str(uuid.uuid4())
    assert issue(pledge, **asked, key=key) == 1
    assert issue(pledge, **asked, key=key) == 1, "the second press of the same button"
    db.session.rollback()


def test_what_is_refused(people, pledge):
    finance = people.finance.actor
    with pytest.raises(Forbidden):
        issue(pledge, actor=people.manager.actor, number=1, last_on=ago(1))
    for day in (today(), ago(31)):
        with pytest.raises(Invalid):
            issue(pledge, actor=finance, number=1, last_on=day)
    issue(pledge, actor=finance, number=1, last_on=ago(2))
    with pytest.raises(Stale):
        issue(pledge, actor=people.other_finance.actor, number=1, last_on=ago(1))
    db.session.rollback()


def test_the_database_changes_none(people, pledge):
    issue(pledge, actor=people.finance.actor, number=1, last_on=ago(2))
    table = IssuedStatement.__table__
    for statement in (sa.update(table).values(note="Other."), sa.delete(table)):
        with pytest.raises(sa.exc.DBAPIError), transaction() as session:
            session.connection().execute(statement)
        db.session.rollback()
