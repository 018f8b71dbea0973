"""Rounds: two persons sign, and what was dropped says why; a seat's pledges are two different ones."""

from tests.constraints.cases.pair import Cases, Pair, at_least
from tests.constraints.rows import ROW, Same

_PREPARED = {"status": "prepared", "prepared_by_id": ROW}
_TWO = {"pledge_id": ROW, "second_pledge_id": ROW, "second_lines": "allowance"}

CASES: Cases = {
    "ck_earlier_seats_seats_from_one": at_least(1, "seats"),
    "ck_rounds_approved_by_somebody": [
        Pair({"status": "open", "approved_by_id": None}, {"approved_by_id": ROW}),
    ],
    "ck_rounds_dropped_says_why": [Pair({"status": "dropped", "reason": "."}, {"reason": None})],
    "ck_rounds_number_from_one": at_least(1, "number"),
    "ck_round_proposals_number_from_one": at_least(1, "number"),
    "ck_rounds_prepared_by": [Pair(_PREPARED, {"prepared_by_id": None})],
    "ck_rounds_two_persons": [
        Pair(
            {"status": "approved", "prepared_by_id": ROW, "approved_by_id": ROW},
            {"approved_by_id": Same("prepared_by_id")},
        )
    ],
    "ck_round_seats_first_pledge_first": [Pair(_TWO, {"pledge_id": None})],
    "ck_round_seats_second_pledge_pays_lines": [
        Pair(_TWO, {"second_lines": None}),
        Pair(_TWO, {"second_pledge_id": None}),
    ],
    "ck_round_seats_two_pledges": [Pair(_TWO, {"second_pledge_id": Same("pledge_id")})],
}
