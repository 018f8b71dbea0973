"""The office reads and answers what a State writes, on the request's page."""

import re
import uuid
from datetime import timedelta

from tests.assistance.messages.conftest import KINDS, amendment, messages, more_time, paper, say, waiting
from tests.factories import accounts
from tests.factories import assistance as make
from tests.triage.cases import clocks, page
from tracker.calendar import working_days
from tracker.calendar.now import today


def form_to(desk, address: str, action: str) -> dict[str, str]:
    """The hidden values of the form on this page that is sent to `action`."""
    text = desk.get(address).get_data(as_text=True)
    form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', text, re.S)
    assert form, f"no form for {action}"
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0]))


def test_the_officer_answers_under_the_thread(officer, people):
    case = make.in_review(people)
    say(case, "drafter", "Can it be in Kisumu?")
    address = page(case, "messages")
    text = officer.get(page(case)).get_data(as_text=True)
    assert "Can it be in Kisumu?" in text
    assert "not answered yet" in text
    hidden = form_to(officer, page(case), address)
    answer = officer.client.post(address, data={**hidden, "body": "Yes.", "answering": "y"})
    assert answer.status_code == 302
    assert waiting(case) == []
    assert "This answers what is not answered yet" not in officer.get(page(case)).get_data(as_text=True)


def test_the_officer_can_leave_it_waiting_and_can_ask_for_an_answer(officer, people):
    case = make.in_review(people)
    say(case, "drafter")
    hidden = form_to(officer, page(case), page(case, "messages"))
    officer.client.post(page(case, "messages"), data={**hidden, "body": "Next week.", "wanted": "y"})
    assert waiting(case) == [KINDS.MESSAGE, KINDS.ANSWER_WANTED]


def test_what_cannot_be_sent_comes_back(officer, people):
    case = make.in_review(people)
    hidden = form_to(officer, page(case), page(case, "messages"))
    answer = officer.client.post(page(case, "messages"), data={**hidden, "body": "y" * 4_001})
    assert answer.status_code == 422
    assert "y" * 4_001 in answer.get_data(as_text=True)


def test_a_message_needs_no_answer(officer, people):
    case = make.in_review(people)
    asked = say(case, "drafter", "Thank you.")
    address = page(case, f"messages/{asked}/no-answer")
    hidden = form_to(officer, page(case), address)
    assert officer.client.post(address, data=hidden).status_code == 302
    assert "needs no answer" in officer.get(page(case)).get_data(as_text=True)
    assert waiting(case) == []


def test_more_time_is_given_or_not_with_a_reason(officer, people):
    case = make.in_clarification(people)
    asked = more_time(case, 60)
    text = officer.get(page(case)).get_data(as_text=True)
    assert f"messages/{asked}/time" in text
    assert f"messages/{asked}/refuse" in text
    assert officer.post(page(case, f"messages/{asked}/refuse"), reason="").status_code == 422
    answer = officer.post(page(case, f"messages/{asked}/time"), body="Agreed.")
    assert answer.status_code == 302
    day = today() + timedelta(days=60)
    assert working_days.day_of(clocks(case)["answer"].due_at) == day
    assert officer.get(page(case, f"messages/{asked}/time")).status_code == 409
    before = clocks(case)["answer"].due_before
    for reader, address in ((officer, page(case)), (officer, page(case, "messages"))):
        assert f"before, until {before.day} " in reader.get(address).get_data(as_text=True)


def test_an_amendment_is_prepared_from_the_message(officer, people):
    case = make.accepted(people)
    wanted = amendment(case)
    link = re.search(r'href="([^"]+/amendment\?wanted=[^"]+)"', officer.get(page(case)).get_data(as_text=True))
    address = link[1].replace("&amp;", "&")
    form = officer.get(address).get_data(as_text=True)
    assert "One course less is needed." in form
    assert f'name="wanted" value="{wanted}"' in form
    hidden = dict(re.findall(r'<input type="hidden" name="(key|version|wanted)" value="([^"]*)"', form))
    answer = officer.client.post(
        page(case, "amendment"),
        data={**hidden, "amount": "50000", "human_rights": "As before.", "reasons": "As the note asks."},
    )
    assert answer.status_code == 302
    assert waiting(case) == [KINDS.AMENDMENT]


def test_a_colleague_reads_and_is_told_who_writes(desk, people):
    case = make.in_review(people)
    say(case, "drafter", "Can it be in Kisumu?")
    text = desk(accounts.person("triage_officer")).get(page(case)).get_data(as_text=True)
    assert "Can it be in Kisumu?" in text
    assert "Only the officer who has this request" in text
    assert f'action="{page(case, "messages")}"' not in text


def test_the_auditor_reads_and_writes_nothing(desk, people):
    case = make.in_review(people)
    say(case, "drafter", "Can it be in Kisumu?")
    auditor = desk(accounts.person("auditor"))
    assert "Can it be in Kisumu?" in auditor.get(page(case)).get_data(as_text=True)
    assert "Can it be in Kisumu?" in auditor.get(page(case, "messages")).get_data(as_text=True)
    assert auditor.client.post(page(case, "messages"), data={"body": "Hello"}).status_code == 403


def test_a_paper_is_sent_to_the_state(officer, people):
    case = make.in_review(people)
    address = page(case, "messages/paper")
    answer = officer.post(address, body="The programme of the course", file=paper("programme.pdf"))
    assert answer.status_code == 302
    (row,) = messages(case)
    assert (row.kind, row.side, row.owed_by) == (KINDS.PAPER, "office", None)
    assert officer.get(page(case)).get_data(as_text=True).count("programme.pdf") >= 2
    assert officer.post(address, body="The programme", file=paper("programme.exe")).status_code == 422


def test_a_message_of_another_request_is_not_found(officer, people):
    case, other = make.in_clarification(people), make.in_clarification(people)
    asked = more_time(other)
    assert officer.get(page(case, f"messages/{asked}/time")).status_code == 404
    assert officer.get(page(case, f"messages/{uuid.uuid4()}/refuse")).status_code == 404
