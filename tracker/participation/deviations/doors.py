"""No pledge pays more for the ticket of a journey that differs for private reasons than the comparable fare."""

from typing import Any

from tracker.costs.lines import LineKind
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.participation.deviations.queries import fare_most
from tracker.pledges.models import SeatLine
from tracker.pledges.queries.seat_money import sums_of_seats


def ticket_within_comparable(_allocation: Any, payment: Any) -> dict[str, Any]:
    """The door before a payment."""
    line = db.session.get(SeatLine, payment.seat_line_id) if payment.seat_line_id is not None else None
    if line is None or line.kind != LineKind.FARE:
        return {}
    most = fare_most(line.seat_id)
    if most is None:
        return {}
    paid = sums_of_seats([line.seat_id])[line.seat_id].paid(LineKind.FARE)
    return {"amount": above_comparable(most)} if paid + payment.amount_minor > most else {}


def above_comparable(most_minor: int) -> Any:
    """What whoever enters a dearer ticket reads."""
    if not most_minor:
        return lazy("The fare of this private journey was not compared yet: record the private reasons again first.")
    most = format_money(most_minor, FUND_CURRENCY)
    return lazy(
        "The journey differs for private reasons: a pledge pays %(most)s at most, the cheapest official fare.",
        most=most,
    )
