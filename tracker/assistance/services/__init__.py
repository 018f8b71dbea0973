"""What can be done with a request: one function per verb, one transaction and one event each."""

from tracker.assistance.services.answering import answer, save_answers
from tracker.assistance.services.attaching import attach, detach
from tracker.assistance.services.authorising import ask_authorisation, return_to_draft, submit
from tracker.assistance.services.confirming import confirm_delivery
from tracker.assistance.services.consenting import set_consent
from tracker.assistance.services.drafting import autosave, discard, edit, invite_co_drafter, start_draft
from tracker.assistance.services.filing import file_paper_request
from tracker.assistance.services.withdrawing import reopen, withdraw

__all__ = [
    "answer",
    "ask_authorisation",
    "attach",
    "autosave",
    "confirm_delivery",
    "detach",
    "discard",
    "edit",
    "file_paper_request",
    "invite_co_drafter",
    "reopen",
    "return_to_draft",
    "save_answers",
    "set_consent",
    "start_draft",
    "submit",
    "withdraw",
]
