"""Tables of the capability: the request, what surrounds it, and what follows a decision."""

from tracker.assistance.models.decisions import Clarification, Clock, Decision, Question
from tracker.assistance.models.implementation import Activity, Confirmation
from tracker.assistance.models.messages import Message, MessageAnswer
from tracker.assistance.models.parts import (
    Attachment,
    Beneficiary,
    BudgetLine,
    CoDrafter,
    Consent,
    Erasure,
    InternalNote,
    NoteVerbale,
    Recusal,
    RequestArea,
    RequestCopy,
)
from tracker.assistance.models.reasons import GivenReason
from tracker.assistance.models.request import AssistanceRequest

__all__ = [
    "Activity",
    "AssistanceRequest",
    "Attachment",
    "Beneficiary",
    "BudgetLine",
    "Clarification",
    "Clock",
    "CoDrafter",
    "Confirmation",
    "Consent",
    "Decision",
    "Erasure",
    "GivenReason",
    "InternalNote",
    "Message",
    "MessageAnswer",
    "NoteVerbale",
    "Question",
    "Recusal",
    "RequestArea",
    "RequestCopy",
]
