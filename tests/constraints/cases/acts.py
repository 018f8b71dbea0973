"""Acts of two persons: what was answered says when, by whom, and why it was refused."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import NOW, ROW, Same, Values

_ANSWERED: Values = {"answered_at": NOW, "answered_by_id": ROW}
_CONFIRMED: Values = {"status": "confirmed", **_ANSWERED}
_REFUSED: Values = {"status": "refused", **_ANSWERED, "answer": "."}
_DROPPED: Values = {"status": "dropped", "answered_at": NOW, "answered_by_id": None, "seat_id": ROW}

CASES: Cases = {
    "ck_proposed_acts_about_a_request_or_a_pledge": [
        Pair({}, {"pledge_id": ROW}),
        Pair({}, {"request_id": None}),
    ],
    "ck_proposed_acts_answered_once": [
        Pair(_CONFIRMED, {"answered_at": None}),
        Pair(_CONFIRMED, {"answered_by_id": None}),
        Pair({"status": "waiting"}, {"answered_at": NOW}),
        Pair(_DROPPED, {"answered_by_id": ROW}),
    ],
    "ck_proposed_acts_dropped_with_a_seat": [Pair(_DROPPED, {"seat_id": None})],
    "ck_proposed_acts_refused_says_why": [Pair(_REFUSED, {"answer": None}), Pair(_CONFIRMED, {"answer": "."})],
    "ck_proposed_acts_two_persons": [
        Pair(facts, {"answered_by_id": Same("proposed_by_id")}) for facts in (_CONFIRMED, _REFUSED)
    ],
}
