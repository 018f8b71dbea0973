"""Contrary acts at the same moment: what one of them decides, the other has to accept."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.factories import pledges as make
from tracker.errors import DomainError
from tracker.extensions import db
from tracker.pledges import reactions, services, verification


def at_once(app, *acts) -> list[object]:
    """Do every act in a thread of its own, all at the same moment; what each gave or how it was refused."""
    start = Barrier(len(acts))

    def do(act):
        with app.app_context():
            start.wait()
            try:
                return act()
            except DomainError as refusal:
                return refusal
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_eight_allocators_get_what_is_there_and_no_more(app, people):
    pledge, request = make.funded(people, make.terms(113_00)), make.request_of()
    plans = [make.planned(people, pledge, request, 30_00) for _ in range(8)]
    finance = people.finance.actor
    acts = [lambda plan=plan: services.approve_allocation(plan, actor=finance, version=1) for plan in plans]
    answers = at_once(app, *acts)
    assert answers.count(None) == 3
    assert all(isinstance(answer, DomainError) for answer in answers if answer is not None)
    assert reactions.held_for(request.id) == 90_00
    assert verification.verify().first_wrong is None


@pytest.mark.parametrize("_again", range(5))
def test_no_money_stays_held_for_a_request_that_ends_meanwhile(app, people, _again):
    pledge, request = make.funded(people), make.request_of()
    plan, finance = make.planned(people, pledge, request, 30_00), people.finance.actor
    at_once(
        app,
        lambda: services.approve_allocation(plan, actor=finance, version=1),
        lambda: make.release(request),
    )
    assert reactions.held_for(request.id) == 0
    assert verification.verify().first_wrong is None


def test_one_press_of_two_buttons_pays_once(app, people):
    pledge, request = make.funded(people), make.request_of()
    allocation, finance = make.allocated(people, pledge, request, 30_00), people.finance.actor
    payment = services.Payment(30_00, make.today(), "FIN-1", "supplier", "cash")
    key = "0f0e0d0c-0b0a-4009-8807-060504030201"
    answers = at_once(app, *[lambda: services.disburse(allocation, key=key, actor=finance, payment=payment)] * 4)
    assert len(set(map(str, answers))) == 1
    assert verification.verify().first_wrong is None
