"""The State's pages of messages, as people use them without a script."""

import re
from datetime import timedelta

import pytest

from tests.assistance.conftest import form_of, send
from tests.assistance.messages.conftest import KINDS, messages, paper, say, waiting
from tests.factories import accounts
from tests.factories import assistance as make
from tracker.calendar.now import today
from tracker.notifications import services as notifications


def hidden_of(page, address: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to `address`."""
    form = re.search(rf'<form method="post" action="{re.escape(address)}".*?</form>', page.text, re.S)
    assert form, f"no form for {address}"
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0]))


def write(client, case, body: str, **more):
    """Type into the form on the request's page and send it."""
    address = f"{case.url}/messages"
    return client.post(address, data={**hidden_of(client.get(case.url), address), "body": body, **more})


def test_a_message_is_written_on_the_requests_page_and_stands_there(client_of):
    case = make.in_review()
    drafter = client_of(case.people.drafter)
    assert "Nothing was written yet" in drafter.get(case.url).text
    answer = write(drafter, case, "Peut-on enseigner à Kisumu ?")
    assert answer.status_code == 302
    page = drafter.get(case.url).text
    assert "Peut-on enseigner à Kisumu ?" in page
    assert "not answered yet" in page
    say(case, "officer", "Oui, sans effet sur le budget.")
    page = drafter.get(case.url).text
    assert "Oui, sans effet sur le budget." in page
    assert "not answered yet" not in page


def test_what_cannot_be_sent_comes_back_with_its_sentence(client_of):
    case = make.in_review()
    drafter = client_of(case.people.drafter)
    answer = write(drafter, case, "x" * 4_001)
    assert answer.status_code == 422
    assert "x" * 4_001 in answer.text
    assert "Use at most 4000 characters" in answer.text
    assert write(drafter, case, "  ").status_code == 422
    assert messages(case) == []


def test_words_are_shown_in_their_own_language_and_direction(client_of):
    people = make.People(kept={"focal_point": accounts.person("focal_point", language="ar")})
    case = make.in_review(people)
    say(case, "drafter", "هل يمكن؟")
    page = client_of(case.people.authority).get(case.url).text
    assert '<span class="kept" lang="ar" dir="rtl">هل يمكن؟</span>' in page


def test_a_draft_has_no_messages(client_of):
    case = make.complete()
    drafter = client_of(case.people.drafter)
    assert "Messages with UNODC" not in drafter.get(case.url).text
    assert drafter.post(f"{case.url}/messages", data={"body": "Hello"}).status_code == 403


def test_who_only_reads_sees_the_messages_and_no_form(client_of):
    case = make.in_review()
    say(case, "drafter", "Only our focal points write.")
    page = client_of(accounts.person("state_administrator", of="KEN")).get(case.url).text
    assert "Only our focal points write." in page
    assert f'action="{case.url}/messages"' not in page


def test_a_long_thread_pages(client_of):
    case = make.in_review()
    for number in range(43):
        say(case, "drafter", f"Message number {number:03}.")
    drafter = client_of(case.people.drafter)
    page = drafter.get(case.url).text
    assert re.findall(r"Message number (\d+)\.", page) == [f"{n:03}" for n in range(33, 43)]
    assert f'href="{case.url}/messages"' in page
    seen, address = [], f"{case.url}/messages"
    while address:
        page = drafter.get(address).text
        seen = re.findall(r"Message number (\d+)\.", page) + seen
        older = re.search(r'href="([^"]+)" rel="prev"', page)
        address = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"{n:03}" for n in range(43)]
    newer = re.search(r'href="([^"]+)" rel="next"', page)[1]
    assert "Message number 003." in drafter.get(newer).text
    assert drafter.get(f"{case.url}/messages?before=nonsense").status_code == 200


def test_an_empty_thread_says_what_stands_there(client_of):
    case = make.in_review()
    assert "What both sides write" in client_of(case.people.drafter).get(f"{case.url}/messages").text


def test_a_paper_is_handed_in_and_stands_among_the_documents(client_of):
    case = make.in_review()
    drafter = client_of(case.people.drafter)
    answer = send(drafter, f"{case.url}/messages/paper", body="Letter of the committee", file=paper("letter.pdf"))
    assert answer.status_code == 302
    page = drafter.get(case.url).text
    assert page.count("letter.pdf") == 2
    link = re.search(rf'href="({case.url}/files/[0-9a-f-]+)">letter.pdf', page)[1]
    assert drafter.get(link).status_code == 200
    refused = send(drafter, f"{case.url}/messages/paper", body="A programme", file=paper("programme.exe"))
    assert refused.status_code == 422
    assert "A programme" in refused.text


def test_more_time_is_offered_while_questions_wait_and_asked_once(client_of):
    case = make.in_clarification()
    drafter, address = client_of(case.people.drafter), f"{case.url}/messages/more-time"
    assert f'href="{address}"' in drafter.get(case.url).text
    day = today() + timedelta(days=70)
    parts = {"day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year)}
    early = {"day-day": "1", "day-month": "1", "day-year": "2026"}
    refused = send(drafter, address, body="The judges are away.", **early)
    assert refused.status_code == 422
    assert "The judges are away." in refused.text
    assert send(drafter, address, body="The judges are away.", **parts).status_code == 302
    assert f'href="{address}"' not in drafter.get(case.url).text
    assert drafter.get(address).status_code == 409


def test_an_amendment_is_the_authoritys_with_its_note(client_of):
    case = make.accepted()
    drafter, authority = client_of(case.people.drafter), client_of(case.people.authority)
    address = f"{case.url}/messages/amendment"
    assert f'href="{address}"' not in drafter.get(case.url).text
    assert drafter.get(address).status_code == 403
    assert f'href="{address}"' in authority.get(case.url).text
    typed = {
        "body": "One course less.",
        "issuer": "Mission",
        "note_reference": "KEN/VIE/200",
        "dated-day": str(today().day),
        "dated-month": str(today().month),
        "dated-year": str(today().year),
    }
    refused = send(authority, address, **typed)
    assert refused.status_code == 422
    assert "Choose the file of the note verbale." in refused.text
    assert "One course less." in refused.text
    assert send(authority, address, **typed, file=paper("note.pdf")).status_code == 302
    assert "KEN/VIE/200" in client_of(case.people.drafter).get(case.url).text


def test_not_as_described_names_what_was_delivered(client_of):
    case = make.delivered()
    drafter, address = client_of(case.people.drafter), f"{case.url}/messages/not-as-described"
    page = drafter.get(case.url).text
    assert f'href="{address}"' in page
    first = make.activities(case)[0]
    answer = send(drafter, address, body="Twelve came.", activity=str(first.public_id))
    assert answer.status_code == 302
    assert waiting(case) == [KINDS.NOT_AS_DESCRIBED]
    assert send(drafter, address, body="Twelve came.", activity="x").status_code == 422


@pytest.mark.parametrize("builder", [make.in_review, make.accepted])
def test_what_does_not_fit_the_stage_is_not_offered(client_of, builder):
    case = builder()
    page = client_of(case.people.drafter).get(case.url).text
    assert "/messages/more-time" not in page
    assert "/messages/not-as-described" not in page
    assert "/messages/paper" in page


def test_the_form_has_a_key(client_of):
    case = make.in_review()
    drafter = client_of(case.people.drafter)
    assert form_of(drafter.get(case.url))["key"]


def test_the_state_sees_when_the_office_read_its_message(client_of):
    case = make.in_review()
    assert case.people.officer
    drafter = client_of(case.people.drafter)
    write(drafter, case, "May a judge come along?")
    notifications.dispatch()
    assert "Read by UNODC" not in drafter.get(case.url).text
    officer = client_of(case.people.officer)
    entry = re.search(r'href="(/notifications/[0-9a-f-]{36})"', officer.get("/notifications").text)
    assert officer.get(entry[1]).status_code == 302
    for page in (case.url, f"{case.url}/messages"):
        assert "Read by UNODC on" in drafter.get(page).text
    assert "Read by UNODC" not in officer.get(f"/triage/requests/{case.public_id}").text
