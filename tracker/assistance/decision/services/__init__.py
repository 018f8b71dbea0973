"""Decisions and amendments: prepared by one person, signed by another; a second look."""

from tracker.assistance.decision.services.amending import Amendment, amend, drop_amendment, prepare_amendment
from tracker.assistance.decision.services.deciding import Proposal, drop_decision, prepare_decision, sign_decision
from tracker.assistance.decision.services.reopening import reopen

__all__ = [
    "Amendment",
    "Proposal",
    "amend",
    "drop_amendment",
    "drop_decision",
    "prepare_amendment",
    "prepare_decision",
    "reopen",
    "sign_decision",
]
