"""The card of seats on the request's page: each seat with its state, what is missing and by when, and what was paid."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.lifecycle import Kind
from tracker.assistance.page.cards import Card, CardData
from tracker.participation.conditions.awaited import standing_of
from tracker.participation.deviations.presenting import deviation_in_words
from tracker.participation.deviations.queries import deviations_of
from tracker.participation.ending.presenting import why_in_words
from tracker.participation.ending.queries import with_money
from tracker.participation.lifecycle import PAYER_LABELS
from tracker.participation.offers import queries
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.papers.lifecycle import PAPER_LABELS
from tracker.participation.papers.missing import papers_missing
from tracker.participation.reminding.offering import reminders_of
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.support.queries import support_of
from tracker.participation.support.terms import Support
from tracker.participation.travel.lifecycle import ON_THE_WAY
from tracker.pledges.queries.seat_lines import paid_by_line
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.rights.actor import REQUEST_WRITERS

_CAN_CHANGE = (SeatStatus.CONFIRMED, SeatStatus.TICKETED)
"""What the State has answered for, and can still give to somebody else or give up."""


def _seats(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    if seen.found.kind != Kind.PARTICIPATION or seen.found.submitted_at is None:
        return None
    rows = queries.of_request(seen.found.id)
    if not rows:
        return None
    deviations, lines = deviations_of([one.seat.id for one in rows]), paid_by_line([one.seat.id for one in rows])
    support = _support(seen.found.session_id, rows)
    may_open = seen.actor.has(*REQUEST_WRITERS)
    changeable = [one.seat.id for one in rows if one.offer and one.seat.status in _CAN_CHANGE]
    papers = {one.seat.id: papers_missing(one, support, lines.get(one.seat.id, ())) for one in rows}
    return {
        "rows": rows,
        "labels": SEAT_LABELS,
        "private": {seat_id: deviation_in_words(one) for seat_id, one in deviations.items()},
        "why": {seat_id: why_in_words(paid) for seat_id, paid in with_money(rows).items()},
        "may_open": may_open,
        "may_change": changeable if may_open else [],
        "ticket_on": support.day_of("ticket") if support else None,
        "papers_on": support.day_of("papers") if support else None,
        "papers": papers,
        **reminders_of([one for one in rows if papers[one.seat.id]], seen.actor),
        "paper_labels": PAPER_LABELS,
        "conditions": _conditions(seen.found.session_id, rows),
        "lines": lines,
        "line_labels": LINE_LABELS,
        "payer_labels": PAYER_LABELS,
    }


def _support(session_id: int | None, rows: list[queries.Offered]) -> Support | None:
    """The session's support, where a seat waits for papers or a ticket."""
    waits = any(one.seat.status in _CAN_CHANGE for one in rows)
    return support_of(session_id) if session_id is not None and waits else None


def _conditions(session_id: int | None, rows: list[queries.Offered]) -> dict[int, bool]:
    """Of the seats on which somebody travels: whether the person accepted the conditions; nothing where none hold."""
    travelling = {one.person.id: one.seat.id for one in rows if one.seat.status in ON_THE_WAY}
    if session_id is None or not travelling:
        return {}
    stands = standing_of(travelling)
    return {travelling[person_id]: accepted for person_id, accepted in stands.items()}


CARDS = (Card("seats", 8, "participation/offers/_seats.html", _seats),)
