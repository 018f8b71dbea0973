"""Reading how the allowances of seats are paid: what in advance, what after the person has come."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.costs.advances import Advance, advance_of
from tracker.costs.lines import LineKind
from tracker.costs.queries import all_rule_sets
from tracker.costs.rule_sets import RuleSet, rule_set_on
from tracker.extensions import db
from tracker.participation.advances.lifecycle import Allowance
from tracker.participation.deviations.lifecycle import at_most
from tracker.participation.deviations.queries import allowance_most
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.settling.models import SettlementLine
from tracker.participation.support.models import SessionSupport
from tracker.participation.travel.lifecycle import ON_THE_WAY
from tracker.participation.travel.models import CashHanded, SeatTravel
from tracker.pledges.queries.seat_money import LineOfSeat, SeatSums, sums_of_seats

R = AssistanceRequest


def allowances_of(
    seat_ids: Collection[int],
    sums: Mapping[int, SeatSums] | None = None,
    most: Mapping[int, int | None] | None = None,
) -> dict[int, Allowance]:
    """How the allowance of each of these seats is paid, by its id, as far as the fund pays one; two statements beside
    those of `sums` and `most` (what private days leave of it), where they are read already."""
    if not seat_ids:
        return {}
    money = sums if sums is not None else sums_of_seats(seat_ids)
    if most is None:
        most = allowance_most(seat_ids)
    rules = all_rule_sets()
    found = {}
    for row in db.session.execute(_facts(seat_ids)):
        shares = [line.money for line in at_most(_shares(money.get(row.id)), most.get(row.id))]
        if shares:
            advance = _advance(row, sum(line.approved_minor for line in shares), rules)
            arrived = row.status == SeatStatus.TRAVELLED or bool(row.signed)
            travels = arrived or row.status in ON_THE_WAY
            found[row.id] = Allowance(shares, advance, arrived, row.due_minor, travels)
    return found


def _shares(money: SeatSums | None) -> list[LineOfSeat]:
    lines = money.lines if money else []
    return [line for line in lines if line.money.kind == LineKind.ALLOWANCE and line.allocation is not None]


def _advance(row: Any, approved_minor: int, rules: Iterable[RuleSet]) -> Advance | None:
    """By the rules in force on the first day at the place of the session, as the estimate counts."""
    if row.rule_set is None or row.arrives_on is None:
        return None
    in_force = rule_set_on(rules, row.rule_set, row.arrives_on)
    return advance_of(approved_minor, in_force) if in_force else None


def _facts(seat_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    travel = sa.and_(SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id)
    signed = sa.exists().where(CashHanded.travel_id == SeatTravel.id, CashHanded.undone_at.is_(None))
    due = sa.and_(SettlementLine.seat_id == Seat.id, SettlementLine.kind == LineKind.ALLOWANCE)
    return (
        sa.select(
            *(Seat.id, Seat.status, Delegate.arrives_on),
            *(SessionSupport.rule_set, signed.correlate(SeatTravel).label("signed"), SettlementLine.due_minor),
        )
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .outerjoin(SessionSupport, SessionSupport.session_id == R.session_id)
        .outerjoin(SeatTravel, travel)
        .outerjoin(SettlementLine, due)
        .where(Seat.id.in_(seat_ids))
    )
