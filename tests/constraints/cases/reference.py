"""Sessions, rates and settings; files and long work."""

from tests.constraints.cases.pair import Cases, Pair, at_least
from tests.constraints.rows import DAY, LATER, NOW

_RUNNING = {"status": "running", "token": "held"}
_ENDED = ("done", "failed", "cancelled")

CASES: Cases = {
    "ck_clock_rules_days_sensible": [
        Pair({"working_days": 0}, {"working_days": -1}),
        Pair({"working_days": 400}, {"working_days": 401}),
    ],
    "ck_exchange_rates_above_zero": [Pair({"units_per_usd": "0.0000000001"}, {"units_per_usd": 0})],
    "ck_files_size": at_least(0, "size"),
    "ck_jobs_ended": [
        *(Pair({"status": status, "ended_at": NOW}, {"ended_at": None}) for status in _ENDED),
        Pair({"status": "queued"}, {"ended_at": NOW}),
        Pair(_RUNNING, {"ended_at": NOW}),
    ],
    "ck_jobs_held_while_running": [
        Pair(_RUNNING, {"token": None}),
        Pair({"status": "queued"}, {"token": "held"}),
        *(Pair({"status": status, "ended_at": NOW}, {"token": "held"}) for status in _ENDED),
    ],
    "ck_jobs_progress": at_least(0, "done", "total"),
    "ck_sessions_closes_before_start": [Pair({"starts_on": DAY, "closing_on": DAY}, {"closing_on": LATER})],
    "ck_sessions_ends_after_start": [Pair({"starts_on": LATER, "ends_on": LATER}, {"ends_on": DAY})],
    "ck_sessions_seats": at_least(0, "seats_funded", "seats_per_state", "alternates_per_state"),
    "ck_sessions_visa_before_start": [Pair({"starts_on": DAY, "visa_safe_on": DAY}, {"visa_safe_on": LATER})],
}
