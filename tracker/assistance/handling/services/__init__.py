"""Who works on a request, and what officers do until a decision can be prepared."""

from tracker.assistance.handling.services.assigning import MOST_AT_ONCE, assign, bulk_assign, hand_over
from tracker.assistance.handling.services.erasing import drop_erasure, erase, propose_erasure
from tracker.assistance.handling.services.leaving import pass_on_requests
from tracker.assistance.handling.services.taking_up import add_note, recuse, return_note, take_up

__all__ = [
    "MOST_AT_ONCE",
    "add_note",
    "assign",
    "bulk_assign",
    "drop_erasure",
    "erase",
    "hand_over",
    "pass_on_requests",
    "propose_erasure",
    "recuse",
    "return_note",
    "take_up",
]
