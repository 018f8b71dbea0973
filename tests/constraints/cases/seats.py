"""Seats and their lines: an ended seat says when, and what the fund pays comes from an allocation."""

from tests.constraints.cases.pair import Cases, Pair, at_least
from tests.constraints.rows import NOW, ROW, Values
from tracker.participation.seats.lifecycle import BEARS, ENDED, GIVEN_BACK, Bearer, Cause, SeatStatus

_APPROVED = {"payer": "fund", "estimate_minor": 1, "approved_minor": 1, "allocation_id": ROW}
_CANCELLED = {"status": "cancelled", "ended_at": NOW, "reason": ".", "given_back": True}
_CHOSEN = {**_CANCELLED, "cause": "other", "borne_by": "pledge", "borne_why": "."}


def _caused(status: str) -> Values:
    caused: Values = {"cause": "other"} if status in ("cancelled", "no_show") else {}
    return caused | {"given_back": status in GIVEN_BACK}


def _standing(status: str) -> Values:
    return {"status": status, "reason": ".", "ended_at": NOW if status in ENDED else None, **_caused(status)}


def _borne(bearer: Bearer) -> list[Pair]:
    """A cause that leaves no choice takes nobody else, and not nobody."""
    return [
        Pair({**_CANCELLED, "cause": cause, "borne_by": bearer}, {"borne_by": other})
        for cause, named in BEARS.items()
        if named is bearer
        for other in (*Bearer, None)
        if other is not bearer
    ]


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
        Pair(_standing(status), {"ended_at": None if status in ENDED else NOW}) for status in SeatStatus
    ],
    "ck_seats_bearer_has_cause": [
        Pair({"status": "settled", "ended_at": NOW}, {"borne_by": bearer}) for bearer in Bearer
    ],
    "ck_seats_cause_has_reason": [
        Pair({**_CANCELLED, "cause": cause, "borne_by": BEARS[cause]}, {"reason": None})
        for cause in Cause
        if cause not in ("no_reason", "withdrawn")
    ],
    "ck_seats_cause_of_no_journey": [
        Pair({**_CANCELLED, "cause": "other"}, {"status": "travelled", "ended_at": None, "given_back": False}),
    ],
    "ck_seats_choice_of_bearer_says_why": [
        Pair(_CHOSEN, {"borne_why": None}),
        Pair({**_CHOSEN, "cause": "withdrawn", "borne_by": "state"}, {"borne_why": None}),
    ],
    "ck_seats_given_back_and_settled_has_cause": [
        Pair({**_CANCELLED, "status": "settled", "cause": "other"}, {"cause": None}),
    ],
    "ck_seats_given_back_before_its_journey": [
        Pair(_standing(status), {"given_back": status not in GIVEN_BACK})
        for status in SeatStatus
        if status is not SeatStatus.SETTLED
    ],
    "ck_seats_no_journey_has_cause": [
        Pair({**_CANCELLED, "cause": "other"}, {"cause": None}),
        Pair({"status": "no_show", "reason": ".", "cause": "other"}, {"cause": None}),
    ],
    "ck_seats_pledge_bears": _borne(Bearer.PLEDGE),
    "ck_seats_state_bears": _borne(Bearer.STATE),
    "ck_seats_number_from_one": at_least(1, "number"),
    "ck_seats_taken_back_says_why": [
        Pair(_standing("taken_back"), {"reason": None}),
    ],
}
