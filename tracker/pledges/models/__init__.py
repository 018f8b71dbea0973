"""The tables of this capability: what was promised, and what became of the money."""

from tracker.pledges.models.confirmation import FoundThere, PostingConfirmation
from tracker.pledges.models.money import (
    Act,
    Allocation,
    Disbursement,
    LedgerAccount,
    Receipt,
    ReceiptShare,
    RequestFunding,
    Transfer,
)
from tracker.pledges.models.promise import DonorInterest, Earmark, Instalment, Pledge
from tracker.pledges.models.seat_lines import SeatLine

__all__ = [
    "Act",
    "Allocation",
    "Disbursement",
    "DonorInterest",
    "Earmark",
    "FoundThere",
    "Instalment",
    "LedgerAccount",
    "Pledge",
    "PostingConfirmation",
    "Receipt",
    "ReceiptShare",
    "RequestFunding",
    "SeatLine",
    "Transfer",
]
