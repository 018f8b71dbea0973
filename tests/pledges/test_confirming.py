"""Receipts and payments are confirmed by a second finance officer or by the finance system's entry, once."""

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.pledges.test_corrections import payment, step
from tests.pledges.test_races import at_once
from tracker.database.transactions import transaction
from tracker.errors import Conflict, DomainError, Forbidden
from tracker.extensions import db
from tracker.pledges import services
from tracker.pledges.models import Act, PostingConfirmation


def confirmed() -> list[tuple[str, int | None, str | None]]:
    c = PostingConfirmation
    rows = db.session.execute(sa.select(Act.name, c.confirmed_by_id, c.entry).join(c, c.act_id == Act.id)).all()
    db.session.rollback()
    return [tuple(row) for row in rows]


def test_somebody_else_confirms_what_was_recorded(people):
    allocation = make.allocated(people, make.funded(people), make.request_of(), 50_00)
    services.disburse(allocation, actor=people.finance.actor, payment=payment(20_00))
    for name in ("receipt", "disburse"):
        with pytest.raises(Forbidden) as refused:
            services.confirm_posting(step(name), actor=people.finance.actor)
        assert refused.value.refusal.code == "two_persons"
        db.session.rollback()
        services.confirm_posting(step(name), actor=people.other_finance.actor)
        with pytest.raises(Conflict):
            services.confirm_posting(step(name), actor=people.other_finance.actor)
        db.session.rollback()
    second = people.other_finance.actor.person_id
    assert confirmed() == [("receipt", second, None), ("disburse", second, None)]


def test_only_receipts_and_payments_that_stand_are_confirmed(people):
    make.funded(people)
    receipt = step("receipt")
    make.reverse(people, receipt)
    for act in (receipt, step("reversal"), step("accept")):
        with pytest.raises(Forbidden) as refused:
            services.confirm_posting(act, actor=people.other_finance.actor)
        assert refused.value.refusal.code == "status"
        db.session.rollback()
    assert confirmed() == []


def test_the_finance_systems_entries_confirm_once(people):
    make.funded(people)
    acts = dict.fromkeys(db.session.scalars(sa.select(Act.id)), "UMOJA 7")
    db.session.rollback()
    with transaction():
        assert services.confirm_by_entries(acts) == 1
        assert services.confirm_by_entries(acts) == 0
    assert confirmed() == [("receipt", None, "UMOJA 7")]


def test_two_who_confirm_at_once_confirm_once(app, people):
    make.funded(people)
    receipt, second = step("receipt"), people.other_finance.actor
    answers = at_once(app, *[lambda: services.confirm_posting(receipt, actor=second)] * 4)
    assert answers.count(None) == 1
    assert all(isinstance(answer, DomainError) for answer in answers if answer is not None)
    assert len(confirmed()) == 1
