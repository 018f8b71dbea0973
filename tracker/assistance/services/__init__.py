"""What can be done with a request: one function per verb, one transaction and one event each."""

from tracker.assistance.services.amending import Amendment, amend, drop_amendment, prepare_amendment
from tracker.assistance.services.answering import answer, save_answers
from tracker.assistance.services.assigning import MOST_AT_ONCE, assign, bulk_assign, hand_over
from tracker.assistance.services.attaching import attach, detach
from tracker.assistance.services.authorising import ask_authorisation, return_to_draft, submit
from tracker.assistance.services.confirming import confirm_delivery
from tracker.assistance.services.consenting import set_consent
from tracker.assistance.services.deciding import Proposal, drop_decision, prepare_decision, sign_decision
from tracker.assistance.services.delivering import (
    Result,
    complete,
    plan_activity,
    record_delivery,
    start_delivery,
)
from tracker.assistance.services.drafting import autosave, discard, edit, invite_co_drafter, start_draft
from tracker.assistance.services.filing import file_paper_request
from tracker.assistance.services.timing import follow_rules
from tracker.assistance.services.triaging import (
    add_note,
    add_question_template,
    ask_clarification,
    end_question_template,
    recuse,
    return_note,
    take_up,
)
from tracker.assistance.services.withdrawing import reopen, withdraw

__all__ = [
    "MOST_AT_ONCE",
    "Amendment",
    "Proposal",
    "Result",
    "add_note",
    "add_question_template",
    "amend",
    "answer",
    "ask_authorisation",
    "ask_clarification",
    "assign",
    "attach",
    "autosave",
    "bulk_assign",
    "complete",
    "confirm_delivery",
    "detach",
    "discard",
    "drop_amendment",
    "drop_decision",
    "edit",
    "end_question_template",
    "file_paper_request",
    "follow_rules",
    "hand_over",
    "invite_co_drafter",
    "plan_activity",
    "prepare_amendment",
    "prepare_decision",
    "record_delivery",
    "recuse",
    "reopen",
    "return_note",
    "return_to_draft",
    "save_answers",
    "set_consent",
    "sign_decision",
    "start_delivery",
    "start_draft",
    "submit",
    "take_up",
    "withdraw",
]
