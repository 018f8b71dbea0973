"""What a State asks for with a message: more time, an amendment, to be heard; and how the office answers."""

import uuid
from datetime import timedelta

import pytest

from tests.assistance.conftest import events
from tests.assistance.messages.conftest import KINDS, amendment, messages, more_time, paper, say, waiting
from tests.factories import assistance as make
from tests.triage.cases import clocks
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.clocks import read
from tracker.assistance.decision import services as decision
from tracker.assistance.implementation import services as implementation
from tracker.assistance.messages import services
from tracker.calendar import working_days
from tracker.calendar.now import today
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.reference import services as reference


def open_questions(case):
    return {row.id: "Forty." for row in _questions(case)}


def _questions(case):
    from tracker.assistance import queries
    from tracker.extensions import db

    found = queries.open_clarification(queries.get_visible(case.public_id, case.drafter)).questions
    db.session.rollback()
    return found


class TestMoreTime:
    def test_a_yes_gives_the_clock_the_day_and_keeps_the_one_before(self, app):
        case = make.in_clarification()
        before = working_days.day_of(clocks(case)["answer"].due_at)
        asked = uuid.UUID(more_time(case, 60))
        assert working_days.day_of(clocks(case)["answer"].due_at) == before
        services.give_time(case.public_id, asked, actor=case.officer, version=case.version, body="Agreed.")
        clock = clocks(case)["answer"]
        day = today() + timedelta(days=60)
        assert (working_days.day_of(clock.due_at), clock.due_before) == (day, before)
        assert working_days.day_of(case.now.due_at) == day
        reading = read(clock, frozenset())
        assert (reading.due_on, reading.due_before, reading.used) == (day, before, 0)
        answer = messages(case)[-1]
        assert (answer.kind, answer.day, answer.day_before) == (KINDS.TIME_GIVEN, day, before)
        assert waiting(case) == []

    def test_the_day_that_was_given_stays_when_the_rule_or_a_holiday_changes(self, app):
        case = make.in_clarification()
        services.give_time(case.public_id, uuid.UUID(more_time(case, 60)), actor=case.officer, version=case.version)
        administrator = make.accounts.person("administrator").actor
        reference.set_clock(actor=administrator, clock="answer", working_days=30, valid_from=today())
        reference.add_holiday(
            actor=administrator, day=today() + timedelta(days=10), name_en="Day of rest", name_fr="Repos"
        )
        assert working_days.day_of(clocks(case)["answer"].due_at) == today() + timedelta(days=60)

    def test_a_no_has_a_reason_and_moves_nothing(self, app):
        case = make.in_clarification()
        before = clocks(case)["answer"].due_at
        asked = uuid.UUID(more_time(case))
        with pytest.raises(Invalid) as refused:
            services.refuse_message(case.public_id, asked, actor=case.officer, version=case.version, reason=" ")
        assert "reason" in refused.value.fields
        services.refuse_message(
            case.public_id, asked, actor=case.officer, version=case.version, reason="The session is in three weeks."
        )
        assert clocks(case)["answer"].due_at == before
        assert (messages(case)[-1].kind, waiting(case)) == (KINDS.REFUSED, [])
        with pytest.raises(Conflict, match="answered already"):
            services.give_time(case.public_id, asked, actor=case.officer, version=case.version)

    def test_it_is_asked_once_at_a_time_and_again_after_the_answer(self, app):
        case = make.in_clarification()
        asked = uuid.UUID(more_time(case))
        with pytest.raises(Conflict, match="asked for already"):
            more_time(case)
        services.refuse_message(case.public_id, asked, actor=case.officer, version=case.version, reason="No.")
        more_time(case)

    @pytest.mark.parametrize("days", [-1, 0, 1, 400])
    def test_a_day_that_gives_no_time_is_refused_in_a_sentence(self, app, days):
        case = make.in_clarification()
        with pytest.raises(Invalid) as refused:
            more_time(case, days)
        assert "day" in refused.value.fields
        assert messages(case) == []

    def test_where_nothing_is_asked_there_is_no_time_to_give(self, app):
        case = make.in_review()
        with pytest.raises(Forbidden):
            more_time(case)

    def test_the_answers_make_it_needless(self, app):
        case = make.in_clarification()
        asked = uuid.UUID(more_time(case))
        clarification.answer(case.public_id, actor=case.drafter, version=case.version, replies=open_questions(case))
        assert [row.kind for row in messages(case)] == [KINDS.MORE_TIME, KINDS.OVERTAKEN]
        assert events(case)[-2:] == ["assistance.more_time_asked", "assistance.answered"]
        with pytest.raises(Conflict):
            services.give_time(case.public_id, asked, actor=case.officer, version=case.version)

    def test_words_do_not_answer_it(self, app):
        case = make.in_clarification()
        more_time(case)
        say(case, "officer", "We read it.")
        assert waiting(case) == [KINDS.MORE_TIME]


class TestAmendmentWanted:
    def test_the_authority_asks_with_its_note_and_nothing_changes_yet(self, app):
        case = make.accepted()
        before = case.now
        amendment(case)
        assert case.now == before
        (row,) = messages(case)
        assert (row.note_reference, row.owed_by, row.file_id is not None) == ("KEN/VIE/117", "office", True)

    def test_a_focal_point_alone_cannot_ask(self, app):
        case = make.accepted()
        with pytest.raises(Forbidden, match="authorising officer"):
            services.want_amendment(case.public_id, actor=case.drafter, body="Less.", note=make.note(file=paper()))

    @pytest.mark.parametrize(
        ("field", "changes"),
        [
            ("dated", {"dated": today() + timedelta(days=1)}),
            ("file", {"file": None}),
            ("issuer", {"issuer": " "}),
            ("note_reference", {"reference": ""}),
        ],
    )
    def test_a_note_that_is_not_whole_is_refused_at_its_field(self, app, field, changes):
        case = make.accepted()
        with pytest.raises(Invalid) as refused:
            amendment(case, **changes)
        assert field in refused.value.fields
        assert messages(case) == []

    def test_an_amendment_that_was_prepared_from_it_answers_it_once_it_is_signed(self, app):
        case = make.accepted()
        wanted = uuid.UUID(amendment(case))
        terms = decision.Amendment(reasons="As the note asks.", amount_minor=5_000_000, wanted=wanted)
        prepared = decision.prepare_amendment(case.public_id, actor=case.officer, version=case.version, amendment=terms)
        assert waiting(case) == [KINDS.AMENDMENT]
        decision.amend(case.public_id, actor=case.manager, version=case.version, decision=uuid.UUID(prepared))
        assert [row.kind for row in messages(case)] == [KINDS.AMENDMENT, KINDS.AMENDED]
        assert waiting(case) == []

    def test_another_amendment_leaves_it_waiting(self, app):
        case = make.accepted()
        amendment(case)
        terms = decision.Amendment(reasons="Prices fell.", amount_minor=5_000_000)
        prepared = decision.prepare_amendment(case.public_id, actor=case.officer, version=case.version, amendment=terms)
        decision.amend(case.public_id, actor=case.manager, version=case.version, decision=uuid.UUID(prepared))
        assert waiting(case) == [KINDS.AMENDMENT]

    def test_what_was_refused_is_not_prepared_from_any_more(self, app):
        case = make.accepted()
        wanted = uuid.UUID(amendment(case))
        services.refuse_message(
            case.public_id, wanted, actor=case.officer, version=case.version, reason="No money is left."
        )
        terms = decision.Amendment(reasons="As the note asks.", amount_minor=5_000_000, wanted=wanted)
        with pytest.raises(Conflict, match="answered already"):
            decision.prepare_amendment(case.public_id, actor=case.officer, version=case.version, amendment=terms)

    def test_withdrawing_the_request_makes_it_needless(self, app):
        case = make.accepted()
        amendment(case)
        authorisation.withdraw(case.public_id, actor=case.authority, version=case.version, reason="Found elsewhere.")
        assert waiting(case) == []

    def test_there_must_be_terms(self, app):
        case = make.in_review()
        with pytest.raises(Forbidden):
            amendment(case)


class TestNotAsDescribed:
    def test_an_officer_has_to_answer_in_words(self, app):
        case = make.delivered()
        first, second = make.activities(case)
        asked = services.say_not_as_described(
            case.public_id, actor=case.drafter, body="Twelve came, not sixty.", activity=first.public_id, upload=paper()
        )
        with pytest.raises(Conflict, match="has to be answered"):
            services.needs_no_answer(case.public_id, uuid.UUID(asked), actor=case.officer)
        say(case, "officer", "We counted both days; the record will say so.")
        assert waiting(case) == []
        with pytest.raises(Invalid):
            services.say_not_as_described(
                case.public_id, actor=case.drafter, body="Not yet.", activity=second.public_id
            )

    def test_the_delivery_can_still_be_confirmed(self, app):
        case = make.delivered()
        first = make.activities(case)[0].public_id
        services.say_not_as_described(case.public_id, actor=case.drafter, body="Twelve came.", activity=first)
        implementation.confirm_implementation(case.public_id, actor=case.drafter, activity_public_id=first, rating=3)
        assert waiting(case) == [KINDS.NOT_AS_DESCRIBED]

    def test_before_anything_was_given_there_is_nothing_to_say(self, app):
        case = make.accepted()
        with pytest.raises(Forbidden):
            services.say_not_as_described(case.public_id, actor=case.drafter, body="No.", activity=uuid.uuid4())


def test_when_a_request_is_over_everything_may_rest(app):
    case = make.accepted()
    wanted = uuid.UUID(amendment(case))
    with pytest.raises(Conflict):
        services.needs_no_answer(case.public_id, wanted, actor=case.officer)
    case = make.in_clarification()
    asked = uuid.UUID(more_time(case))
    authorisation.withdraw(case.public_id, actor=case.authority, version=case.version, reason="Found elsewhere.")
    with pytest.raises(Conflict, match="answered already"):
        services.needs_no_answer(case.public_id, asked, actor=case.officer)
