"""Questions to the State and its answers."""

from tracker.assistance.clarification.services.answering import answer, hand_to_authority, save_answers
from tracker.assistance.clarification.services.asking import ask_clarification

__all__ = ["answer", "ask_clarification", "hand_to_authority", "save_answers"]
