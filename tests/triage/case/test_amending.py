"""Amendments: after acceptance the terms change as they were decided, by two persons, and what was signed stays."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tests.factories import pledges as money
from tests.triage.cases import page
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.decision import services as decision_services
from tracker.assistance.implementation import services as implementation
from tracker.assistance.models import Decision
from tracker.errors import Invalid
from tracker.events import Event
from tracker.extensions import db
from tracker.pledges.queries import funding_of

MANDATE = "It fits the mandate."
FIVE_DAYS = "A second course of five days."
ARGUED = {"human_rights": make.CONSIDERED["human_rights"], "amount_reason": "Prices rose."}


def text_of(answer) -> str:
    return answer.get_data(as_text=True).replace("\u00a0", " ")


def rows(case) -> list[Decision]:
    found = db.session.scalars(
        sa.select(Decision)
        .where(Decision.request_id == case.now.id)
        .order_by(Decision.id)
        .execution_options(populate_existing=True)
    ).all()
    db.session.rollback()
    return list(found)


def names(case) -> list[str]:
    about = sa.and_(Event.subject_type == "request", Event.subject_id == case.now.id)
    found = list(db.session.scalars(sa.select(Event.name).where(about).order_by(Event.id)))
    db.session.rollback()
    return found


def funding(case):
    found = funding_of([case.now.id])[case.now.id]
    db.session.rollback()
    return found


def prepared(case, *, amount_minor: int = 12_000_000, **facts) -> uuid.UUID:
    """An amendment that `officer` prepared."""
    terms = {"reasons": FIVE_DAYS, "amount_minor": amount_minor, "amount_reason": "Prices rose.", **facts}
    amendment = decision_services.Amendment(**terms)
    made = decision_services.prepare_amendment(
        case.public_id, actor=case.officer, version=case.version, amendment=amendment
    )
    return uuid.UUID(made)


def amended(case, **facts) -> None:
    decision = prepared(case, **facts)
    decision_services.amend(case.public_id, actor=case.manager, version=case.version, decision=decision)


class TestTheTwoPersonWay:
    @pytest.mark.parametrize("status", ["accepted", "in_implementation"])
    def test_an_officer_prepares_and_a_manager_signs(self, officer, manager, people, status):
        case = make.IN_EVERY_STATUS[status](people)
        before = case.version
        shown = text_of(officer.get(page(case, "amendment")))
        assert "In force now: USD 96,500." in shown
        done = officer.post(
            page(case, "amendment"), amount="120,000", scope="Two courses", conditions="", reasons=FIVE_DAYS, **ARGUED
        )
        assert done.status_code == 302
        assert rows(case)[0].id == case.now.decision_id
        text = text_of(manager.get(page(case, "amendment/sign")))
        assert "96,500" in text
        assert "120,000" in text
        assert FIVE_DAYS in text
        assert "Kenya" in text[text.index("Who will be told") :]
        assert manager.post(page(case, "amendment/sign")).status_code == 302
        assert (case.now.status, case.now.version) == (status, before + 2)
        first, second = rows(case)
        assert case.now.decision_id == second.id
        assert (first.amount_minor, first.reasons, first.signed_at is not None) == (9_650_000, MANDATE, True)
        assert (second.amends_id, second.amount_minor, second.scope) == (first.id, 12_000_000, "Two courses")
        assert (second.prepared_by_id, second.signed_by_id) == (people.officer.person_id, people.manager.person_id)
        assert funding(case).approved_minor == 12_000_000
        assert names(case)[-2:] == ["assistance.amendment_prepared", "assistance.amended"]

    def test_nobody_signs_their_own(self, manager, people):
        case = make.accepted(people)
        manager.post(page(case, "amendment"), amount="1", reasons=FIVE_DAYS, **ARGUED)
        assert manager.get(page(case, "amendment/sign")).status_code == 403
        answer = manager.client.post(page(case, "amendment/sign"), data={"version": case.version})
        assert answer.status_code == 403
        assert "somebody else must sign it" in text_of(answer)
        assert funding(case).approved_minor == 9_650_000

    def test_an_officer_does_not_sign_and_whoever_recused_does_nothing(self, officer, desk, manager, people):
        case = make.accepted(people)
        prepared(case)
        assert desk(accounts.person("triage_officer")).get(page(case, "amendment/sign")).status_code == 403
        manager.post(page(case, "recuse"), reason="My sister works there.")
        answer = manager.get(page(case, "amendment/sign"))
        assert answer.status_code == 404
        officer.post(page(case, "recuse"), reason="Mine too.")
        assert officer.get(page(case, "amendment")).status_code == 404
        assert officer.get(page(case, "amendment/drop")).status_code == 404

    def test_a_manager_drops_it_with_a_reason(self, officer, manager, people):
        case = make.accepted(people)
        prepared(case)
        assert officer.get(page(case, "amendment")).status_code == 409
        assert (
            people.officer.name in text_of(manager.get(page(case, "amendment/drop"))).partition("Who will be told")[2]
        )
        assert manager.post(page(case, "amendment/drop")).status_code == 422
        assert manager.post(page(case, "amendment/drop"), reason="Too much.").status_code == 302
        assert manager.get(page(case, "amendment/sign")).status_code == 409
        assert "Too much." in text_of(officer.get(page(case)))
        assert (funding(case).approved_minor, names(case)[-1]) == (9_650_000, "assistance.amendment_dropped")
        prepared(case)  # another one can be prepared

    def test_it_waits_in_the_queue_of_what_is_to_be_signed(self, manager, people):
        case = make.accepted(people, title="Course that waits")
        assert "Course that waits" not in text_of(manager.get("/triage/queue?unsigned=1"))
        prepared(case)
        assert "Course that waits" in text_of(manager.get("/triage/queue?unsigned=1"))
        text = text_of(manager.get(page(case)))
        assert f"{case.officer.name} waits for the signature of a programme manager" in text
        assert "signs the prepared amendment, or drops it" in text

    def test_an_amendment_is_amended_in_its_turn(self, officer, people):
        case = make.accepted(people)
        amended(case, amount_minor=12_000_000)
        amended(case, amount_minor=8_000_000, conditions="No travel.")
        first, second, third = rows(case)
        assert (second.amends_id, third.amends_id, case.now.decision_id) == (first.id, second.id, third.id)
        text = text_of(officer.get(page(case)))
        text = text[text.index("h-decision") :]
        assert text.index("80,000") < text.index("120,000") < text.index("96,500")


CLOSED_TO_IT = set(make.IN_EVERY_STATUS) - {"accepted", "in_implementation", "draft", "awaiting_authorisation"}


class TestWhatIsRefused:
    @pytest.mark.parametrize("status", sorted(CLOSED_TO_IT))
    def test_in_another_status_with_the_sentence(self, officer, people, status):
        answer = officer.get(page(make.IN_EVERY_STATUS[status](people), "amendment"))
        assert answer.status_code == 403
        assert "Not possible at this stage of the request." in text_of(answer)

    def test_what_was_not_accepted_here(self, officer, people):
        taken_over = money.request_of()
        answer = officer.get(f"/triage/requests/{taken_over.public_id}/amendment")
        assert answer.status_code == 403
        assert "there is no decision to amend" in text_of(answer)

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"amount": "100", "reasons": " "}, "Write a few words here."),
            ({"amount": "", "reasons": "x"}, "Write the amount"),
            ({"amount": "-5", "reasons": "x"}, "amount"),
            ({"amount": "many", "reasons": "x"}, "amount"),
            ({"amount": "96,500", "reasons": "x"}, "Nothing differs from the terms in force."),
        ],
    )
    def test_says_what_is_missing_and_keeps_what_was_typed(self, officer, people, values, message):
        case = make.accepted(people)
        scope = "" if values["amount"] == "96,500" else "KEPT"
        answer = officer.post(page(case, "amendment"), scope=scope, conditions="", **ARGUED, **values)
        assert answer.status_code == 422
        assert message in text_of(answer)
        assert scope in text_of(answer)
        assert len(rows(case)) == 1

    def test_lines_that_a_browser_ends_differently_are_no_change(self, officer, people):
        case = make.accepted(people)
        amended(case, scope="One\nTwo")
        answer = officer.post(
            page(case, "amendment"), amount="120,000", scope="One\r\nTwo ", conditions="", reasons="x", **ARGUED
        )
        assert answer.status_code == 422

    def test_an_old_page_shows_both_terms(self, officer, people):
        case = make.accepted(people)
        hidden = officer.hidden(page(case, "amendment"))
        decision_services.prepare_amendment(
            case.public_id,
            actor=case.manager,
            version=case.version,
            amendment=decision_services.Amendment(reasons="THEIR REASONS", amount_minor=5_000_000, scope="THEIR SCOPE"),
        )
        mine = {"amount": "100,000", "scope": "MY SCOPE", "conditions": "", "reasons": "MY REASONS", **ARGUED}
        answer = officer.client.post(page(case, "amendment"), data={**hidden, **mine})
        assert answer.status_code == 409
        text = text_of(answer)
        assert all(words in text for words in ("MY SCOPE", "THEIR SCOPE", "MY REASONS", "THEIR REASONS", "50,000"))

    def test_a_replaced_amendment_is_not_signed_by_mistake(self, manager, people):
        case = make.accepted(people)
        prepared(case)
        read = manager.hidden(page(case, "amendment/sign"))
        decision_services.drop_amendment(
            case.public_id, actor=case.officer, version=case.version, reason="Other amount."
        )
        prepared(case, amount_minor=99_000_000)
        assert manager.client.post(page(case, "amendment/sign"), data=read).status_code == 409
        fresh = {**read, "version": case.version}
        assert manager.client.post(page(case, "amendment/sign"), data=fresh).status_code == 409
        assert funding(case).approved_minor == 9_650_000

    def test_a_decision_is_not_signed_or_dropped_by_the_other_way(self, manager, people):
        case = make.accepted(people)
        prepared(case)
        assert manager.get(page(case, "sign")).status_code == 403
        assert manager.get(page(case, "drop-decision")).status_code == 403

    def test_the_state_waits_for_nothing_that_it_was_not_told_of(self, officer, people):
        case = make.accepted(people)
        prepared(case)
        text = text_of(officer.get(page(case)))
        assert f"{case.officer.name} waits for the signature of a programme manager since" in text
        assert "Kenya hears of the amendment once it is signed." in text
        assert "Kenya waits for the signature" not in text

    def test_completing_waits_for_the_signature(self, manager, people):
        case = make.delivered(people)
        prepared(case)
        assert "An amendment waits for a signature" in text_of(manager.get(page(case, "complete")))
        with pytest.raises(Invalid):
            implementation.complete(case.public_id, actor=case.manager, version=case.version)
        amended_by = rows(case)[-1].public_id
        decision_services.amend(case.public_id, actor=case.manager, version=case.version, decision=amended_by)
        assert manager.post(page(case, "complete")).status_code == 302

    def test_a_withdrawal_drops_it(self, people):
        case = make.accepted(people)
        prepared(case)
        authorisation.withdraw(
            case.public_id, actor=case.authority, version=case.version, reason="Another partner helps."
        )
        assert rows(case)[-1].dropped_at is not None
