"""Settlements: two persons, whole days, and somebody who owes what was paid too much."""

from tests.constraints.cases.pair import Cases, Pair, at_least, whole
from tests.constraints.rows import DAY, LATER, NOW, ROW, Same

_OWED = {"due_minor": 0, "owed_minor": 5, "owes": "state", "ended_minor": 5}

CASES: Cases = {
    "ck_settlement_lines_ended_within_owed": [
        Pair(_OWED, {"ended_minor": 6}),
        Pair(_OWED, {"ended_minor": -1}),
    ],
    "ck_settlement_lines_not_negative": at_least(0, "due_minor"),
    "ck_settlement_lines_somebody_owes": [
        Pair(_OWED, {"owes": None}),
        Pair({"due_minor": 0}, {"owes": "state"}),
    ],
    "ck_settlements_days_are_whole": whole("arrives_on", "leaves_on", filled={"arrives_on": DAY, "leaves_on": LATER}),
    "ck_settlements_leaves_after_arriving": [
        Pair({"arrives_on": DAY, "leaves_on": DAY}, {"arrives_on": LATER}),
    ],
    "ck_settlements_settled_by_somebody": whole(
        "settled_at", "settled_by_id", filled={"settled_at": NOW, "settled_by_id": ROW}
    ),
    "ck_settlements_two_persons": [
        Pair({"settled_at": NOW, "settled_by_id": ROW}, {"settled_by_id": Same("entered_by_id")}),
    ],
}
