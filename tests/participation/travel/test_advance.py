"""The share of the allowance that is paid in advance: by the rule of the session's costs, everywhere the same."""

from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.costs.world import A, B
from tests.factories import conditions, travel
from tests.factories import seats as make
from tests.pledges.forms import fields_of, words_of
from tests.services.people import sign_in
from tracker.costs.advances import Advance, advance_of
from tracker.database.transactions import transaction, update_where
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.participation.advances.lifecycle import Allowance
from tracker.participation.seats.models import Seat
from tracker.participation.travel import services
from tracker.participation.travel.services import Payee
from tracker.pledges import services as money
from tracker.pledges.models import SeatLine
from tracker.pledges.seat_lines import ADVANCE, BALANCE, WHOLE, LineMoney


@pytest.mark.parametrize(
    ("percent", "allowance", "first", "rest"),
    [
        (75, 3_244_80, 2_433_60, 811_20),
        (80, 3_244_80, 2_595_84, 648_96),
        (0, 3_244_80, 0, 3_244_80),
        (100, 3_244_80, 3_244_80, 0),
        (75, 10_02, 7_52, 2_50),  # 751.5 cents: the half goes to the even cent
        (75, 10_06, 7_54, 2_52),  # 754.5 cents
    ],
)
def test_the_parts_worked_out_by_hand(percent, allowance, first, rest):
    found = advance_of(allowance, replace(A, advance=Decimal(percent)))
    assert (found.minor, found.rest_minor) == (first, rest)
    assert (found.rule_set, found.valid_from, found.source) == (A.code, A.valid_from, A.source)


def line(number: int, approved: int, paid: int = 0) -> LineMoney:
    return LineMoney(number, "allowance", approved, approved, paid, is_over=False)


def parts(*lines: LineMoney, **facts: object) -> list[tuple[int, str] | None]:
    approved = sum(one.approved_minor for one in lines)
    found = Allowance(lines, facts.pop("advance", advance_of(approved, B)), **facts)
    of_lines = [found.of_line(one.id) for one in lines]
    return [(now.amount_minor, now.part) if now else None for now in of_lines]


def test_what_is_paid_now_line_by_line():
    assert parts(line(1, 100_00)) == [(80_00, ADVANCE)]
    assert parts(line(1, 100_00, 30_00)) == [(50_00, ADVANCE)]
    assert parts(line(1, 100_00, 80_00)) == [(0, ADVANCE)]
    assert parts(line(1, 100_00, 80_00), arrived=True) == [(20_00, BALANCE)]
    assert parts(line(1, 100_00), arrived=True) == [(100_00, WHOLE)]
    assert parts(line(1, 100_00, 80_00), due_minor=90_00, arrived=True) == [(10_00, BALANCE)]
    assert parts(line(1, 100_00, 80_00), due_minor=0) == [(0, BALANCE)]
    # Two pledges pay it: the first share is filled first.
    assert parts(line(1, 70_00), line(2, 30_00)) == [(70_00, WHOLE), (10_00, ADVANCE)]
    whole = Advance(100_00, 0, Decimal(100), "C", A.valid_from, "by us")
    assert parts(line(1, 100_00), advance=whole) == [(100_00, WHOLE)]
    # Nobody travels, or the last part is paid already.
    assert parts(line(1, 100_00), travels=False) == [(0, ADVANCE)]
    assert parts(line(1, 100_00), travels=False, due_minor=40_00) == [(40_00, WHOLE)]
    ended = replace(line(1, 100_00, 60_00), is_over=True)
    assert parts(ended, arrived=True) == [(0, BALANCE)]
    assert parts(ended, arrived=True, due_minor=70_00) == [(10_00, BALANCE)]
    assert parts(line(1, 100_00), advance=None) == [None]
    assert parts(line(1, 100_00), advance=None, arrived=True) == [(100_00, WHOLE)]


@pytest.fixture
def seat(app):
    """A confirmed seat with an allowance of USD 30, of which rule A pays 22.50 in advance; its payee is known."""
    scene = travel.confirmed("KEN", costs=(50_00, 30_00))
    public_id, people = scene.seats["KEN"], scene.donors
    conditions.accept(public_id, scene.officer)
    services.record_payee(public_id, actor=people.finance.actor, version=None, payee=Payee("401200"))
    return public_id, people, scene


def pay(seat, amount: int, part: str, note: str = "", number: str = "FIN-1") -> None:
    public_id, people, _scene = seat
    allocation = travel.allocation_of(public_id, "allowance")
    said = replace(make.payment(allocation, amount, number, kind="allowance", part=part), note=note)
    money.disburse(allocation, actor=people.finance.actor, payment=said)


def refused(seat, amount: int, part: str) -> str:
    with pytest.raises(Invalid) as refusal:
        pay(seat, amount, part)
    assert list(refusal.value.fields) == ["note"]
    db.session.rollback()
    return str(refusal.value.fields["note"])


def test_another_amount_or_part_needs_a_reason(seat):
    assert "By the rule USD\u00a022.50 is paid now." in refused(seat, 22_49, ADVANCE)
    refused(seat, 30_00, WHOLE)
    refused(seat, 22_50, WHOLE)
    pay(seat, 22_50, ADVANCE)
    assert "By the rule nothing of it is paid now." in refused(seat, 7_50, BALANCE)
    pay(seat, 5_00, ADVANCE, "The hotel asks for it before.", "FIN-2")
    travel.ticketed(seat[2])
    services.record_travelled(seat[0], actor=seat[2].officer, version=None, spent=travel.spent())
    pay(seat, 2_50, BALANCE, number="FIN-3")


def test_nothing_is_proposed_for_somebody_who_missed_the_journey(app, seat):
    public_id, people, _scene = seat
    with transaction():
        missed = {"status": "no_show", "cause": "illness", "borne_by": "pledge", "reason": "Flu."}
        update_where(Seat, Seat.public_id == public_id, **missed)
    assert "By the rule nothing of it is paid now." in refused(seat, 22_50, ADVANCE)
    journey = sign_in(app.test_client(), people.finance).get(f"/seats/{public_id}/travel")
    assert "Nobody travels on this seat: nothing of it is paid before it is entered what is due." in words_of(journey)
    assert "To be paid now" not in words_of(journey)


def test_where_no_rule_is_known_every_amount_needs_a_reason(seat):
    from tracker.participation.models import Delegate

    with transaction():
        db.session.execute(sa.update(Delegate).values(arrives_on=None))
    assert "It is not known what is paid in advance." in refused(seat, 22_50, ADVANCE)
    pay(seat, 22_50, ADVANCE, "As the finance system says.")


def test_journey_desk_payment_and_settlement_say_the_same(app, seat):
    public_id, people, scene = seat
    said = "In advance USD 22.50, after arrival USD 7.50."
    why = f"75% of the allowance is paid in advance; rule A of {A.valid_from.day} "
    finance = sign_in(app.test_client(), people.finance)
    line_id = db.session.scalars(sa.select(SeatLine.id).where(SeatLine.kind == "allowance")).one()
    db.session.rollback()
    form = f"/finance/allocations/{travel.allocation_of(public_id, 'allowance')}/pay?line={line_id}"
    journey = finance.get(f"/seats/{public_id}/travel")
    assert form in journey.text
    page = finance.get(form)
    assert fields_of(page.text)["amount"] == "22.50"
    assert 'value="advance" checked' in page.text
    for shown in (journey, page, finance.get(f"/seats/{public_id}/settlement")):
        assert said in words_of(shown)
        assert why in words_of(shown)
    assert "in advance USD 22.50, then USD 7.50" in words_of(finance.get(f"/sessions/{scene.code}/travel"))
    assert (
        form.split("?", maxsplit=1)[0]
        not in sign_in(app.test_client(), scene.travel).get(f"/seats/{public_id}/travel").text
    )
