"""Answers that change amounts, dates, delegates or scope: kept as they were typed, handed to the authority, which
sends them."""

import re

import pytest
import sqlalchemy as sa

from tests.assistance.clarification.test_answering import ids
from tests.assistance.conftest import events, form_of, send
from tests.factories import accounts
from tests.factories import assistance as make
from tests.services.statements import statements
from tracker.assistance import queries
from tracker.assistance.clarification import services as clarification
from tracker.assistance.models import Question
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.notifications import queries as notifications

pytestmark = pytest.mark.usefixtures("app")


def typed(question: int, reply: str = "One course less.") -> dict[str, str]:
    """A reply with a smaller budget, as the form sends it."""
    name = f"value_{question}-lines"
    return {
        f"answer_{question}": reply,
        f"value_{question}-currency": "USD",
        f"{name}-0-label": "Trainers",
        f"{name}-0-amount": "42000",
        f"{name}-1-label": "Bench book",
        f"{name}-1-amount": "36500",
    }


def plain(text: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").split())


@pytest.fixture
def case():
    return make.in_clarification(questions=(("budget", "Which lines?"),))


def test_refused_answers_are_kept_and_shown_again(client_of, case):
    (question,) = ids()
    client = client_of(case.people.drafter)
    refused = send(client, case.url, to=f"{case.url}/answers", **typed(question), then="send")
    assert refused.status_code == 403
    assert case.now.status == "clarification"
    for page in (refused, client.get(case.url)):
        assert "One course less.</textarea>" in page.text.replace("\r\n", "")
        assert 'value="42,000"' in page.text or 'value="42000"' in page.text
        assert "your authority sends the answers" in page.text
        assert 'name="then" value="hand"' in page.text
        assert 'name="then" value="send"' not in page.text


def test_the_page_that_comes_back_can_be_sent_on_at_once(client_of, case):
    (question,) = ids()
    client = client_of(case.people.drafter)
    refused = send(client, case.url, to=f"{case.url}/answers", **typed(question), then="send")
    again = client.post(
        f"{case.url}/answers", data={**form_of(refused, f"{case.url}/answers"), **typed(question), "then": "hand"}
    )
    assert again.status_code == 302
    assert events(case)[-1] == "assistance.answers_handed_over"


def test_who_will_be_told_is_said_before_and_is_who_is_told(client_of, case):
    (question,) = ids()
    authority = case.people.authority
    refused = send(client_of(case.people.drafter), case.url, to=f"{case.url}/answers", **typed(question), then="send")
    assert authority.name in refused.text
    told = notifications.audience(
        "assistance.answers_handed_over", queries.get_visible(case.public_id, case.drafter), case.drafter
    )
    assert [one.person_id for one in told] == [authority.person_id]


def test_the_authority_has_a_task_and_sees_old_and_new_before_it_sends(client_of, case):
    (question,) = ids()
    drafter, authority = client_of(case.people.drafter), client_of(case.people.authority)
    send(drafter, case.url, to=f"{case.url}/answers", **typed(question), then="hand")
    assert "Read and send the answers to UNODC" in authority.get("/desk").text
    assert "Answer 1 question" not in drafter.get("/desk").text
    assert "with your authority since" in drafter.get("/desk").text
    page = authority.get(case.url)
    assert f"{case.people.drafter.name} handed these answers to your authority" in plain(page.text)
    assert "Before Trainers: USD 60,000 Total: USD 96,500" in plain(page.text)
    assert "Now Trainers: USD 42,000 Total: USD 78,500" in plain(page.text)
    sent = authority.post(
        f"{case.url}/answers", data={**form_of(page, f"{case.url}/answers"), **typed(question), "then": "send"}
    )
    assert sent.status_code == 302
    assert (case.now.status, case.now.amount_minor) == ("in_review", 7_850_000)


def test_what_did_not_change_is_not_repeated(client_of, case):
    (question,) = ids()
    values = {"budget": {"currency": "USD", "lines": [["Trainers", 4_200_000], ["Bench book", 3_650_000]]}}
    clarification.answer(case.public_id, actor=case.authority, version=None, replies={question: "Less."}, values=values)
    page = plain(client_of(case.people.officer).get(f"/triage/requests/{case.public_id}").text)
    assert "Before Trainers: USD 60,000 Total: USD 96,500 Now Trainers: USD 42,000 Total: USD 78,500" in page


def test_an_answer_keeps_the_language_of_whoever_wrote_it(case):
    (question,) = ids()
    french = accounts.person("focal_point", of="KEN", language="fr").actor
    clarification.hand_to_authority(
        case.public_id, actor=french, version=None, replies={question: "Moins de formateurs."}
    )
    clarification.answer(case.public_id, actor=case.authority, version=None, replies={})
    said = db.session.execute(sa.select(Question.answer, Question.answer_language)).one()
    assert said == ("Moins de formateurs.", "fr")


def test_the_authority_itself_has_nobody_to_hand_to(client_of, case):
    (question,) = ids()
    assert 'value="hand"' not in client_of(case.people.authority).get(case.url).text
    with pytest.raises(Forbidden, match="yourself"):
        clarification.hand_to_authority(case.public_id, actor=case.authority, version=None, replies={question: "x"})


def test_a_colleagues_newer_answers_are_not_written_over(client_of, case):
    (question,) = ids()
    client = client_of(case.people.drafter)
    hidden = form_of(client.get(case.url))
    clarification.save_answers(case.public_id, actor=case.authority, version=None, replies={question: "Mine"})
    answer = client.post(f"{case.url}/answers", data={**hidden, **typed(question), "then": "send"})
    assert answer.status_code == 409
    assert "One course less." in answer.text
    assert db.session.scalar(sa.select(Question.answer)) == "Mine"


def test_saying_who_would_be_told_keeps_the_page_within_its_statements(client_of, case):
    (question,) = ids()
    client = client_of(case.people.drafter)
    send(client, case.url, to=f"{case.url}/answers", **typed(question), then="send")
    with statements() as seen:
        assert case.people.authority.name in client.get(case.url).text
    assert len(seen) <= 8
