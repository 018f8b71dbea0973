"""The life of a request: states, lawful changes, and what the two sides call them. Pure, knows no database."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import N_


class Kind(enum.StrEnum):
    """What is asked for (resolution 74/247: preambular paragraph 5, operative paragraph 5)."""

    TECHNICAL = "technical"
    PARTICIPATION = "participation"


KIND_LABELS = {
    Kind.TECHNICAL: N_("Technical assistance"),
    Kind.PARTICIPATION: N_("Support for participation"),
}
REFERENCE_PREFIX = {Kind.TECHNICAL: "TA", Kind.PARTICIPATION: "PS"}


class Status(enum.StrEnum):
    """Where a request stands. How far it is funded is never a status: that is read from the ledger."""

    DRAFT = "draft"
    AWAITING_AUTHORISATION = "awaiting_authorisation"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    CLARIFICATION = "clarification"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REFERRED = "referred"
    MERGED = "merged"
    IN_IMPLEMENTATION = "in_implementation"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    UNFUNDED = "unfunded"


class Marking(enum.StrEnum):
    """How carefully a request is handled."""

    UNCLASSIFIED = "unclassified"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"


MARKING_LABELS = {
    Marking.UNCLASSIFIED: N_("Unclassified"),
    Marking.CONFIDENTIAL: N_("Confidential"),
    Marking.STRICTLY_CONFIDENTIAL: N_("Strictly confidential"),
}

# One word for the State, one for staff, the tone and the shape that carry it (interface.md).
STATUS_LABELS: dict[Status, tuple[str, str]] = {
    Status.DRAFT: (N_("Draft"), N_("Draft")),
    Status.AWAITING_AUTHORISATION: (N_("Waiting for your authority"), N_("With the authority")),
    Status.SUBMITTED: (N_("Received by UNODC"), N_("Received")),
    Status.IN_REVIEW: (N_("In review"), N_("In review")),
    Status.CLARIFICATION: (N_("Questions for you"), N_("With the State")),
    Status.ACCEPTED: (N_("Accepted"), N_("Accepted")),
    Status.DECLINED: (N_("Declined"), N_("Declined")),
    Status.REFERRED: (N_("Referred"), N_("Referred")),
    Status.MERGED: (N_("Joined with another request"), N_("Merged")),
    Status.IN_IMPLEMENTATION: (N_("In delivery"), N_("In delivery")),
    Status.COMPLETED: (N_("Completed"), N_("Completed")),
    Status.WITHDRAWN: (N_("Withdrawn"), N_("Withdrawn")),
    Status.UNFUNDED: (N_("Eligible, no seat in this session"), N_("Ended without a seat")),
}
# "Accepted" of participation reads so to the State: the round decides per delegate.
ELIGIBLE_LABEL = N_("Eligible, awaiting the round")
ROUND_RESULTS = {
    "seats": N_("Seats given"),
    "reserve": N_("Eligible, on the reserve list"),
    "returned": N_("Eligible, seats given back"),
}
"""The same once a round was approved: what it gave the State, and that no seat of it stands any more."""
# "Ended without a seat" reads so to the State whose seats all ended before anything was paid.
GIVEN_UP_LABEL = N_("Seats given up")


def label_for_state(request: Any) -> str:
    """The status of a request in its State's words, to be translated. `request` is a row with status, kind,
    round_result and seats_given_up."""
    if request.kind == Kind.PARTICIPATION and request.status == Status.ACCEPTED:
        return ROUND_RESULTS.get(request.round_result, ELIGIBLE_LABEL)
    if request.status == Status.UNFUNDED and request.seats_given_up:
        return GIVEN_UP_LABEL
    return STATUS_LABELS[Status(request.status)][0]


OPEN = frozenset(
    {
        Status.SUBMITTED,
        Status.IN_REVIEW,
        Status.CLARIFICATION,
        Status.ACCEPTED,
        Status.IN_IMPLEMENTATION,
    }
)
# With the authority or the office: a State has one such request for participation in each session.
LIVE = OPEN | {Status.AWAITING_AUTHORISATION}
CLOSED = frozenset(
    {Status.DECLINED, Status.REFERRED, Status.MERGED, Status.COMPLETED, Status.WITHDRAWN, Status.UNFUNDED}
)
DECIDED = (CLOSED - {Status.WITHDRAWN}) | {Status.ACCEPTED, Status.IN_IMPLEMENTATION}
# While a request stands here its decision can be amended; the status stays as it is.
AMENDABLE = (Status.ACCEPTED, Status.IN_IMPLEMENTATION)
# Where a request that has a decision already is looked at a second time.
SECOND_LOOK = (Status.IN_REVIEW, Status.CLARIFICATION)


class WaitingFor(enum.StrEnum):
    """Who has to act next."""

    DRAFTER = "drafter"
    AUTHORITY = "authority"
    ANSWERS = "answers"  # the State, which was asked
    RELEASE = "release"  # its authority, which was handed the answers; the office does not learn of it
    CONFIRMATION = "confirmation"  # the State, of something that was delivered
    OFFICE = "office"
    SIGNATURE = "signature"  # a manager, of what an officer prepared; the State does not learn of it
    REPLY = "reply"  # the office, to a message, when nothing else is waited for
    STATE_REPLY = "state_reply"  # the State, in the same way
    NOBODY = "nobody"


WAITING_FOR = {
    Status.DRAFT: WaitingFor.DRAFTER,
    Status.AWAITING_AUTHORISATION: WaitingFor.AUTHORITY,
    Status.SUBMITTED: WaitingFor.OFFICE,
    Status.IN_REVIEW: WaitingFor.OFFICE,
    Status.CLARIFICATION: WaitingFor.ANSWERS,
    Status.ACCEPTED: WaitingFor.OFFICE,
    Status.IN_IMPLEMENTATION: WaitingFor.OFFICE,
    **dict.fromkeys(CLOSED, WaitingFor.NOBODY),
}


class Action(enum.StrEnum):
    """The verbs that move a request, and those that work on it without moving it."""

    ASK_AUTHORISATION = "ask_authorisation"
    RETURN_TO_DRAFT = "return_to_draft"
    SUBMIT = "submit"
    RETURN_NOTE = "return_note"
    TAKE_UP = "take_up"
    ASK_CLARIFICATION = "ask_clarification"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    REFER = "refer"
    MERGE = "merge"
    REOPEN = "reopen"
    START_IMPLEMENTATION = "start_implementation"
    COMPLETE = "complete"
    END_UNFUNDED = "end_unfunded"
    WITHDRAW = "withdraw"
    DISCARD = "discard"
    # these do not change the status
    DRAFT = "draft"
    EDIT = "edit"
    INVITE = "invite"
    SET_CONSENT = "set_consent"
    HAND_TO_AUTHORITY = "hand_to_authority"
    REPLACE_DOCUMENT = "replace_document"
    STRIKE_DOCUMENT = "strike_document"
    PROPOSE_ERASURE = "propose_erasure"
    DROP_ERASURE = "drop_erasure"
    ERASE = "erase"
    ASSIGN = "assign"
    RECUSE = "recuse"
    ADD_NOTE = "add_note"
    RECORD_CONTACT = "record_contact"
    PREPARE_DECISION = "prepare_decision"
    DROP_DECISION = "drop_decision"
    PREPARE_AMENDMENT = "prepare_amendment"
    DROP_AMENDMENT = "drop_amendment"
    AMEND = "amend"
    PLAN_ACTIVITY = "plan_activity"
    RECORD_IMPLEMENTATION = "record_implementation"
    CONFIRM_IMPLEMENTATION = "confirm_implementation"
    WRITE_MESSAGE = "write_message"
    ASK_MORE_TIME = "ask_more_time"
    SAY_NOT_AS_DESCRIBED = "say_not_as_described"
    WANT_AMENDMENT = "want_amendment"
    ANSWER_MESSAGE = "answer_message"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Transition:
    """A lawful change: the states it starts from, the state it leads to, and the words on its button."""

    sources: frozenset[Status]
    target: Status
    label: str


def _change(sources: Status | frozenset[Status], target: Status, label: str) -> Transition:
    return Transition(sources if isinstance(sources, frozenset) else frozenset({sources}), target, label)


S = Status
# product.md, "Request lifecycle"; `discard` leads nowhere (the row goes) and is not a transition.
TRANSITIONS: dict[Action, Transition] = {
    Action.ASK_AUTHORISATION: _change(S.DRAFT, S.AWAITING_AUTHORISATION, N_("Ask for authorisation")),
    Action.RETURN_TO_DRAFT: _change(S.AWAITING_AUTHORISATION, S.DRAFT, N_("Return to the drafter")),
    Action.SUBMIT: _change(S.AWAITING_AUTHORISATION, S.SUBMITTED, N_("Submit with the note verbale")),
    Action.RETURN_NOTE: _change(S.SUBMITTED, S.AWAITING_AUTHORISATION, N_("Return the note verbale")),
    Action.TAKE_UP: _change(S.SUBMITTED, S.IN_REVIEW, N_("Verify the note verbale and take up")),
    Action.ASK_CLARIFICATION: _change(S.IN_REVIEW, S.CLARIFICATION, N_("Ask the State")),
    Action.ANSWER: _change(S.CLARIFICATION, S.IN_REVIEW, N_("Send the answers")),
    Action.ACCEPT: _change(S.IN_REVIEW, S.ACCEPTED, N_("Accept")),
    Action.DECLINE: _change(S.IN_REVIEW, S.DECLINED, N_("Decline")),
    Action.REFER: _change(S.IN_REVIEW, S.REFERRED, N_("Refer")),
    Action.MERGE: _change(S.IN_REVIEW, S.MERGED, N_("Merge")),
    Action.REOPEN: _change(S.DECLINED, S.IN_REVIEW, N_("Ask for a second look")),
    Action.START_IMPLEMENTATION: _change(S.ACCEPTED, S.IN_IMPLEMENTATION, N_("Start delivery")),
    Action.COMPLETE: _change(S.IN_IMPLEMENTATION, S.COMPLETED, N_("Complete")),
    Action.END_UNFUNDED: _change(S.ACCEPTED, S.UNFUNDED, N_("End without a seat")),
    Action.WITHDRAW: _change(frozenset(Status) - CLOSED, S.WITHDRAWN, N_("Withdraw")),
}


class Outcome(enum.StrEnum):
    """What a decision says; the action that signs it has the same meaning."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REFERRED = "referred"
    MERGED = "merged"


SIGNS: dict[Outcome, Action] = {
    Outcome.ACCEPTED: Action.ACCEPT,
    Outcome.DECLINED: Action.DECLINE,
    Outcome.REFERRED: Action.REFER,
    Outcome.MERGED: Action.MERGE,
}

# The acts whose reasons are kept for good, whatever becomes of the status; a decision keeps its own.
REASONED = (
    *(Action.RETURN_TO_DRAFT, Action.RETURN_NOTE, Action.REOPEN, Action.WITHDRAW, Action.RECORD_CONTACT),
    Action.END_UNFUNDED,
)

# Why the content of a document that was handed in may go.
ERASURE_GROUNDS = {
    "personal_data": N_("Personal data that should not have been handed in"),
    "malware": N_("Malware"),
}

RATINGS = {
    5: N_("Very useful"),
    4: N_("Useful"),
    3: N_("Fairly useful"),
    2: N_("Hardly useful"),
    1: N_("Not useful"),
}
"""What a State's rating of something delivered means."""

CONSENT_FIELDS = ("title", "summary", "amounts", "documents")
CONSENT_AUDIENCES = ("donors", "public")


Check = Callable[[Any], dict[str, Any]]
_gates: dict[tuple[Kind, Action], list[Check]] = {}


def gate(kind: Kind, action: Action, check: Check) -> None:
    """Register `check(subject) -> {field: sentence}`; any sentence stops the action. The subject is the request, of
    an amendment (`Action.AMEND`) the decision with the new terms."""
    checks = _gates.setdefault((kind, action), [])
    if check not in checks:
        checks.append(check)


def missing(kind: Kind, action: Action, subject: Any) -> dict[str, Any]:
    """What still stands in the way of `action`, by field; empty when nothing does."""
    found: dict[str, Any] = {}
    for check in _gates.get((kind, action), []):
        found.update(check(subject))
    return found
