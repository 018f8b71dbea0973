"""Each receipt counts once in a claim, and stays where it proves a payment."""

from dataclasses import replace

import pytest

from tests.factories import settling
from tests.participation.claims.test_standing import DAY, enter, fee, papers, pdf, prepared, sent, settled
from tests.participation.claims.way import LINES
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.participation.claims import queries, services
from tracker.participation.settling import services as dues
from tracker.rights.actor import Actor


@pytest.fixture
def scene(app):
    return settling.scene()


def test_a_receipt_for_something_else_that_was_paid_stays_and_one_taken_out_goes(scene):
    seat = scene.seat("travelled", also=LINES, fare=780_00, allowance=settling.PLANNED, terminals=152_00)
    by = sent(scene, seat, fee(scene), fee(scene, "insurance", 20_00), fee(scene, "other", 5_00))
    mine = {"actor": Actor.anonymous, "by": by}
    enter(scene, seat, visa=45_00, answer="The taxi is paid with the visa.")
    services.correct_claim(seat, **mine)
    draft = queries.get(seat, scene.travel.actor).draft
    gone = next(paper.row.public_id for paper in draft.receipts if paper.row.line == "visa")
    db.session.rollback()
    services.remove_paper(seat, gone, **mine)
    services.send_claim(seat, version=None, **mine)
    enter(scene, seat, visa=45_00, answer="The visa is paid all the same.")
    scene.pay(seat, 45_00, "visa")
    dues.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0)
    settled(seat, 90)
    assert services.erase_claims() == 1
    stays = {kind: there for kind, (_what, there, _path) in papers().items()}
    assert stays["receipt", "other"]
    assert not stays["receipt", "visa"]


def test_a_receipt_counts_once(scene):
    seat = scene.seat("travelled", also=LINES)
    by = prepared(scene, seat, fee(scene))
    old = replace(fee(scene), number="V-18", paid_on=scene.first_day - 800 * DAY)
    for receipt, file, field in (
        (replace(fee(scene, "other"), number="V-18"), pdf(0), "file"),
        (replace(fee(scene, "other"), number="v-17"), pdf(1), "number"),
        (old, pdf(2), "paid_on"),
    ):
        with pytest.raises(Invalid) as refused:
            services.add_receipt(seat, receipt=receipt, file=file, actor=Actor.anonymous, by=by)
        assert set(refused.value.fields) == {field}
        db.session.rollback()
    services.add_receipt(seat, receipt=fee(scene, "other", 5_00), file=pdf(3), actor=Actor.anonymous, by=by)
