"""Of which payments an account is kept, whether it was named in time, and that a lost key stops no act."""

import pytest
import sqlalchemy as sa

from tests.factories import pledges
from tests.participation.papers.test_erasing import over, proved, settled_at
from tests.participation.papers.test_papers import delegate_of
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.papers import services
from tracker.participation.papers.models import DelegatePapers
from tracker.participation.papers.services.proving import entries_of
from tracker.pledges.models import Act, Disbursement
from tracker.rights.actor import Actor
from tracker.sealing.models import SealedKey

__all__ = ["over"]


def last_act():
    found = db.session.scalars(
        sa.select(Act.public_id).join(Disbursement, Disbursement.act_id == Act.id).order_by(Act.id.desc()).limit(1)
    ).one()
    db.session.rollback()
    return found


def late(delegate_id: int) -> list[bool]:
    found = [entry["late"] for entry in entries_of(delegate_id)]
    db.session.rollback()
    return found


def test_only_the_payment_that_was_reversed_is_not_proved_any_more(over):
    scene, (_first, seat) = over
    scene.pay(seat, 50_00, "terminals", method="bank_transfer")
    assert proved(delegate_of(seat)) == ["3000", "3000"]
    pledges.reverse(scene.donors, last_act())
    assert proved(delegate_of(seat)) == ["3000"]


@pytest.mark.parametrize("method", ["cash", "cheque", "card", "interoffice"])
def test_what_reaches_no_account_proves_none(over, method):
    scene, (_first, seat) = over
    scene.pay(seat, 50_00, "terminals", method=method)
    assert proved(delegate_of(seat)) == ["3000"]


def test_an_account_that_was_named_on_the_day_of_payment_or_later_is_marked(over):
    scene, (_first, seat) = over
    with transaction():
        update_where(DelegatePapers, DelegatePapers.delegate_id == delegate_of(seat), payment_on=today())
    scene.pay(seat, 50_00, "terminals", method="bank_transfer")
    assert late(delegate_of(seat)) == [False, True]


def test_a_key_that_does_not_open_stops_neither_a_reversal_nor_the_erasure(over):
    scene, (_first, seat) = over
    whose = delegate_of(seat)
    with transaction():
        update_where(SealedKey, SealedKey.holder_id == whose, wrapped=b"damaged")
    pledges.reverse(scene.donors, last_act())
    settled_at(scene, seat, days_ago=90)
    assert services.erase_papers(whose, actor=Actor.system) == 1
