"""Messages on requests: what each kind must bring, and who can owe an answer to whom."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import DAY, LATER, ROW, Values

_NOTE: Values = {"note_issuer": "Mission", "note_reference": "KEN/1", "note_dated": DAY}
_GIVEN: Values = {"kind": "time_given", "day": LATER, "day_before": DAY}

CASES: Cases = {
    "ck_messages_about_activity": [
        Pair({"kind": "not_as_described", "activity_id": ROW}, {"activity_id": None}),
        Pair({"kind": "message"}, {"activity_id": ROW}),
    ],
    "ck_messages_day_of_time": [
        Pair({"kind": "more_time", "day": DAY}, {"day": None}),
        Pair(_GIVEN, {"day": None}),
        Pair({"kind": "message"}, {"day": DAY}),
    ],
    "ck_messages_day_replaced": [Pair(_GIVEN, {"day_before": None}), Pair({"kind": "message"}, {"day_before": DAY})],
    "ck_messages_has_words": [
        Pair({"kind": "message", "body": "Words"}, {"body": " "}),
        Pair({"kind": "no_answer", "body": ""}, {"kind": "refused"}),
    ],
    "ck_messages_owed_by_other": [
        Pair({"side": "state", "owed_by": "office"}, {"owed_by": "state"}),
        Pair({"side": "office", "owed_by": None}, {"owed_by": "office"}),
    ],
    "ck_messages_paper_with_file": [Pair({"kind": "paper", "file_id": ROW}, {"file_id": None})],
    "ck_messages_wanted_with_note": [
        *(Pair({"kind": "amendment", **_NOTE}, {name: None}) for name in _NOTE),
        Pair({"kind": "message"}, _NOTE),
    ],
}
