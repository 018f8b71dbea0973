"""Words and papers: who writes them at which stage, what they answer, and that they change nothing else."""

import uuid

import pytest
import sqlalchemy as sa

from tests.assistance.conftest import events
from tests.assistance.messages.conftest import KINDS, messages, more_time, paper, say, waiting
from tests.factories import accounts
from tests.factories import assistance as make
from tests.factories.verbs import verb
from tracker.assistance.handling import services as handling
from tracker.assistance.lifecycle import Status
from tracker.assistance.messages import services
from tracker.assistance.models import AssistanceRequest, Message, MessageAnswer
from tracker.database.append_only import RowsNeverChange
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.files.models import File

BEFORE = {Status.DRAFT, Status.AWAITING_AUTHORISATION}


@pytest.mark.parametrize("status", sorted(set(Status) - BEFORE))
def test_both_sides_can_write_at_every_stage_from_the_submission_on(app, status):
    case = make.IN_EVERY_STATUS[status]()
    say(case, "drafter")
    say(case, "authority")
    say(case, "officer" if case.now.assigned_to_id else "manager", "Yes, it can.")
    assert [row.side for row in messages(case)] == ["state", "state", "office"]
    assert waiting(case) == []


@pytest.mark.parametrize("status", ["draft", "awaiting_authorisation"])
def test_before_the_submission_there_is_nobody_to_write_to(app, status):
    case = make.IN_EVERY_STATUS[status]()
    with pytest.raises(Forbidden, match="once the request was submitted"):
        say(case, "drafter")


def test_a_request_whose_note_was_returned_can_be_written_about(app):
    case = make.submitted()
    handling.return_note(case.public_id, actor=case.officer, version=case.version, reason="No seal.")
    say(case, "drafter", "Which seal is missing?")
    say(case, "manager", "The one of the ministry.")
    assert waiting(case) == []


def test_a_message_changes_nothing_in_the_request_and_leaves_one_event(app):
    case = make.in_review()
    before, names = case.now, events(case)
    say(case, "drafter")
    assert case.now == before
    assert events(case) == [*names, "assistance.state_wrote"]


def test_words_of_the_office_answer_what_the_state_said_before_them(app):
    case = make.in_review()
    say(case, "drafter")
    say(case, "drafter", "And may a judge come along?")
    say(case, "officer", "Yes to both.")
    first, second, answer = messages(case)
    assert (first.answer_id, second.answer_id, answer.owed_by) == (answer.id, answer.id, None)


def test_what_came_while_the_officer_was_writing_is_not_answered_by_it(app):
    case = make.in_review()
    seen = uuid.UUID(say(case, "drafter"))
    say(case, "drafter", "One thing more.")
    say(case, "officer", "Yes.", seen=seen)
    assert [row.answer_id is None for row in messages(case)] == [False, True, True]


def test_words_can_leave_what_waits_waiting(app):
    case = make.in_review()
    say(case, "drafter")
    say(case, "officer", "You hear from us next week.", answering=False)
    assert waiting(case) == [KINDS.MESSAGE]


def test_the_office_can_ask_for_an_answer_and_the_state_gives_it(app):
    case = make.accepted()
    say(case, "officer", "Which week suits you?", kind=KINDS.ANSWER_WANTED)
    assert waiting(case) == [KINDS.ANSWER_WANTED]
    say(case, "drafter", "The second one.")
    assert waiting(case) == []


def test_a_question_of_the_office_that_answers_still_waits_itself(app):
    case = make.accepted()
    say(case, "drafter")
    say(case, "officer", "How many come?", kind=KINDS.ANSWER_WANTED)
    assert waiting(case) == [KINDS.ANSWER_WANTED]


def test_only_who_has_the_request_and_managers_speak_for_the_office(app):
    case = make.in_review()
    with pytest.raises(Forbidden, match="Only the officer who has this request"):
        services.write_message(case.public_id, actor=accounts.person("triage_officer").actor, body="Hello")
    say(case, "manager", "Hello")


def test_any_officer_answers_while_nobody_has_the_request(app):
    case = make.submitted()
    say(case, "officer", "Received.")
    assert len(messages(case)) == 1


@pytest.mark.parametrize("role", ["auditor", "finance_officer"])
def test_who_only_reads_does_not_write(app, role):
    case = make.in_review()
    with pytest.raises(Forbidden):
        services.write_message(case.public_id, actor=accounts.person(role).actor, body="Hello")


def test_a_recused_officer_does_not_write(app):
    case = make.in_review()
    handling.recuse(case.public_id, actor=case.manager, version=case.version, reason="My sister works there.")
    with pytest.raises((Forbidden, NotFound)):
        say(case, "manager", "Hello")


def test_another_state_and_a_donor_find_nothing(app):
    case = make.in_review()
    for stranger in (accounts.person("focal_point", of="GHA"), accounts.person("donor_officer")):
        with pytest.raises(NotFound):
            services.write_message(case.public_id, actor=stranger.actor, body="Hello")


def test_nothing_is_sent_without_words(app):
    case = make.in_review()
    with pytest.raises(Invalid):
        say(case, "drafter", "  \n ")
    assert messages(case) == []


def test_a_state_cannot_write_what_is_the_offices(app):
    case = make.in_review()
    with pytest.raises(Invalid):
        say(case, "drafter", kind=KINDS.ANSWER_WANTED)
    with pytest.raises(Invalid):
        say(case, "officer", kind=KINDS.NO_ANSWER)


def test_a_paper_goes_through_the_checks_of_files_and_stays_with_the_request(app):
    case = make.in_review()
    say(case, "drafter", "Letter of the committee on laws", kind=KINDS.PAPER, upload=paper())
    (row,) = messages(case)
    kept = db.session.get_one(File, row.file_id)
    assert (kept.subject_type, kept.subject_id, kept.name) == ("request", case.now.id, "room-offer.pdf")
    with pytest.raises(Invalid):
        say(case, "drafter", "A programme", kind=KINDS.PAPER, upload=paper("program.exe"))
    with pytest.raises(Invalid):
        say(case, "drafter", "Nothing", kind=KINDS.PAPER)
    assert len(messages(case)) == 1


def test_the_language_of_the_words_is_the_writers(app):
    case = make.in_review(make.People(kept={"focal_point": accounts.person("focal_point", language="fr")}))
    say(case, "drafter", "Une magistrate peut-elle venir ?")
    assert messages(case)[0].language == "fr"


def test_an_officer_can_say_that_a_message_needs_no_answer(app):
    case = make.in_review()
    asked = uuid.UUID(say(case, "drafter", "Thank you."))
    services.needs_no_answer(case.public_id, asked, actor=case.officer)
    assert [row.kind for row in messages(case)] == [KINDS.MESSAGE, KINDS.NO_ANSWER]
    assert waiting(case) == []
    with pytest.raises(Conflict, match="answered already"):
        services.needs_no_answer(case.public_id, asked, actor=case.officer)


def test_what_asks_for_a_yes_cannot_be_left_without_an_answer(app):
    case = make.in_clarification()
    asked = uuid.UUID(more_time(case))
    with pytest.raises(Conflict, match="has to be answered"):
        services.needs_no_answer(case.public_id, asked, actor=case.officer)


def test_a_message_of_another_request_is_not_found(app):
    case, other = make.in_review(), make.in_review()
    asked = uuid.UUID(say(other, "drafter"))
    with pytest.raises(NotFound):
        services.needs_no_answer(case.public_id, asked, actor=case.officer)


@pytest.mark.parametrize("model", [Message, MessageAnswer])
def test_what_was_said_is_never_changed_and_never_taken_away(app, model):
    case = make.in_review()
    say(case, "drafter")
    say(case, "officer", "Yes.")
    with pytest.raises(RowsNeverChange), transaction():
        update_where(model, sa.true(), **{"body" if model is Message else "answer_id": "1"})
    for statement in (f"UPDATE {model.__tablename__} SET {'body' if model is Message else 'answer_id'} = '1'",
                      f"DELETE FROM {model.__tablename__}"):  # fmt: skip
        with pytest.raises(sa.exc.DBAPIError), transaction() as session:
            session.execute(sa.text(statement))
    assert messages(case)[0].body == "Can the second group be taught in Kisumu?"


def test_sent_twice_it_is_said_once(app):
    case, key = make.in_review(), str(uuid.uuid4())
    assert say(case, "drafter", key=key) == say(case, "drafter", key=key)
    assert len(messages(case)) == 1


def test_the_verbs_are_known_by_their_names():
    assert verb("write_message") is services.write_message


def test_a_strictly_confidential_request_is_written_about_by_its_circle_only(app):
    case = make.submitted(marking="strictly_confidential")
    say(case, "drafter")
    with pytest.raises(NotFound):
        say(case, "officer", "Hello")
    say(case, "manager", "Received.")
    assert db.session.get_one(AssistanceRequest, case.now.id).marking == "strictly_confidential"
