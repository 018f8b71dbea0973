"""From the drafter to the authority and on to the office; what the State lets others see; taking a request back."""

from tracker.assistance.authorisation.services.authorising import ask_authorisation, return_to_draft, submit
from tracker.assistance.authorisation.services.consenting import set_consent
from tracker.assistance.authorisation.services.filing import file_paper_request
from tracker.assistance.authorisation.services.withdrawing import withdraw

__all__ = ["ask_authorisation", "file_paper_request", "return_to_draft", "set_consent", "submit", "withdraw"]
