"""What a session's support is."""

from tests.constraints.cases.pair import Cases, Pair, at_least
from tracker.participation.support.lifecycle import STEPS

_DAYS = [f"{step}_days" for step in STEPS]


def _from_0_to_400(*columns: str) -> list[Pair]:
    return [*at_least(0, *columns), *(Pair({column: 400}, {column: 401}) for column in columns)]


_HELPER = {"kind": "helper", "helper_language": "en", "helper_name": ".", "helper_email": "a@b.example"}


CASES: Cases = {
    "ck_delegate_codes_tries_end": [Pair({"tries": 5}, {"tries": 6}), Pair({"tries": 0}, {"tries": -1})],
    "ck_delegate_links_helper_is_named_whole": [
        Pair(_HELPER, {"helper_email": None}),
        Pair(_HELPER, {"helper_name": None}),
    ],
    "ck_delegate_links_helper_of_a_link": [
        Pair({}, {"helper_language": "en"}),
        Pair({}, {"helper_name": ".", "helper_email": "a@b.example"}),
    ],
    "ck_session_rules_position_from_one": at_least(1, "position"),
    "ck_session_support_days": _from_0_to_400(*_DAYS),
    "ck_session_support_first_pass": [*at_least(1, "first_pass"), Pair({"first_pass": 50}, {"first_pass": 51})],
    "ck_session_support_passport_months": [
        Pair({"passport_months": 0}, {"passport_months": -1}),
        Pair({"passport_months": 24}, {"passport_months": 25}),
    ],
    "ck_session_support_visa_days": _from_0_to_400("visa_days"),
    "ck_visa_days_days": _from_0_to_400("days"),
}
