"""Seats and their lines: an ended seat says when, and what the fund pays comes from an allocation."""

from tests.constraints.cases.pair import Cases, Pair, at_least
from tests.constraints.rows import NOW, ROW
from tracker.participation.seats.lifecycle import ENDED, SeatStatus

_APPROVED = {"payer": "fund", "estimate_minor": 1, "approved_minor": 1, "allocation_id": ROW}

CASES: Cases = {
    "ck_seat_lines_approved_from_an_allocation": [
        Pair(_APPROVED, {"allocation_id": None}),
        Pair(_APPROVED, {"approved_minor": 0}),
    ],
    "ck_seat_lines_further_shares_top_up": [
        Pair({**_APPROVED, "number": 2, "estimate_minor": 0}, {"estimate_minor": 1}),
        Pair({**_APPROVED, "number": 2, "estimate_minor": 0}, {"approved_minor": 0, "allocation_id": None}),
        Pair({**_APPROVED, "number": 1}, {"number": 0}),
    ],
    "ck_seat_lines_not_negative": [
        *at_least(0, "estimate_minor"),
        Pair({"approved_minor": 0}, {"approved_minor": -1}),
    ],
    "ck_seat_lines_others_need_no_approval": [Pair(_APPROVED, {"payer": "state"})],
    "ck_seat_lines_the_funds_is_known": [Pair({"payer": "state", "estimate_minor": None}, {"payer": "fund"})],
    "ck_seats_ended_has_moment": [
        Pair(
            {"status": status, "reason": ".", "ended_at": NOW if status in ENDED else None},
            {"ended_at": None if status in ENDED else NOW},
        )
        for status in SeatStatus
    ],
    "ck_seats_number_from_one": at_least(1, "number"),
    "ck_seats_taken_back_says_why": [
        Pair({"status": "taken_back", "ended_at": NOW, "reason": "."}, {"reason": None}),
    ],
}
