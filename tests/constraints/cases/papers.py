"""What delegates hand in: sealed or erased, with who handed it in; keys are wrapped or destroyed."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import DAY, NOW, ROW

_WRAPPED = {"wrapped": b".", "key_id": "1"}
_ENTERED = {"by_whom": "officer", "entered_by_id": ROW, "source": ".", "received_on": DAY}
_BY_OFFICER = {"by_whom": "officer", "written_by_id": ROW}

CASES: Cases = {
    "ck_sealed_keys_wrapped_or_destroyed": [
        Pair(_WRAPPED, {"destroyed_at": NOW}),
        Pair({"wrapped": None, "key_id": None, "destroyed_at": NOW}, {"destroyed_at": None}),
    ],
    "ck_sealed_keys_wrapped_by_a_key": [Pair(_WRAPPED, {"key_id": None})],
    **{
        f"ck_delegate_papers_{name}": [
            Pair({name: b".", f"{name}_on": DAY}, {f"{name}_on": None}),
            Pair({name: b".", f"{name}_on": DAY}, {name: None}),
        ]
        for name in ("passport", "visa", "access")
    },
    "ck_delegate_papers_payment_is_chosen": [
        Pair({"pays_by": "arrival", "payment_on": DAY}, {"payment_on": None}),
        Pair({}, {"payment_on": DAY}),
    ],
    "ck_delegate_papers_bank_of_a_transfer": [
        Pair({"pays_by": "transfer", "payment_on": DAY, "bank": b"."}, {"bank": None}),
        Pair({"pays_by": "arrival", "payment_on": DAY}, {"bank": b"."}),
    ],
    "ck_delegate_papers_erased_is_gone": [
        Pair({"erased_on": DAY}, {name: b"."}) for name in ("passport", "visa", "access", "bank")
    ],
    "ck_delegate_papers_evidence_until": [
        Pair({"evidence": b".", "evidence_until": DAY}, {name: None}) for name in ("evidence", "evidence_until")
    ],
    "ck_delegate_papers_accepted_by_somebody": [
        Pair({"accepted_at": NOW, "accepted_by_id": ROW}, {name: None}) for name in ("accepted_at", "accepted_by_id")
    ],
    "ck_papers_handed_in_entered_with_its_source": [
        *(Pair(_ENTERED, {name: None}) for name in ("entered_by_id", "source", "received_on")),
        Pair({"by_whom": "delegate"}, {"source": "."}),
    ],
    "ck_papers_handed_in_no_bank_data_by_helpers": [
        Pair({"by_whom": "helper", "paper": "visa"}, {"paper": "payment"}),
    ],
    "ck_delegate_messages_written_by_an_officer": [
        Pair(_BY_OFFICER, {"written_by_id": None}),
        Pair({"by_whom": "helper"}, {"written_by_id": ROW}),
    ],
    "ck_delegate_messages_officers_answer": [
        Pair({**_BY_OFFICER, "answers_id": ROW}, {"by_whom": "helper", "written_by_id": None})
    ],
    "ck_delegate_messages_needs_no_answer": [
        Pair({**_BY_OFFICER, "answers_id": ROW, "needs_no_answer": True}, {"answers_id": None})
    ],
    "ck_delegate_messages_erased_is_gone": [
        Pair({"body": None, "erased_at": NOW}, {"body": "."}),
        Pair({"body": "."}, {"body": None}),
    ],
    "ck_delegate_messages_says_something": [Pair({"body": "."}, {"body": ""})],
    "ck_conditions_answers_entered_with_its_source": [
        *(Pair(_ENTERED, {name: None}) for name in ("entered_by_id", "source", "received_on")),
        Pair({"by_whom": "delegate"}, {"source": "."}),
    ],
    "ck_conditions_texts_says_something": [Pair({}, {"body": ""})],
    "ck_conditions_versions_written_by_somebody": [
        Pair({"delivered": True}, {"delivered": False}),
        Pair({"delivered": False, "made_by_id": ROW}, {"made_by_id": None}),
    ],
    "ck_paper_openings_reason": [Pair({}, {"reason": ""})],
    "ck_disclosures_to_somebody_for_a_reason": [Pair({}, {name: ""}) for name in ("reason", "recipient_name")],
}
