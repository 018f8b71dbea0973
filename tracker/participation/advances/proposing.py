"""What the payment form proposes for an allowance, and that another amount needs a reason."""

from typing import Any

import sqlalchemy as sa

from tracker.costs.lines import LineKind
from tracker.extensions import db
from tracker.languages.seen_text import shown
from tracker.participation.advances.presenting import asks_for_a_reason, parts_in_words
from tracker.participation.advances.queries import allowances_of
from tracker.pledges import payment_doors, proposed_payments
from tracker.pledges.models import SeatLine
from tracker.pledges.proposed_payments import Proposal


def register() -> None:
    """Called once by the application."""
    proposed_payments.register(proposed)
    payment_doors.before_payment(another_amount_says_why)


def proposed(allocation: Any) -> list[Proposal]:
    """The allowance as far as this allocation pays it."""
    found = allowances_of([allocation.seat_id]).get(allocation.seat_id)
    if found is None:
        return []
    statement = sa.select(SeatLine.id).where(
        SeatLine.allocation_id == allocation.id, SeatLine.kind == LineKind.ALLOWANCE
    )
    line_id = db.session.scalar(statement)
    now = found.of_line(line_id) if line_id is not None else None
    if line_id is None:
        return []
    reasons = tuple(parts_in_words(found))
    return [Proposal(line_id, LineKind.ALLOWANCE, now.amount_minor if now else 0, now.part if now else "", reasons)]


def another_amount_says_why(allocation: Any, payment: Any) -> dict[str, Any]:
    """A payment of the allowance that is not what the rule says needs a note."""
    line = db.session.get(SeatLine, payment.seat_line_id) if payment.seat_line_id is not None else None
    if line is None or line.kind != LineKind.ALLOWANCE or shown(payment.note):
        return {}
    found = allowances_of([line.seat_id]).get(line.seat_id)
    now = found.of_line(line.id) if found else None
    if now is not None and now.is_paid_by(payment.amount_minor, payment.part):
        return {}
    return {"note": asks_for_a_reason(now.amount_minor if now else None)}
