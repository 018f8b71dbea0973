"""What delegates claim after the journey, its receipts and what the office says of it."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import DAY, LATER, NOW, ROW

_RECEIPT = {"kind": "receipt", "line": "visa", "paid_on": DAY, "amount_minor": 1, "currency": "EUR"}
_RATE = {**_RECEIPT, "rate": 2, "rate_on": DAY, "dollars_minor": 1}

CASES: Cases = {
    "ck_delegate_claims_number_from_one": [Pair({"number": 1}, {"number": 0})],
    "ck_delegate_claims_days_are_whole": [
        Pair({"first_day": DAY, "last_day": DAY}, {name: None}) for name in ("first_day", "last_day")
    ],
    "ck_delegate_claims_days_in_order": [
        Pair({"first_day": DAY, "last_day": LATER}, {"first_day": LATER, "last_day": DAY})
    ],
    "ck_delegate_claims_sent_has_moment": [
        Pair({"status": "sent", "sent_at": NOW}, {"sent_at": None}),
        Pair({"status": "draft"}, {"sent_at": NOW}),
    ],
    "ck_delegate_claims_asked_by_somebody": [
        Pair({"status": "asked", "sent_at": NOW, "asked_at": NOW, "asked_by_id": ROW}, {"asked_by_id": None}),
        Pair(
            {"status": "asked", "sent_at": NOW, "asked_at": NOW, "asked_by_id": ROW},
            {"asked_at": None, "asked_by_id": None},
        ),
    ],
    "ck_delegate_claims_answered_has_moment": [
        Pair({"status": "answered", "sent_at": NOW, "answered_at": NOW}, {"answered_at": None}),
        Pair({"status": "sent", "sent_at": NOW}, {"answered_at": NOW}),
    ],
    "ck_delegate_claims_evidence_of_what_is_erased": [
        Pair({"erased_on": DAY, "evidence_until": LATER}, {"erased_on": None})
    ],
    "ck_claim_papers_receipt_is_whole": [
        *(Pair(_RECEIPT, {name: None}) for name in ("line", "paid_on", "amount_minor", "currency")),
        Pair({"kind": "boarding"}, {"line": "visa"}),
    ],
    "ck_claim_papers_above_zero": [Pair(_RECEIPT, {"amount_minor": 0})],
    "ck_claim_papers_rate_is_whole": [Pair(_RATE, {"rate_on": None}), Pair(_RATE, {"dollars_minor": None})],
}
