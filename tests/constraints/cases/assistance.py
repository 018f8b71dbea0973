"""Requests, each of whose statuses rests on facts; and what was planned, delivered and confirmed."""

from tests.constraints.cases.pair import Cases, Pair, at_least, whole
from tests.constraints.rows import DAY, LATER, NOW, ROW, Same, Values
from tracker.assistance.lifecycle import DECIDED, SECOND_LOOK, Status

_REFERENCE = {"reference": "TA-1", "reference_number": 1}
_SUBMITTED = {"submitted_at": NOW, "note_id": ROW}
_IMPORTED = {"origin": "imported"}
_BEFORE = (Status.DRAFT, Status.AWAITING_AUTHORISATION, Status.WITHDRAWN)
_SENT = [status for status in Status if status not in _BEFORE]
_DECIDED = sorted(DECIDED)


def _standing(status: Status) -> Values:
    """A request that was never imported, with the facts that `status` asks for."""
    facts: Values = {"status": status, "origin": "form"}
    if status not in (Status.DRAFT, Status.WITHDRAWN):
        facts |= _REFERENCE
    if status in _SENT:
        facts |= _SUBMITTED
    if status in SECOND_LOOK:
        facts["taken_up_at"] = NOW
    if status in DECIDED:
        facts["decision_id"] = ROW
    if status == Status.UNFUNDED:
        facts["kind"] = "participation"
    if status == Status.WITHDRAWN:
        facts["withdrawal_reason"] = "Found elsewhere"
    return facts


def _needed(status: Status, lacking: Values) -> list[Pair]:
    """Without these facts the request is refused, unless it was imported."""
    facts = _standing(status)
    return [Pair(facts, lacking), Pair({**facts, **lacking, **_IMPORTED}, {"origin": "form"})]


_STRUCK = {"struck_at": NOW, "struck_by_id": ROW, "strike_reason": ".", "strike_language": "en"}
_CONFIRMED = {"confirmed_at": NOW, "confirmed_by_id": ROW}

CASES: Cases = {
    "ck_attachments_replaced_is_struck": [
        Pair({**_STRUCK, "replaced_by_id": ROW}, dict.fromkeys(_STRUCK)),
    ],
    "ck_attachments_struck_whole": whole(*_STRUCK, filled=_STRUCK),
    "ck_file_erasures_confirmed_whole": whole(*_CONFIRMED, filled=_CONFIRMED),
    "ck_file_erasures_ended_once": [Pair(_CONFIRMED, {"dropped_at": NOW})],
    "ck_file_erasures_has_a_reason": [Pair({"reason": "."}, {"reason": "  "})],
    "ck_file_erasures_two_persons": [Pair(_CONFIRMED, {"confirmed_by_id": Same("proposed_by_id")})],
    "ck_files_erased_once_handed_in": [Pair({"handed_in_at": NOW, "erased_at": NOW}, {"handed_in_at": None})],
    "ck_activities_people_counted": at_least(0, "women", "men", "not_stated"),
    "ck_activities_recorded_by_somebody": [
        Pair({"delivered_on": DAY, "recorded_by_id": ROW}, {"recorded_by_id": None}),
        Pair({"recorded_by_id": None}, {"delivered_on": DAY}),
    ],
    "ck_assistance_requests_given_up_unfunded": [
        Pair(_standing(Status.UNFUNDED) | {"seats_given_up": True}, {"status": Status.ACCEPTED})
    ],
    "ck_assistance_requests_unfunded_participation": _needed(Status.UNFUNDED, {"kind": "technical"}),
    "ck_assistance_requests_dates_in_order": [Pair({"starts_on": LATER, "ends_on": LATER}, {"ends_on": DAY})],
    "ck_assistance_requests_decided": [pair for status in _DECIDED for pair in _needed(status, {"decision_id": None})],
    "ck_assistance_requests_has_reference": [
        pair
        for status in (Status.AWAITING_AUTHORISATION, *_SENT)
        for pair in _needed(status, dict.fromkeys(_REFERENCE))
    ],
    "ck_assistance_requests_reference_whole": [
        Pair(_REFERENCE, {"reference_number": None}),
        Pair({}, {"reference_number": 1}),
    ],
    "ck_assistance_requests_submitted_with_note": [
        pair for status in _SENT for fact in _SUBMITTED for pair in _needed(status, {fact: None})
    ],
    "ck_assistance_requests_taken_up": [
        pair for status in SECOND_LOOK for pair in _needed(status, {"taken_up_at": None})
    ],
    "ck_assistance_requests_withdrawn_why": _needed(Status.WITHDRAWN, {"withdrawal_reason": None}),
    "ck_budget_lines_amount_positive": at_least(1, "amount_minor"),
    "ck_confirmations_rating_range": [*at_least(1, "rating"), Pair({"rating": 5}, {"rating": 6})],
    "ck_delegates_leaves_after_arriving": [
        Pair({"arrives_on": DAY, "leaves_on": LATER}, {"arrives_on": LATER, "leaves_on": DAY})
    ],
    "ck_delegates_position_from_one": at_least(1, "position"),
    "ck_notes_verbales_returned_with_reason": whole(
        "returned_at", "return_reason", filled={"returned_at": NOW, "return_reason": "No seal"}
    ),
    "ck_notes_verbales_verified_by_somebody": whole(
        "verified_at", "verified_by_id", filled={"verified_at": NOW, "verified_by_id": ROW}
    ),
}
