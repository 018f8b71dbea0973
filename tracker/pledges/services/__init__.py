"""What people do with pledges and their money: one function a verb, one transaction, one event."""

from tracker.pledges.services.allocations import (
    approve_allocation,
    cancel_plan,
    plan_allocation,
    release_allocation,
)
from tracker.pledges.services.changes import close, lapse, withdraw
from tracker.pledges.services.confirming import (
    confirm_by_entries,
    confirm_posting,
    forget_confirmations_by_entries,
)
from tracker.pledges.services.interests import set_interests
from tracker.pledges.services.payments import Payment, disburse, recover
from tracker.pledges.services.promises import Agreement, Part, Terms, accept, file_pledge, offer, refuse, sign
from tracker.pledges.services.receipts import MoneyIn, record_receipt
from tracker.pledges.services.reminders import remind

__all__ = [
    "Agreement",
    "MoneyIn",
    "Part",
    "Payment",
    "Terms",
    "accept",
    "approve_allocation",
    "cancel_plan",
    "close",
    "confirm_by_entries",
    "confirm_posting",
    "disburse",
    "file_pledge",
    "forget_confirmations_by_entries",
    "lapse",
    "offer",
    "plan_allocation",
    "record_receipt",
    "recover",
    "refuse",
    "release_allocation",
    "remind",
    "set_interests",
    "sign",
    "withdraw",
]
