"""What was decided, answered and given as a reason stays on both sides' pages, in order and in its own words."""

import re
import uuid

import pytest
import sqlalchemy as sa

from tests.assistance.clarification.test_answering import ids
from tests.assistance.clarification.test_handing_over import plain
from tests.factories import accounts
from tests.factories import assistance as make
from tests.services.people import sign_in
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.decision import services as decision
from tracker.assistance.handling import services as handling
from tracker.assistance.implementation import services as implementation
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import GivenReason
from tracker.calendar.now import today
from tracker.database.append_only import RowsNeverChange
from tracker.database.transactions import transaction

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def card(app):
    """The card as somebody reads it: `card(someone, case)`; empty when the page has none."""

    def read(someone, case) -> str:
        office = someone in (case.people.officer, case.people.manager)
        address = f"/triage/requests/{case.public_id}" if office else case.url
        page = sign_in(app.test_client(), someone).get(address)
        assert page.status_code == 200
        found = re.search(r'<section class="card" aria-labelledby="answers">.*?</ol>', page.text, re.DOTALL)
        return found[0] if found else ""

    return read


def said_in_order(text: str, *words: str) -> bool:
    """Whether the words stand in the text in this order."""
    places = [plain(text).find(each) for each in words]
    return -1 not in places and places == sorted(places)


def returned_twice():
    """A request whose note came back, which its authority then sent back to the drafter; on its way again."""
    case = make.submitted()
    handling.return_note(case.public_id, actor=case.officer, version=case.version, reason="Another reference.")
    authorisation.return_to_draft(case.public_id, actor=case.authority, version=case.version, reason="Add the courts.")
    authorisation.ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
    authorisation.submit(case.public_id, actor=case.authority, version=case.version, note=make.note())
    handling.take_up(case.public_id, actor=case.officer, version=case.version)
    return case


def declined_and_reopened(people=None):
    case = make.declined(people, reasons="Outside the mandate of the fund.")
    decision.reopen(case.public_id, actor=case.authority, version=case.version, reason="The mandate covers courts.")
    return case


def test_returns_keep_their_words_when_the_request_goes_on(card):
    case = returned_twice()
    for reader in (case.people.drafter, case.people.authority):
        assert said_in_order(card(reader, case), "Another reference.", "Add the courts.", "review begun")
    assert "UNODC" in card(case.people.drafter, case)
    assert case.people.officer.name not in card(case.people.drafter, case)


def test_the_office_reads_that_a_draft_went_back_but_not_the_authoritys_words(card):
    case = returned_twice()
    read = card(case.people.officer, case)
    assert said_in_order(read, "Another reference.", "Returned to the drafter in the State", "taken up")
    assert "Add the courts." not in read
    assert case.people.officer.name in read


def test_a_decline_and_the_second_look_stay_on_both_sides(card):
    case = declined_and_reopened()
    another = accounts.person("triage_officer").actor
    proposal = decision.Proposal(
        Outcome.ACCEPTED, "It fits after all.", 5_000_000, "Courts", "Names by May.", **make.CONSIDERED
    )
    prepared = decision.prepare_decision(case.public_id, actor=another, version=case.version, proposal=proposal)
    words = ("Outside the mandate of the fund.", "The mandate covers courts.")
    for reader in (case.people.drafter, case.people.officer):
        assert said_in_order(card(reader, case), *words)
        assert "It fits after all." not in card(reader, case)
    manager = accounts.person("programme_manager").actor
    decision.sign_decision(case.public_id, actor=manager, version=case.version, decision=uuid.UUID(prepared))
    authorisation.withdraw(case.public_id, actor=case.authority, version=case.version, reason="Found elsewhere.")
    terms = ("Amount USD 50,000", "Scope Courts", "Conditions Names by May.", "Reasons It fits after all.")
    for reader in (case.people.drafter, case.people.officer):
        assert said_in_order(card(reader, case), *words, *terms, "Found elsewhere.")


def test_answers_show_the_values_before_and_now_to_the_state_too(card):
    case = make.in_clarification(questions=(("dates", "Does it fit the recess?"),))
    (question,) = ids()
    dates = {"starts_on": f"{today().year + 1}-06-01", "ends_on": f"{today().year + 1}-06-12", "place": "Nairobi"}
    clarification.answer(
        case.public_id,
        actor=case.authority,
        version=None,
        replies={question: "In June."},
        values={"dates": dates},
    )
    year = today().year + 1
    for reader in (case.people.drafter, case.people.officer):
        asked = ("Question Does it fit the recess?", "Answer In June.")
        assert said_in_order(card(reader, case), *asked, f"Before 3–14 May {year}", f"Now 1–12 June {year}")
        assert "Nairobi" not in card(reader, case)


def test_questions_do_not_go_with_a_withdrawal(card):
    case = make.in_clarification(questions=(("problem", "How many cases?"),))
    (question,) = ids()
    clarification.save_answers(case.public_id, actor=case.drafter, version=None, replies={question: "About forty"})
    assert "How many cases?" not in card(case.people.drafter, case)
    authorisation.withdraw(case.public_id, actor=case.authority, version=case.version, reason="Too late.")
    assert said_in_order(
        card(case.people.drafter, case), "How many cases?", "Answer, not sent About forty", "Too late."
    )
    assert "How many cases?" in card(case.people.officer, case)
    assert "About forty" not in card(case.people.officer, case)


def test_a_rating_is_shown_back_with_its_comment(card):
    case = make.accepted()
    implementation.start_implementation(case.public_id, actor=case.manager, version=case.version)
    activity = uuid.UUID(implementation.plan_activity(case.public_id, actor=case.officer, title="First course"))
    result = implementation.Result(today(), "Nairobi", "Twenty prosecutors were trained.")
    implementation.record_implementation(case.public_id, activity, actor=case.officer, version=None, result=result)
    implementation.confirm_implementation(
        case.public_id, actor=case.drafter, activity_public_id=activity, rating=2, comment="Too short."
    )
    for reader in (case.people.drafter, case.people.officer):
        assert said_in_order(card(reader, case), "Rating 2 of 5: Hardly useful", "First course", "Too short.")


def test_words_are_shown_in_the_language_in_which_they_were_written(card):
    people = make.People(kept={"authorising_officer": accounts.person("authorising_officer", of="KEN", language="fr")})
    case = make.in_review(people)
    authorisation.withdraw(case.public_id, actor=case.authority, version=case.version, reason="Le projet est retiré.")
    for reader in (people.drafter, people.officer):
        assert 'lang="fr" dir="ltr">Le projet est retiré.' in card(reader, case)


def test_a_reason_is_never_changed():
    declined_and_reopened()
    with pytest.raises(RowsNeverChange), transaction() as session:
        session.scalars(sa.select(GivenReason)).one().reason = "Something else"
