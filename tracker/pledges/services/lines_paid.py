"""Which line of a seat a payment or a recovery is for, and how much of it that line can take."""

from typing import Any

from tracker.costs.lines import LineKind
from tracker.errors import Conflict, Invalid
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges import queries
from tracker.pledges.models import Allocation, Disbursement
from tracker.pledges.payment_doors import must_be_open
from tracker.pledges.seat_lines import PARTS, LineMoney, payable


def line_paid(allocation: Allocation, payment: Any, held_minor: int) -> None:
    """Raises Invalid where the payment names no line of the seat, is more than the line can take, or a higher room
    knows what stands in its way; `held_minor` is what the allocation holds. An allocation for no seat has no lines."""
    lines = queries.lines_of(allocation.id) if allocation.is_of_a_seat else []
    line = _named(allocation, payment, lines, lazy("Choose the line that is paid."))
    if line is None:
        return
    if payment.part not in PARTS:
        raise Invalid(fields={"part": lazy("Choose what of the line is paid.")})
    most = payable(line, lines, held_minor)
    if payment.amount_minor > most:
        raise Invalid(fields={"amount": _too_much(line, payment.amount_minor - most, most)})
    must_be_open(allocation, payment)


def _too_much(line: LineMoney, missing_minor: int, most_minor: int) -> Any:
    sums = {"missing": format_money(missing_minor, FUND_CURRENCY), "most": format_money(most_minor, FUND_CURRENCY)}
    if line.kind == LineKind.FARE:
        return lazy(
            "%(missing)s is missing: with what the other lines of the seat leave, %(most)s can be paid for the "
            "ticket. A top-up comes first.",
            **sums,
        )
    return lazy("%(missing)s is missing: %(most)s can be paid for this line. A top-up comes first.", **sums)


def line_recovered(allocation: Allocation, payment: Any) -> None:
    """Raises Invalid where the recovery names no line of the seat, or is more than was paid for the line."""
    lines = queries.lines_of(allocation.id) if allocation.is_of_a_seat else []
    line = _named(allocation, payment, lines, lazy("Choose the line that was paid back."))
    if line is not None and payment.amount_minor > line.paid_minor:
        most = format_money(line.paid_minor, FUND_CURRENCY)
        raise Invalid(fields={"amount": lazy("Only %(most)s was paid for this line.", most=most)})


def line_allows_reversal(act_name: str, payment: Disbursement, allocation: Allocation, held_minor: int) -> None:
    """Raises Conflict where the line was paid back, or paid again, since the payment or recovery to be reversed."""
    lines = queries.lines_of(allocation.id) if payment.seat_line_id is not None else []
    line = next((one for one in lines if one.id == payment.seat_line_id), None)
    if line is None:
        return
    if act_name == "disburse" and payment.amount_minor > line.paid_minor:
        raise Conflict(lazy("Some of it was recovered for this line: take that back first."))
    if act_name == "recover" and payment.amount_minor > payable(line, lines, held_minor):
        raise Conflict(lazy("The money was used again since: take that payment back first."))


def _named(allocation: Allocation, payment: Any, lines: list[LineMoney], sentence: Any) -> LineMoney | None:
    """The line that is named; None, also for a payment that names one, where the allocation is for no seat."""
    line = next((one for one in lines if one.id == payment.seat_line_id), None)
    if line is None and (allocation.is_of_a_seat or payment.seat_line_id is not None):
        raise Invalid(fields={"line": sentence})
    return line
