"""Offers: one that ended says how and when, and a note verbale is whole and names a substitute."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import DAY, NOW, ROW

_NOTE = {
    "instead_of_id": ROW,
    "note_issuer": ".",
    "note_reference": ".",
    "note_dated": DAY,
    "note_file_id": ROW,
}

CASES: Cases = {
    "ck_offers_closed_has_moment": [
        Pair({"outcome": "ended", "closed_at": NOW}, {"closed_at": None}),
        Pair({}, {"closed_at": NOW}),
    ],
    "ck_offers_confirmed_alone_pays": [
        Pair({"outcome": "confirmed", "closed_at": NOW, "nobody_else_pays": True}, {"nobody_else_pays": False}),
    ],
    "ck_offers_note_is_whole": [Pair(_NOTE, {name: None}) for name in _NOTE if name != "instead_of_id"],
    "ck_offers_note_of_a_substitute": [Pair(_NOTE, {"instead_of_id": None})],
    "ck_offers_says_why": [
        Pair({"outcome": outcome, "closed_at": NOW, "reason": "."}, {"reason": None})
        for outcome in ("declined", "taken_back")
    ],
}
