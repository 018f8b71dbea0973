"""What can be done with a pledge, its allocations and its money; the rule of each is in policies.RULES."""

import enum
from typing import Any

from tracker.languages.marking import lazy


class Action(enum.StrEnum):
    """One thing that a person can do; the steps of the ledger have names of their own (lifecycle.ACTS)."""

    OFFER = "offer"
    FILE = "file"
    SET_INTERESTS = "set_interests"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    REFUSE = "refuse"
    LAPSE = "lapse"
    CLOSE = "close"
    RAISE = "raise"
    REDUCE = "reduce"
    EXTEND = "extend"
    EARMARK = "earmark"
    RECORD_RECEIPT = "record_receipt"
    APPLY_SURPLUS = "apply_surplus"
    RETURN_SURPLUS = "return_surplus"
    REFUND = "refund"
    REVERSE = "reverse"
    CONFIRM_POSTING = "confirm_posting"
    PLAN_ALLOCATION = "plan_allocation"
    APPROVE_ALLOCATION = "approve_allocation"
    CANCEL_PLAN = "cancel_plan"
    RELEASE_ALLOCATION = "release_allocation"
    HOLD_FOR_SEATS = "hold_for_seats"
    DISBURSE = "disburse"
    RECOVER = "recover"


ACTION_LABELS: dict[Action, Any] = {
    Action.OFFER: lazy("New pledge"),
    Action.FILE: lazy("File a pledge on paper"),
    Action.SET_INTERESTS: lazy("My interests"),
    Action.SIGN: lazy("Sign"),
    Action.WITHDRAW: lazy("Withdraw"),
    Action.ACCEPT: lazy("Accept"),
    Action.REFUSE: lazy("Refuse"),
    Action.LAPSE: lazy("Note as lapsed"),
    Action.CLOSE: lazy("Close"),
    Action.RAISE: lazy("Raise"),
    Action.REDUCE: lazy("Reduce"),
    Action.EXTEND: lazy("Extend"),
    Action.EARMARK: lazy("Change the earmark"),
    Action.RECORD_RECEIPT: lazy("Record money received"),
    Action.APPLY_SURPLUS: lazy("Apply it"),
    Action.RETURN_SURPLUS: lazy("Return it"),
    Action.REFUND: lazy("Refund"),
    Action.REVERSE: lazy("Reverse"),
    Action.CONFIRM_POSTING: lazy("Confirm"),
    Action.PLAN_ALLOCATION: lazy("Plan an allocation"),
    Action.APPROVE_ALLOCATION: lazy("Approve"),
    Action.CANCEL_PLAN: lazy("Drop the plan"),
    Action.RELEASE_ALLOCATION: lazy("Release"),
    Action.HOLD_FOR_SEATS: lazy("Approve"),
    Action.DISBURSE: lazy("Record a payment"),
    Action.RECOVER: lazy("Record money recovered"),
}
"""What the link or button of each says on the pages."""
