"""Acts of two persons: what was answered says when, by whom, and why it was refused."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import DAY, NOW, ROW, Same, Values

_ANSWERED: Values = {"answered_at": NOW, "answered_by_id": ROW}
_CONFIRMED: Values = {"status": "confirmed", **_ANSWERED}
_REFUSED: Values = {"status": "refused", **_ANSWERED, "answer": "."}
_DROPPED: Values = {"status": "dropped", "answered_at": NOW, "answered_by_id": None, "seat_id": ROW}

_LETTER: Values = {
    "side": "donor",
    "paper_reference": ".",
    "paper_date": DAY,
    "paper_file_id": ROW,
    "signed_by": ".",
}
_AMENDMENT: Values = {**_LETTER, "side": "office", "signed_by": None}

CASES: Cases = {
    "ck_act_yeses_letter_says_who": [
        Pair(_LETTER, {"signed_by": None}),
        Pair({"side": "donor"}, {"signed_by": "."}),
    ],
    "ck_act_yeses_office_has_amendment": [Pair({"side": "donor"}, {"side": "office"})],
    "ck_act_yeses_paper_is_whole": [
        Pair(_AMENDMENT, {"paper_date": None}),
        Pair(_AMENDMENT, {"paper_file_id": None}),
        Pair({"side": "donor"}, {"paper_date": DAY}),
    ],
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
