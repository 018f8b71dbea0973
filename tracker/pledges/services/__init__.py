"""What people do with pledges and their money: one function a verb, one transaction, one event."""

from tracker.pledges.services.allocations import (
    approve_allocation,
    cancel_plan,
    plan_allocation,
    release_allocation,
)
from tracker.pledges.services.changes import close, lapse, raise_amount, reduce_amount, withdraw
from tracker.pledges.services.confirming import confirm_by_entries, confirm_posting
from tracker.pledges.services.interests import set_interests
from tracker.pledges.services.payments import Payment, disburse, recover
from tracker.pledges.services.promises import Agreement, Part, Terms, accept, offer, refuse, sign
from tracker.pledges.services.receipts import (
    MoneyIn,
    apply_surplus,
    record_receipt,
    refund,
    return_surplus,
)
from tracker.pledges.services.reminders import remind
from tracker.pledges.services.reversals import reverse, takes_two

__all__ = [
    "Agreement",
    "MoneyIn",
    "Part",
    "Payment",
    "Terms",
    "accept",
    "apply_surplus",
    "approve_allocation",
    "cancel_plan",
    "close",
    "confirm_by_entries",
    "confirm_posting",
    "disburse",
    "lapse",
    "offer",
    "plan_allocation",
    "raise_amount",
    "record_receipt",
    "recover",
    "reduce_amount",
    "refund",
    "refuse",
    "release_allocation",
    "remind",
    "return_surplus",
    "reverse",
    "set_interests",
    "sign",
    "takes_two",
    "withdraw",
]
