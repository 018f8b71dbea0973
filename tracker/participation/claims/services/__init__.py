"""What is done with a claim: prepared piece by piece, sent, taken back, looked at, answered, erased."""

from tracker.participation.claims.services.answering import answer
from tracker.participation.claims.services.erasing import erase_claims, erase_old_receipts
from tracker.participation.claims.services.looking import ask_to_complete, begin, open_paper
from tracker.participation.claims.services.preparing import (
    add_boarding_pass,
    add_receipt,
    correct_claim,
    remove_paper,
    save_days,
)
from tracker.participation.claims.services.reminding import remind_of_claims
from tracker.participation.claims.services.sending import send_claim, take_back_claim

__all__ = [
    "add_boarding_pass",
    "add_receipt",
    "answer",
    "ask_to_complete",
    "begin",
    "correct_claim",
    "erase_claims",
    "erase_old_receipts",
    "open_paper",
    "remind_of_claims",
    "remove_paper",
    "save_days",
    "send_claim",
    "take_back_claim",
]
