"""What is done with papers: handed in, doubts accepted, opened for a reason, erased."""

from tracker.participation.papers.services.erasing import erase_old_evidence, erase_papers, erase_what_is_over
from tracker.participation.papers.services.handing_in import (
    accept_passport,
    choose_payment,
    hand_in_passport,
    hand_in_visa,
    say_access_needs,
)
from tracker.participation.papers.services.opening import open_papers, show_once
from tracker.participation.papers.services.reading_proofs import open_evidence, show_evidence_once

__all__ = [
    "accept_passport",
    "choose_payment",
    "erase_old_evidence",
    "erase_papers",
    "erase_what_is_over",
    "hand_in_passport",
    "hand_in_visa",
    "open_evidence",
    "open_papers",
    "say_access_needs",
    "show_evidence_once",
    "show_once",
]
