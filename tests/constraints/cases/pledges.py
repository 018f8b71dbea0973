"""Pledges, their earmarks and instalments, and allocations: each status with the facts that it rests on."""

from tests.constraints.cases.pair import Cases, Pair, at_least, whole
from tests.constraints.rows import DAY, LATER, NOW, ROW, Same, Values
from tracker.pledges.lifecycle import ENDED_WITH_REASON, OPEN, AllocationStatus, Origin, Status

_SIGNATURE = {"signed_at": NOW, "signed_by_id": ROW}
_AGREEMENT = {
    "accepted_at": NOW,
    "agreement_reference": "A-1",
    "agreement_date": DAY,
    "agreement_file_id": ROW,
    "ends_on": LATER,
}
_WITH_AGREEMENT = (Status.ACCEPTED, Status.CLOSED)
_IMPORTED = {"origin": Origin.IMPORTED}
_APPROVAL = {"approved_at": NOW, "approved_by_id": ROW}
_HOLDING = (AllocationStatus.APPROVED, AllocationStatus.CLOSED)
_OVER = (AllocationStatus.RELEASED, AllocationStatus.CLOSED)


_ON_PAPER = {"status": Status.SIGNED, **_SIGNATURE, "signed_on_paper_by": ".", "agreement_file_id": ROW}


def _standing(status: Status) -> Values:
    """A pledge that was never imported, with the facts that `status` asks for."""
    facts: Values = {"status": status, "origin": Origin.FORM}
    if status in (Status.SIGNED, *_WITH_AGREEMENT):
        facts |= _SIGNATURE
    if status in _WITH_AGREEMENT:
        facts |= _AGREEMENT
    if status not in OPEN:
        facts["ended_at"] = NOW
    if status in ENDED_WITH_REASON:
        facts["reason"] = "The budget was cut"
    return facts


def _needed(status: Status, lacking: Values) -> list[Pair]:
    """Without these facts the pledge is refused, unless it was imported."""
    facts = _standing(status)
    return [Pair(facts, lacking), Pair({**facts, **lacking, **_IMPORTED}, {"origin": Origin.FORM})]


def _allocated(status: AllocationStatus) -> Values:
    facts: Values = {"status": status}
    if status in _HOLDING:
        facts |= _APPROVAL
    if status in _OVER:
        facts["ended_at"] = NOW
    return facts


def _turned(facts: Values, column: str, filled: object) -> Pair:
    """The row and the same with `column` emptied where it is filled, filled where it is empty."""
    return Pair(facts, {column: None if facts.get(column) else filled})


CASES: Cases = {
    "ck_annual_reports_explained_has_moment": [
        Pair({"explanation": ".", "explained_at": NOW}, {"explained_at": None}),
        Pair({"explanation": "", "explained_at": None}, {"explained_at": NOW}),
    ],
    "ck_pledges_paper_by_two_persons": [
        Pair({**_ON_PAPER, "accepted_by_id": ROW}, {"accepted_by_id": Same("signed_by_id")}),
        Pair(
            {**_SIGNATURE, "accepted_by_id": Same("signed_by_id")},
            {"signed_on_paper_by": ".", "agreement_file_id": ROW},
        ),
    ],
    "ck_pledges_paper_is_kept": [
        Pair(_ON_PAPER, {"agreement_file_id": None}),
        Pair({"status": Status.OFFERED, "agreement_file_id": ROW}, {"signed_on_paper_by": "."}),
    ],
    "ck_issued_statements_ends_after_beginning": [Pair({"first_on": DAY, "last_on": DAY}, {"first_on": LATER})],
    "ck_issued_statements_number_from_one": [Pair({"number": 1}, {"number": 0})],
    "ck_issued_statements_steps_in_order": [
        Pair({"after": 2, "until": 2}, {"until": 1}),
        Pair({"after": 0}, {"after": -1}),
    ],
    "ck_allocations_amount_above_zero": at_least(1, "amount_minor"),
    "ck_allocations_a_seats_is_approved": [Pair(_allocated(AllocationStatus.PLANNED), {"seat_id": ROW})],
    "ck_allocations_approved_has_approval": [
        Pair(_allocated(status), {fact: None}) for status in _HOLDING for fact in _APPROVAL
    ],
    "ck_allocations_ended_has_moment": [_turned(_allocated(status), "ended_at", NOW) for status in AllocationStatus],
    "ck_allocations_planned_is_not_approved": [Pair(_allocated(AllocationStatus.PLANNED), {"approved_at": NOW})],
    "ck_allocations_two_persons": [
        Pair(_allocated(AllocationStatus.APPROVED), {"approved_by_id": Same("planned_by_id")})
    ],
    "ck_earmarks_a_date_has_no_share": [
        Pair({"rule": "until"}, {"share_bp": 1}),
        Pair({"rule": "areas", "share_bp": 1}, {"rule": "until"}),
    ],
    "ck_earmarks_share_is_a_part": [*at_least(1, "share_bp"), Pair({"share_bp": 9999}, {"share_bp": 10_000})],
    "ck_earmarks_women_have_a_share": [Pair({"rule": "women", "share_bp": 1}, {"share_bp": None})],
    "ck_instalments_amount_above_zero": at_least(1, "amount_minor"),
    "ck_instalments_parts_not_negative": at_least(0, "received_minor", "cancelled_minor"),
    "ck_instalments_parts_within_amount": [
        Pair({"amount_minor": 5, "received_minor": 3, "cancelled_minor": 2}, {part: 4})
        for part in ("received_minor", "cancelled_minor", "amount_minor")
    ],
    "ck_pledges_accepted_has_agreement": [
        pair for status in _WITH_AGREEMENT for fact in _AGREEMENT for pair in _needed(status, {fact: None})
    ],
    "ck_pledges_amount_above_zero": at_least(1, "amount_minor"),
    "ck_pledges_currency_has_three_letters": [Pair({"currency": "EUR"}, {"currency": "EU"})],
    "ck_pledges_ended_has_moment": [_turned(_standing(status), "ended_at", NOW) for status in Status],
    "ck_pledges_ended_if_and_only_if_reason": [_turned(_standing(status), "reason", "Cut") for status in Status],
    "ck_pledges_ends_after_start": [Pair({"agreement_date": LATER, "ends_on": LATER}, {"ends_on": DAY})],
    "ck_pledges_signature_is_whole": whole(*_SIGNATURE, filled=_SIGNATURE),
    "ck_pledges_signed_has_signature": [
        pair for status in (Status.SIGNED, *_WITH_AGREEMENT) for pair in _needed(status, dict.fromkeys(_SIGNATURE))
    ],
    "ck_pledges_support_rate_is_a_share": [
        *at_least(0, "support_rate_bp"),
        Pair({"support_rate_bp": 10_000}, {"support_rate_bp": 10_001}),
    ],
}
