"""Questions and answers: only what was asked opens, drafts are kept, weighty answers are the authority's."""

import io

import pytest
import sqlalchemy as sa

from tests.assistance.conftest import form_of, send
from tests.factories import assistance as make
from tests.files.samples import PDF
from tracker.assistance.clarification import services as clarification
from tracker.assistance.fields import services as fields
from tracker.assistance.models import Clock, Question
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db

pytestmark = pytest.mark.usefixtures("app")


def questions() -> list[Question]:
    rows = db.session.scalars(sa.select(Question).order_by(Question.id)).all()
    db.session.rollback()
    return rows


def ids() -> list[int]:
    found = list(db.session.scalars(sa.select(Question.id).order_by(Question.id)))
    db.session.rollback()
    return found


def test_the_answer_goes_back_with_the_difference_and_the_clock_goes_on(client_of):
    case = make.in_clarification(questions=(("problem", "How many?"),))
    (question,) = ids()
    client = client_of(case.people.drafter)
    assert "Answer 1 question of UNODC" in client.get("/desk").text
    answer = send(
        client,
        case.url,
        to=f"{case.url}/answers",
        **{f"answer_{question}": "Forty cases.", f"value_{question}-problem": "Forty cases were lost.", "then": "send"},
    )
    assert answer.status_code == 302
    assert (case.now.status, case.now.problem) == ("in_review", "Forty cases were lost.")
    row = db.session.execute(sa.select(Question.before, Question.after, Question.answer)).one()
    assert row == (make.COMPLETE["problem"], "Forty cases were lost.", "Forty cases.")
    clocks = {c.name: c for c in db.session.scalars(sa.select(Clock).where(Clock.stopped_at.is_(None)))}
    assert set(clocks) == {"decide"}
    assert clocks["decide"].due_at is not None


def test_every_question_needs_an_answer(client_of):
    case = make.in_clarification(questions=(("problem", "A?"), ("title", "B?")))
    first, second = ids()
    page = send(
        client_of(case.people.drafter),
        case.url,
        to=f"{case.url}/answers",
        **{f"answer_{first}": "Here it is.", f"value_{first}-problem": "P", f"value_{second}-title": "T"},
    )
    assert page.status_code == 422
    assert "Answer this question." in page.text
    assert "Here it is." in page.text
    assert case.now.status == "clarification"


def test_a_draft_of_the_answers_is_kept_and_nothing_is_sent(client_of):
    case = make.in_clarification(questions=(("budget", "Which lines?"),))
    (question,) = ids()
    lines = {f"value_{question}-currency": "USD", f"value_{question}-lines-0-label": "Travel"}
    client = client_of(case.people.drafter)
    body = {f"answer_{question}": "Soon", **lines, f"value_{question}-lines-0-amount": "500", "then": "keep"}
    assert send(client, case.url, to=f"{case.url}/answers", **body).status_code == 302
    assert case.now.status == "clarification"
    assert case.now.amount_minor == 9_650_000
    page = client.get(case.url).text
    assert ">Soon</textarea>" in page.replace("\r\n", "")
    assert 'value="Travel"' in page


def test_a_wrong_amount_is_shown_where_it_was_typed(client_of):
    case = make.in_clarification(questions=(("budget", "Which lines?"),))
    (question,) = ids()
    lines = {f"value_{question}-currency": "USD", f"value_{question}-lines-0-label": "Travel"}
    body = {f"answer_{question}": "Soon", **lines, f"value_{question}-lines-0-amount": "lots", "then": "send"}
    page = send(client_of(case.people.authority), case.url, to=f"{case.url}/answers", **body)
    assert page.status_code == 422
    assert 'value="lots"' in page.text


def test_amounts_and_dates_are_the_authoritys_to_answer(client_of):
    case = make.in_clarification(questions=(("dates", "When?"),))
    (question,) = ids()
    dates = {"starts_on": "2027-06-01", "ends_on": "2027-06-10", "place": "Nairobi"}
    with pytest.raises(Forbidden):
        clarification.answer(
            case.public_id, actor=case.drafter, version=None, replies={question: "June"}, values={"dates": dates}
        )
    clarification.save_answers(
        case.public_id, actor=case.drafter, version=None, replies={question: "June"}, values={"dates": dates}
    )
    page = client_of(case.people.authority).get(case.url)
    assert 'value="6"' in page.text
    clarification.answer(case.public_id, actor=case.authority, version=None, replies={}, values={"dates": dates})
    assert str(case.now.starts_on) == "2027-06-01"


def test_what_was_not_asked_stays_closed(client_of):
    case = make.in_clarification(questions=(("problem", "How many?"),))
    (question,) = ids()
    client = client_of(case.people.authority)
    body = {f"answer_{question}": "Forty", f"value_{question}-problem": "P", "value_0-title": "X", "title": "X"}
    send(client, case.url, to=f"{case.url}/answers", **body)
    assert case.now.title == make.COMPLETE["title"]
    assert client.get(f"{case.url}/steps/where").status_code == 403


def test_documents_open_only_when_they_were_asked_for(client_of):
    case = make.in_clarification(questions=(("attachments", "Please send the law."),))
    (question,) = ids()
    client = client_of(case.people.drafter)
    body = {f"answer_{question}": "Attached.", f"file_{question}": (io.BytesIO(PDF), "law.pdf")}
    assert send(client, case.url, to=f"{case.url}/answers", **body).status_code == 302
    assert "law.pdf" in client.get(case.url).text
    other = make.in_clarification(case.people)
    with pytest.raises(Forbidden):
        fields.attach(other.public_id, actor=other.drafter, upload=io.BytesIO(PDF), name="a.pdf")


def test_answers_save_themselves(client_of):
    case = make.in_clarification()
    (question,) = ids()
    client = client_of(case.people.drafter)
    hidden = form_of(client.get(case.url), f"{case.url}/answers")
    body = {**hidden, f"answer_{question}": "Half an ans"}
    answer = client.post(f"{case.url}/answers/autosave", data=body, headers={"Accept": "application/json"})
    assert answer.json["version"] == case.version
    assert "Half an ans" in client.get(case.url).text


def test_closed_questions_cannot_be_answered_again(client_of):
    case = make.in_clarification()
    (question,) = ids()
    clarification.answer(case.public_id, actor=case.drafter, version=None, replies={question: "Yes"})
    with pytest.raises(Forbidden):
        clarification.answer(case.public_id, actor=case.drafter, version=None, replies={question: "No"})
    assert client_of(case.people.drafter).post(f"{case.url}/answers", data={}).status_code == 409
    assert "Decisions and answers" in client_of(case.people.drafter).get(case.url).text


def test_an_empty_round_is_a_conflict():
    case = make.in_clarification()
    with pytest.raises((Invalid, Conflict)):
        clarification.answer(case.public_id, actor=case.drafter, version=None, replies={})


def test_an_answer_that_is_missing_is_called_by_its_question(client_of):
    case = make.in_clarification(questions=(("problem", "How many cases?"), ("objectives", "By when?")))
    browser = client_of(case.people.authority)
    first, second = ids()
    form = form_of(browser.get(case.url)) | {f"answer_{first}": "Forty.", f"answer_{second}": "", "then": "send"}
    answer = browser.post(f"{case.url}/answers", data=form)
    assert answer.status_code == 422
    assert "Your reply to question 2: " in answer.text
    assert "Your reply to question 1: " not in answer.text
