"""The sequences of steps that demonstration requests take, how many days each takes, and what is accepted."""

from collections.abc import Callable, Mapping
from typing import Any

from tracker.assistance.lifecycle import Outcome

# Days from one step to the next, as it goes when nothing holds a request up.
REST = {
    "draft": 0,
    "ask_authorisation": 3,
    "return_to_draft": 2,
    "submit": 2,
    "return_note": 1,
    "assign": 1,
    "take_up": 1,
    "add_note": 1,
    "ask": 2,
    "answer": 8,
    "prepare": 5,
    "sign": 2,
    "plan": 3,
    "start": 2,
    "record_result": 24,
    "confirm": 5,
    "prepare_amendment": 12,
    "amend": 3,
    "complete": 4,
    "reopen": 6,
    "withdraw": 5,
    "end_unfunded": 60,
}
_TO_REVIEW = "draft ask_authorisation submit take_up"
_TO_DECISION = f"{_TO_REVIEW} prepare sign"
# The steps to each status that the files name (`way`); with a question in between it is written "…, asked".
STEPS_OF = {
    "draft": "draft",
    "returned to draft": "draft ask_authorisation return_to_draft",
    "awaiting authorisation": "draft ask_authorisation",
    "submitted": "draft ask_authorisation submit",
    "note returned": "draft ask_authorisation submit return_note",
    "in review": _TO_REVIEW,
    "entrusted": "draft ask_authorisation submit assign take_up",
    "entrusted, answered": "draft ask_authorisation submit assign take_up ask answer",
    "clarification": f"{_TO_REVIEW} ask",
    "answered": f"{_TO_REVIEW} ask answer",
    "prepared": f"{_TO_REVIEW} add_note prepare",
    "accepted": _TO_DECISION,
    "accepted, asked": f"{_TO_REVIEW} ask answer prepare sign",
    "declined": _TO_DECISION,
    "reopened": f"{_TO_DECISION} reopen",
    "referred": _TO_DECISION,
    "merged": _TO_DECISION,
    "planned": f"{_TO_DECISION} plan",
    "in implementation": f"{_TO_DECISION} plan start",
    "delivered": f"{_TO_REVIEW} ask answer prepare sign plan start record_result",
    "delivered, amended": f"{_TO_REVIEW} ask answer prepare sign plan start record_result prepare_amendment amend",
    "confirmed": f"{_TO_DECISION} plan start record_result confirm",
    "confirmed, amendment prepared": f"{_TO_DECISION} plan start record_result confirm prepare_amendment",
    "completed": f"{_TO_REVIEW} add_note prepare sign plan start record_result confirm complete",
    "withdrawn": f"{_TO_REVIEW} withdraw",
    "unfunded": f"{_TO_DECISION} end_unfunded",
}
OUTCOMES = {"declined": Outcome.DECLINED, "reopened": Outcome.DECLINED, "referred": Outcome.REFERRED,
             "merged": Outcome.MERGED}  # fmt: skip


def terms(text: Mapping[str, Any], phrase: Callable[[str], str]) -> dict[str, Any]:
    """What an acceptance says of a request in the files; `phrase` gives the words that it has not of its own."""
    return {
        "amount_minor": text.get("accepted"),
        "amount_reason": text.get("amount_reason", ""),
        "scope": phrase("scope"),
        "conditions": text.get("conditions", ""),
        "human_rights": phrase("human_rights_considered"),
    }
