"""Sessions, rates and settings; files and long work."""

from tests.constraints.cases.pair import Cases, Pair, at_least
from tests.constraints.rows import DAY, LATER, NOW

_RUNNING = {"status": "running", "token": "held"}
_ENDED = ("done", "failed", "cancelled")

_FARE = {"what": "fare", "place": "", "cabin": "economy", "over_km": 0, "up_to_km": 1}
_DAILY = {"what": "daily", "place": "VIE"}
_INSURANCE = {"what": "insurance", "place": ""}

CASES: Cases = {
    "ck_clock_rules_days_sensible": [
        Pair({"working_days": 0}, {"working_days": -1}),
        Pair({"working_days": 400}, {"working_days": 401}),
    ],
    "ck_cost_rates_above_zero": [Pair({**_DAILY, "amount": 1}, {"amount": 0})],
    "ck_cost_rates_cabin_of_a_fare": [Pair(_FARE, {"cabin": ""}), Pair(_INSURANCE, {"cabin": "economy"})],
    "ck_cost_rates_distance_of_a_fare": [
        Pair(_FARE, {"up_to_km": 0}),
        Pair(_FARE, {"over_km": -1}),
        Pair(_INSURANCE, {"up_to_km": 1}),
    ],
    "ck_cost_rates_place": [Pair(_DAILY, {"place": ""}), Pair(_FARE, {"place": "VIE"})],
    "ck_cost_rates_season_of_a_day": [
        Pair({**_DAILY, "season_first": DAY, "season_last": DAY}, {"season_last": None}),
        Pair({**_DAILY, "season_first": LATER, "season_last": LATER}, {"season_last": DAY}),
        Pair(_INSURANCE, {"season_first": DAY, "season_last": DAY}),
    ],
    "ck_cost_rules_percent": [Pair({"percent": 0}, {"percent": -1}), Pair({"percent": 100}, {"percent": 101})],
    "ck_exchange_rates_above_zero": [Pair({"units_per_usd": "0.0000000001"}, {"units_per_usd": 0})],
    "ck_files_size": at_least(0, "size"),
    "ck_incoming_files_received_within_size": [
        Pair({"size": 5, "received": 0}, {"received": -1}),
        Pair({"size": 5, "received": 5}, {"received": 6}),
    ],
    "ck_import_runs_ended": [
        Pair({"status": "running", "ended_at": None}, {"ended_at": NOW}),
        Pair({"status": "done", "ended_at": NOW}, {"ended_at": None}),
    ],
    "ck_import_runs_undone": [
        Pair({"status": "done", "ended_at": NOW, "undone_at": None}, {"undone_at": NOW}),
        Pair({"status": "undone", "ended_at": NOW, "undone_at": NOW}, {"undone_at": None}),
    ],
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
