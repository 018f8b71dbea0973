"""Writing to the office and to a delegate, saying that no answer is needed, and erasing what is old."""

from tracker.participation.delegate_messages.services.erasing import erase_messages, erase_old_messages
from tracker.participation.delegate_messages.services.writing import needs_no_answer, write_to_delegate, write_to_office

__all__ = ["erase_messages", "erase_old_messages", "needs_no_answer", "write_to_delegate", "write_to_office"]
