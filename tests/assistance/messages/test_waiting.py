"""An answer that is owed shows: on both pages, in the lists and on the desk of the State, in the queue."""

import uuid

from tests.assistance.messages.conftest import KINDS, more_time, say
from tests.factories import accounts
from tests.factories import assistance as make
from tests.triage.cases import page
from tracker.assistance.messages import services


def ask(case) -> None:
    """The office asks the State for an answer."""
    say(case, "manager", "Which week suits you?", kind=KINDS.ANSWER_WANTED)


def test_a_message_that_the_office_has_not_answered_shows_on_both_sides(client_of):
    case = make.in_review()
    drafter, officer = client_of(case.people.drafter), client_of(case.people.officer)
    say(case, "drafter")
    for address in ("/requests", "/desk", case.url):
        assert "is not answered yet" in drafter.get(address).text
    assert "A message of Kenya is not answered since" in officer.get(page(case)).text
    assert "message not answered" in officer.get("/triage/queue").text
    say(case, "officer", "Yes.")
    assert "is not answered yet" not in drafter.get("/requests").text
    assert "A message of Kenya" not in officer.get(page(case)).text
    assert "message not answered" not in officer.get("/triage/queue").text


def test_of_a_request_that_is_over_the_message_is_what_is_waited_for(client_of):
    case = make.declined()
    officer = client_of(case.people.officer)
    assert "Nobody waits" in officer.get(page(case)).text
    say(case, "drafter", "Thank you all the same. Where else can we ask?")
    assert "Kenya waits for an answer to its message since" in officer.get(page(case)).text
    assert "with UNODC: your message of" in client_of(case.people.drafter).get("/requests").text
    queue = officer.get("/triage/queue").text
    assert "status=all&amp;messages=1" in queue
    assert case.now.reference not in queue
    assert case.now.reference in officer.get("/triage/queue?status=all&messages=1").text


def test_an_answer_that_the_office_asks_for_is_a_task_of_the_state(client_of):
    case = make.accepted()
    drafter = client_of(case.people.drafter)
    assert "Answer a message of UNODC" not in drafter.get("/desk").text
    ask(case)
    desk = drafter.get("/desk").text
    assert "Answer a message of UNODC" in desk
    assert f'href="{case.url}#messages"' in desk
    assert "UNODC asks you for an answer since" in drafter.get("/requests").text
    administrator = client_of(accounts.person("state_administrator", of="KEN"))
    assert "Answer a message of UNODC" not in administrator.get("/desk").text
    assert "Kenya was asked for an answer on" in client_of(case.people.officer).get(page(case)).text
    say(case, "drafter", "The second one.")
    assert "Answer a message of UNODC" not in drafter.get("/desk").text


def test_of_a_request_that_is_over_the_state_is_waited_for_in_the_same_way(client_of):
    case = make.completed()
    ask(case)
    assert "UNODC waits for an answer of Kenya since" in client_of(case.people.officer).get(page(case)).text
    assert "with your State: UNODC asks for an answer since" in client_of(case.people.drafter).get("/requests").text


def test_another_states_messages_are_on_nobody_elses_desk(client_of):
    case = make.accepted()
    ask(case)
    assert "Answer a message" not in client_of(accounts.person("focal_point", of="BTN")).get("/desk").text


def test_more_time_that_was_given_shows_with_the_day_before(client_of):
    case = make.in_clarification()
    services.give_time(case.public_id, uuid.UUID(more_time(case)), actor=case.officer, version=case.version)
    assert "UNODC gave more time; before, it was due by" in client_of(case.people.drafter).get(case.url).text
    assert "More time was given; before, it was due by" in client_of(case.people.officer).get(page(case)).text


def test_the_queue_hides_what_is_strictly_confidential(client_of):
    case = make.submitted(marking="strictly_confidential")
    say(case, "drafter")
    address = "/triage/queue?status=all&messages=1"
    assert case.now.reference not in client_of(case.people.officer).get(address).text
    assert case.now.reference in client_of(case.people.manager).get(address).text
