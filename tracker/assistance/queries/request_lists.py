"""What hangs on one request, list by list: the columns that both pages show. Each page adds what is its side's."""

from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Office, Organisation, Person
from tracker.assistance.message_kinds import Side
from tracker.assistance.models import (
    Activity,
    AssistanceRequest,
    Attachment,
    Beneficiary,
    BudgetLine,
    Clarification,
    Clock,
    Confirmation,
    Consent,
    Decision,
    Erasure,
    GivenReason,
    Message,
    MessageAnswer,
    NoteVerbale,
    Question,
    RequestArea,
)
from tracker.database.one_statement import Rows
from tracker.events import Event, events_about
from tracker.files.models import File
from tracker.reference.models import Area, ExchangeRate, Holiday, Session

R = AssistanceRequest
# Made once: SQLAlchemy adapts every column of an alias anew.
JOINED = sa.orm.aliased(R)


def columns_of(model: Any, *names: str) -> list[Any]:
    """Columns of a model by name."""
    return [getattr(model, name) for name in names]


def of_request(model: Any, request_id: int, *names: str) -> Rows:
    """The rows of a model that belong to a request."""
    return sa.select(*columns_of(model, *names)).where(model.request_id == request_id)


def file_columns(prefix: str = "") -> list[Any]:
    """Where a file is, what it is called, how large it is and whether its content is gone; the names begin with
    `prefix`."""
    columns = (File.public_id, File.name, File.kind, File.size, File.erased_at)
    return [column.label(f"{prefix}{column.key}") for column in columns]


def same_for_both(r: R) -> dict[str, Rows]:
    """Selects (for `read_in_one_statement`) of the lists that both pages show alike."""
    session = ("code", "title_en", "title_fr", "starts_on", "ends_on", "city", "city_fr", "closing_on")
    rate = ("units_per_usd", "valid_from", "source")
    return {
        "areas": sa.select(*columns_of(Area, "code", "name_en", "name_fr"))
        .join(RequestArea, RequestArea.area_code == Area.code)
        .where(RequestArea.request_id == r.id),
        "beneficiaries": of_request(Beneficiary, r.id, "id", "position", "name"),
        "budget_lines": of_request(BudgetLine, r.id, "id", "position", "label", "amount_minor"),
        "session": sa.select(*columns_of(Session, *session)).where(Session.id == r.session_id),
        "rate": sa.select(*columns_of(ExchangeRate, *rate)).where(ExchangeRate.id == r.usd_rate_id),
        "holidays": sa.select(Holiday.day).where(Holiday.ended_at.is_(None)),
    }


def owner(r: R) -> Rows:
    """The State and its drafting office."""
    return (
        sa.select(*columns_of(Organisation, "code", "name", "state_iso3"), Office.name.label("office"))
        .select_from(Organisation)
        .outerjoin(Office, Office.id == r.office_id)
        .where(Organisation.id == r.organisation_id)
    )


def papers(request_id: int) -> Rows:
    """Documents with their files, the office's internal ones and those that were struck out too."""
    struck = ("struck_by_id", "struck_at", "strike_reason", "strike_language", "replaced_by_id")
    return (
        sa.select(*columns_of(Attachment, "id", "label", *struck), *file_columns(), File.handed_in_at)
        .join(File, File.id == Attachment.file_id)
        .where(Attachment.request_id == request_id)
    )


def erasures(request_id: int) -> Rows:
    """Documents whose content went or is to go, with what stays of them; not what was proposed and dropped."""
    proposal = (
        "id",
        "ground",
        "reason",
        "language",
        "proposed_by_id",
        "proposed_at",
        "confirmed_by_id",
        "confirmed_at",
    )
    return (
        of_request(Erasure, request_id, *proposal)
        .add_columns(File.name, File.sha256)
        .join(File, File.id == Erasure.file_id)
        .where(Erasure.dropped_at.is_(None))
    )


def notes_verbales(request_id: int) -> Rows:
    """Notes verbales, joined with their files (see `file_columns`)."""
    names = ("id", "issuer", "reference", "dated", "verified_by_id", "verified_at", "returned_at", "return_reason")
    return of_request(NoteVerbale, request_id, *names).outerjoin(File, File.id == NoteVerbale.file_id)


def questions(request_id: int) -> Rows:
    """Questions with answers and the values of their fields, joined with their rounds."""
    names = ("id", "clarification_id", "position", "field", "text", "language", "answer", "answer_language")
    return (
        sa.select(*columns_of(Question, *names, "before", "after"))
        .join(Clarification, Clarification.id == Question.clarification_id)
        .where(Clarification.request_id == request_id)
    )


def clocks(request_id: int) -> Rows:
    """Clocks, those that stopped too."""
    names = ("id", "name", "working_days", "started_at", "due_at", "pauses", "paused_at", "stopped_at", "days_used")
    return of_request(Clock, request_id, *names, "met", "due_before")


def consents(request_id: int) -> Rows:
    """Consents, those that were taken back too."""
    return of_request(Consent, request_id, "id", "field", "audience", "given_at")


def reasons(request_id: int) -> Rows:
    """The reasons that were given for acts on the request."""
    return of_request(GivenReason, request_id, "id", "action", "reason", "language", "given_by_id", "given_at", "day")


def activities(request_id: int) -> Rows:
    """Activities as planned and as delivered, joined with their files and the State's word."""
    names = ("id", "public_id", "title", "language", "planned_on", "place", "delivered_on", "recorded_at", "result")
    return (
        of_request(Activity, request_id, *names, "women", "men", "not_stated")
        .add_columns(
            File.name.label("file_name"),
            File.erased_at.label("file_erased_at"),
            Confirmation.language.label("comment_language"),
            *columns_of(Confirmation, "rating", "comment", "confirmed_by_id", "confirmed_at"),
        )
        .outerjoin(Confirmation, Confirmation.activity_id == Activity.id)
        .outerjoin(File, File.id == Activity.file_id)
    )


def decisions(request_id: int) -> Rows:
    """Decisions by what they say, prepared and dropped ones too, with the request that a merger joins."""
    terms = ("amount_minor", "scope", "scope_language", "conditions", "conditions_language", "reasons", "language")
    why = ("amount_reason", "human_rights", "human_rights_language")
    says = ("before_rounds", "outcome", "referred_to", "state_agreed_on", "signed_by_id", "signed_at")
    return (
        of_request(Decision, request_id, "id", "amends_id", *terms, *why, *says)
        .add_columns(JOINED.reference.label("joined_reference"))
        .outerjoin(JOINED, JOINED.id == Decision.merged_into_id)
    )


MESSAGES_SHOWN, MOST_OWED = 10, 50
"""So many of the newest messages stand on a request's page; one more is read, to know whether there are older ones."""


def messages_on_page(request_id: int) -> dict[str, Rows]:
    """The newest messages, those that wait for an answer, and the papers of all of them."""
    return {
        "messages": messages(request_id).limit(MESSAGES_SHOWN + 1),
        "messages_owed": messages_owed(request_id),
        "message_papers": message_papers(request_id),
    }


def messages(request_id: int) -> Rows:
    """Messages with who wrote them, their papers, and whether they were answered, the newest first."""
    names = ("id", "public_id", "kind", "side", "owed_by", "body", "language", "day", "day_before", "written_at")
    return (
        of_request(Message, request_id, *names, "note_issuer", "note_reference", "note_dated", "written_by_id")
        .add_columns(
            Person.name.label("author"),
            Activity.title.label("activity"),
            Activity.language.label("activity_language"),
            MessageAnswer.answer_id,
            *file_columns("file_"),
        )
        .join(Person, Person.id == Message.written_by_id)
        .outerjoin(MessageAnswer, MessageAnswer.message_id == Message.id)
        .outerjoin(Activity, Activity.id == Message.activity_id)
        .outerjoin(File, File.id == Message.file_id)
        .order_by(Message.id.desc())
    )


def messages_owed(request_id: int) -> Rows:
    """The messages to which one side owes an answer, and what a page must know of them."""
    names = ("id", "public_id", "kind", "owed_by", "written_at")
    return of_request(Message, request_id, *names).where(is_owed()).order_by(Message.id).limit(MOST_OWED)


def is_owed() -> sa.ColumnElement[bool]:
    """The condition that an answer to a message is still owed."""
    answered = sa.exists().where(MessageAnswer.message_id == Message.id)
    return sa.and_(Message.owed_by.is_not(None), ~answered)


def unanswered_since(side: Side) -> sa.Label[Any]:
    """Since when a message waits for an answer of `side`, as a column of a list of requests."""
    first = sa.select(sa.func.min(Message.written_at)).where(
        Message.request_id == R.id, Message.owed_by == side, is_owed()
    )
    return first.correlate(R).scalar_subquery().label(f"unanswered_by_{side}")


def message_papers(request_id: int) -> Rows:
    """The papers that came with messages."""
    return (
        sa.select(Message.id, *file_columns())
        .join(File, File.id == Message.file_id)
        .where(Message.request_id == request_id)
    )


def is_about(request_id: int) -> sa.ColumnElement[bool]:
    """The condition that an event is about the request, be it as its subject or as one of several things."""
    return Event.id.in_(events_about(R.__event_subject__, request_id))
