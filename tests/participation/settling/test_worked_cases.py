"""Worked cases that a settlement needs, with their source: an earlier return, lodging provided, a missed journey."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from tests.costs.cases import BY_US
from tests.costs.world import AIRPORTS, FUND, RATES, A
from tests.factories.settling import provided as given
from tracker.costs import LineKind, Stay, Trip, estimate
from tracker.participation.settling.dues import dues
from tracker.participation.settling.lifecycle import FLAT, Billed, Entry, LineSums, Spent, owed_by

VIE, TERMINALS, FARE = 507_00, 4 * 38_00, 780_00
FIRST = date(2026, 10, 11)


class Case(NamedTuple):
    """How a journey went, what of each line is due in cents, and what comes back of what was paid before it."""

    name: str
    source: str
    spent: Spent
    fare: Billed
    due: Mapping[str, int]
    back: Mapping[str, int]


def _spent(nights: int, **provided: int) -> Spent:
    return Spent(FIRST, FIRST + timedelta(days=nights), given(FIRST, **provided))


PLANNED = 6 * VIE + 202_80
PAID = {"fare": FARE, "allowance": PLANNED, "terminals": TERMINALS, "contingency": 0}
CASES = [
    Case(
        "returned a day earlier: one night less, the last day at 40 % as before",
        BY_US,
        _spent(5),
        Billed(FARE, "INV-1"),
        PAID | {"allowance": 5 * VIE + 202_80},
        {"allowance": VIE},
    ),
    Case(
        "lodging provided for two nights and lunch on four days: half and 10 points less",
        BY_US,
        _spent(6, lodging=2, lunch=4),
        Billed(FARE, "INV-1"),
        PAID | {"allowance": 2 * 202_80 + 2 * 456_30 + 2 * VIE + 202_80},
        {"allowance": PLANNED - (2 * 202_80 + 2 * 456_30 + 2 * VIE + 202_80)},
    ),
    Case(
        "did not travel: the part of the fare that is not refunded stays, nothing else is due",
        BY_US,
        Spent(),
        Billed(620_00, "INV-1"),
        {"fare": 620_00, "allowance": 0, "terminals": 0, "contingency": 0},
        {"fare": 160_00, "allowance": PLANNED, "terminals": TERMINALS},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_due_and_what_comes_back_is_as_worked_out_by_hand(case: Case) -> None:
    flat = {}
    if case.spent.arrives_on and case.spent.leaves_on:
        stay = Stay(AIRPORTS["VIE"], case.spent.arrives_on, case.spent.leaves_on, case.spent.provided)
        found = estimate(Trip(AIRPORTS["NBO"], (stay,)), A, RATES, payers=FUND, paid=FLAT, on=FIRST)
        flat = {line.kind: line for line in found.lines}
    paid = [LineSums(kind, amount, amount, amount) for kind, amount in PAID.items()]
    due = {one.kind: one.amount_minor for one in dues(paid, Entry(case.spent, {"fare": case.fare}), flat)}
    assert due == case.due
    settled = [LineSums(line.kind, 0, 0, line.paid_minor, due[line.kind]) for line in paid]
    assert {line.kind: line.owed_minor for line in settled if line.owed_minor} == case.back


def test_who_is_asked_for_what_was_paid_too_much() -> None:
    assert owed_by(LineKind.FARE, {"travel_agent"}) == "payee"
    assert owed_by(LineKind.FARE, {"delegate"}) == "state"
    assert owed_by(LineKind.ALLOWANCE, {"un_entity"}) == "state"
