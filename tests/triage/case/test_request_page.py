"""The office's page of one request, in every status, for every reader of it."""

import re
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.benchmarks.filling import fill
from tests.factories import accounts, pledges
from tests.factories import assistance as make
from tests.pledges.forms import words_of
from tests.services.statements import statements
from tests.triage.cases import set_columns
from tracker.assistance import queries
from tracker.assistance.clarification import services as clarification
from tracker.assistance.handling import services as handling
from tracker.assistance.models import BudgetLine
from tracker.database.transactions import transaction
from tracker.reference import queries as reference

SEEN = [name for name in make.IN_EVERY_STATUS if name not in ("draft", "awaiting_authorisation")]


def address(case) -> str:
    return f"/triage/requests/{case.public_id}"


@pytest.mark.parametrize("status", SEEN)
def test_opens_in_every_status_within_eight_statements(officer, people, status):
    case = make.IN_EVERY_STATUS[status](people)
    make.in_review(people)
    officer.get("/triage/queue")
    with statements() as seen:
        answer = officer.get(address(case))
    assert answer.status_code == 200
    # Of a delegation its people are read, too, and which of their journeys the reader may open.
    assert len(seen) <= 8 + 2 * (case.now.kind == "participation"), seen


def test_costs_the_same_with_many_parts(officer, people):
    case = make.in_review(people)
    for number in range(30):
        handling.add_note(case.public_id, actor=case.officer, body=f"Note {number}")
    with statements() as seen:
        text = officer.get(address(case)).get_data(as_text=True)
    assert "Note 29" in text
    assert len(seen) <= 8, seen


def test_an_imported_request_without_a_budget_or_a_note_opens(desk, app):
    someone = desk(fill(3).officer)
    text = someone.get("/triage/queue?status=all").get_data(as_text=True)
    for link in re.findall(r'href="(/triage/requests/[0-9a-f-]+)', text):
        answer = someone.get(link)
        assert answer.status_code == 200
        assert "No note verbale." in answer.get_data(as_text=True)


def test_says_first_who_waits_for_whom(officer, people):
    text = officer.get(address(make.in_clarification(people))).get_data(as_text=True)
    assert "UNODC waits for Kenya since" in text
    text = officer.get(address(make.submitted(people))).get_data(as_text=True)
    assert "nobody has it yet" in text


def test_shows_the_country_lists_of_the_state_and_what_it_got_before(officer, people):
    bhutan = make.People(of="BTN")
    make.accepted(bhutan, amount_minor=1_243_000)
    text = officer.get(address(make.in_review(bhutan))).get_data(as_text=True)
    assert "LLDC; ODA-eligible; Asia-Pacific States" in text
    assert "12,430 for 1 request since" in text.replace("\u00a0", " ")


def test_similar_requests_say_why(officer, people):
    make.in_review(make.People(of="BTN"), title="Comments on a bill")
    make.in_review(people, title="Earlier course")
    text = officer.get(address(make.in_review(people, title="New course"))).get_data(as_text=True)
    assert text.index("Earlier course") < text.index("Comments on a bill")
    assert "Same State and area" in text
    assert "Same area" in text


def test_shows_the_difference_an_answer_made(officer, people):
    case = make.in_clarification(people, questions=(("title", "Which prosecutors?"),))
    question = re.search(r"answer_(\d+)", _form_of(case))[1]
    clarification.answer(
        case.public_id,
        actor=case.authority,
        version=case.version,
        replies={int(question): "Those of the provinces."},
        values={"title": "Evidence handling for provincial prosecutors"},
    )
    text = officer.get(address(case)).get_data(as_text=True)
    old, new = re.search(r"<dt>Before</dt>(.*?)<dt>Now</dt>(.*?)</dl>", text, re.DOTALL).groups()
    assert re.sub(r"<[^>]+>", "", old).strip() == "Digital evidence handling for prosecutors"
    assert re.sub(r"<[^>]+>", "", new).strip() == "Evidence handling for provincial prosecutors"
    assert "<ins>provincial " in new


def _form_of(case) -> str:
    from tracker.extensions import db

    found = queries.get_visible(case.public_id, case.authority)
    asked = queries.open_clarification(found)
    names = " ".join(f"answer_{question.id}" for question in asked.questions)
    db.session.rollback()
    return names


def test_text_of_people_stays_text(officer, people):
    case = make.in_review(people, title="<script>alert(1)</script>", problem="{{ 7 * 7 }} <img src=x onerror=y>")
    text = officer.get(address(case)).get_data(as_text=True)
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "{{ 7 * 7 }}" in text


class TestWhoSees:
    def test_a_draft_and_a_stranger_and_nothing_are_equal(self, officer, people):
        draft = make.complete(people)
        secret = make.submitted(make.People(of="BTN"), marking="strictly_confidential")
        missing = "/triage/requests/00000000-0000-4000-8000-000000000000"
        assert [officer.get(a).status_code for a in (address(draft), address(secret), missing)] == [404, 404, 404]

    @pytest.mark.parametrize("role", ["programme_manager", "finance_officer", "auditor"])
    def test_other_readers_open_it_without_acting(self, desk, people, role):
        case = make.in_review(people)
        text = desk(accounts.person(role)).get(address(case)).get_data(as_text=True)
        assert "Facts" in text
        if role != "programme_manager":
            assert "Continue to prepare" not in text
            assert "Add the note" not in text

    def test_internal_notes_never_reach_the_state(self, desk, people):
        case = make.in_review(people)
        handling.add_note(case.public_id, actor=case.officer, body="CANARY-NOTE")
        handling.recuse(case.public_id, actor=case.manager, version=case.version, reason="CANARY-RECUSAL")
        text = desk(people.drafter).get(f"/requests/{case.public_id}").get_data(as_text=True)
        assert "CANARY" not in text


def test_works_in_arabic(officer, people):
    text = officer.get(address(make.in_review(people)) + "?lang=ar").get_data(as_text=True)
    assert 'dir="rtl"' in text
    assert "كينيا" in text


def test_says_of_which_day_the_rate_is_that_counts_the_amount_in_dollars(officer, people):
    case = make.in_review(people)
    pledges.rate("KES", Decimal(125))
    rate_id = reference.rate_row("KES", make.today()).id
    with transaction() as session:
        session.execute(sa.delete(BudgetLine).where(BudgetLine.request_id == case.now.id))
    set_columns(case, currency="KES", amount_minor=125_000_00, amount_usd_minor=1_000_00, usd_rate_id=rate_id)
    assert "about USD 1,000 at the rate of 1 January 2020" in words_of(officer.get(address(case)))
