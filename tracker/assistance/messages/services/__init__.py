"""Writing messages, asking with one for more time or an amendment, and answering what was asked."""

from tracker.assistance.messages.services.answering import give_time, needs_no_answer, refuse_message
from tracker.assistance.messages.services.asking import ask_more_time, say_not_as_described, want_amendment
from tracker.assistance.messages.services.writing import write_message

__all__ = [
    "ask_more_time",
    "give_time",
    "needs_no_answer",
    "refuse_message",
    "say_not_as_described",
    "want_amendment",
    "write_message",
]
