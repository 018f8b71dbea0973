"""Contrary acts at the same moment: one wins, one event, whatever the database."""

import threading
import uuid

import pytest
import sqlalchemy as sa

from tests.factories import assistance as make
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.decision import services as decision_services
from tracker.assistance.handling import services as handling
from tracker.assistance.lifecycle import Outcome
from tracker.errors import Conflict, DomainError, Forbidden
from tracker.events import Event
from tracker.extensions import db

PEOPLE_AT_ONCE = 50


def all_at_once(app, acts) -> list[object]:
    """Run every act in a thread of its own behind one barrier; gives what each came to."""
    barrier = threading.Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def run(position: int, act) -> None:
        with app.app_context():
            barrier.wait()
            try:
                act()
                outcomes[position] = "done"
            except DomainError as refused:
                outcomes[position] = refused
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return outcomes


def names_of(case) -> list[str]:
    return list(db.session.scalars(sa.select(Event.name).where(Event.subject_id == case.now.id).order_by(Event.id)))


def hold(outcomes: list[object]) -> None:
    """Exactly one act was done; the others were told why not."""
    assert outcomes.count("done") == 1
    assert all(o == "done" or isinstance(o, (Conflict, Forbidden)) for o in outcomes), outcomes


@pytest.mark.fault
def test_take_up_and_return_at_once_have_one_winner(app, people):
    case = make.submitted(people)
    before, version, actor = names_of(case), case.version, case.officer

    def take_up():
        handling.take_up(case.public_id, actor=actor, version=version)

    def return_note():
        handling.return_note(case.public_id, actor=actor, version=version, reason="Not in order.")

    db.session.rollback()
    hold(all_at_once(app, [take_up, return_note] * (PEOPLE_AT_ONCE // 2)))
    assert len(names_of(case)) == len(before) + 1
    assert case.now.version == version + 1


@pytest.mark.fault
def test_sign_and_drop_and_ask_at_once_have_one_winner(app, people):
    case = make.in_review(people)
    decision = uuid.UUID(
        decision_services.prepare_decision(
            case.public_id,
            actor=case.officer,
            version=case.version,
            proposal=decision_services.Proposal(outcome=Outcome.DECLINED, reasons="Outside the mandate."),
        )
    )
    before, version, actor = names_of(case), case.version, case.manager

    def sign():
        decision_services.sign_decision(case.public_id, actor=actor, version=version, decision=decision)

    def drop():
        decision_services.drop_decision(case.public_id, actor=actor, version=version, reason="No.")

    def ask():
        clarification.ask_clarification(
            case.public_id, actor=actor, version=version, questions=[("problem", "How many?")]
        )

    db.session.rollback()
    hold(all_at_once(app, ([sign, drop, ask] * PEOPLE_AT_ONCE)[:PEOPLE_AT_ONCE]))
    assert len(names_of(case)) == len(before) + 1


@pytest.mark.fault
def test_an_amendment_is_signed_or_dropped_or_the_request_withdrawn(app, people):
    case = make.accepted(people)
    amendment = decision_services.Amendment(
        reasons="More is needed.", amount_minor=12_000_000, amount_reason="Prices rose."
    )
    made = decision_services.prepare_amendment(
        case.public_id, actor=case.officer, version=case.version, amendment=amendment
    )
    before, version, manager, authority = names_of(case), case.version, case.manager, case.authority

    def sign():
        decision_services.amend(case.public_id, actor=manager, version=version, decision=uuid.UUID(made))

    def drop():
        decision_services.drop_amendment(case.public_id, actor=manager, version=version, reason="No.")

    def withdraw():
        authorisation.withdraw(case.public_id, actor=authority, version=version, reason="Another partner helps.")

    db.session.rollback()
    hold(all_at_once(app, ([sign, drop, withdraw] * PEOPLE_AT_ONCE)[:PEOPLE_AT_ONCE]))
    assert len(names_of(case)) == len(before) + 1
    assert case.now.version == version + 1


@pytest.mark.fault
def test_two_officers_prepare_at_once_and_one_decision_waits(app, people):
    case = make.in_review(people)
    version, officer, manager = case.version, case.officer, case.manager

    def prepare(actor):
        return lambda: decision_services.prepare_decision(
            case.public_id,
            actor=actor,
            version=version,
            proposal=decision_services.Proposal(outcome=Outcome.DECLINED, reasons="Outside the mandate."),
        )

    db.session.rollback()
    hold(all_at_once(app, [prepare(officer), prepare(manager)] * 10))
