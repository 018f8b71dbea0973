"""What hangs on one request, list by list, for the office's page."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

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
    InternalNote,
    NoteVerbale,
    Question,
    Recusal,
    RequestArea,
)
from tracker.events import Event, events_about, sentences
from tracker.files.models import File
from tracker.gather import Rows
from tracker.reference.models import Area

R = AssistanceRequest
# Made once: SQLAlchemy adapts every column of an alias anew.
JOINED = aliased(R)
MOST_EVENTS = 60


def lists_of(request_id: int) -> dict[str, Rows]:
    """Selects (for `gather`) of everything that hangs on a request, by the names that pages use."""
    return {
        "areas": sa.select(Area.code, Area.name_en, Area.name_fr)
        .join(RequestArea, RequestArea.area_code == Area.code)
        .where(RequestArea.request_id == request_id),
        "beneficiaries": _of(Beneficiary, request_id, "id", "position", "name"),
        "budget_lines": _of(BudgetLine, request_id, "id", "position", "label", "amount_minor"),
        "attachments": sa.select(
            Attachment.id, Attachment.label, Attachment.internal, File.public_id, File.name, File.size, File.kind
        )
        .join(File, File.id == Attachment.file_id)
        .where(Attachment.request_id == request_id),
        "notes_verbales": _notes_verbales(request_id),
        "clocks": _of(
            Clock,
            request_id,
            *("id", "name", "working_days", "started_at", "due_at", "days_left", "paused_at", "paused_by_id"),
            *("stopped_at", "met"),
        ),
        "rounds": _of(Clarification, request_id, "id", "asked_by_id", "asked_at", "answered_by_id", "answered_at"),
        "questions": _questions(request_id),
        "decisions": _decisions(request_id),
        "notes": _of(InternalNote, request_id, "id", "author_id", "body", "written_at"),
        "recusals": _of(Recusal, request_id, "person_id", "reason", "at"),
        "activities": _activities(request_id),
        "consents": _of(Consent, request_id, "id", "field", "audience", "given_by_id", "given_at", "revoked_at"),
        "happenings": sa.select(Event.id, Event.name, Event.at, Event.actor_person_id, Event.data)
        .where(
            Event.id.in_(events_about(R.__event_subject__, request_id)), Event.name.in_(sentences.names(office=True))
        )
        .order_by(Event.id.desc())
        .limit(MOST_EVENTS),
    }


def _of(model: Any, request_id: int, *columns: str) -> Rows:
    return sa.select(*(getattr(model, name) for name in columns)).where(model.request_id == request_id)


def _questions(request_id: int) -> Rows:
    columns = ("id", "clarification_id", "position", "field", "text", "language", "answer", "answer_language")
    return (
        sa.select(*(getattr(Question, name) for name in columns), Question.before, Question.after)
        .join(Clarification, Clarification.id == Question.clarification_id)
        .where(Clarification.request_id == request_id)
    )


def _notes_verbales(request_id: int) -> Rows:
    columns = ("id", "issuer", "reference", "dated", "paper", "filed_at", "verified_by_id", "verified_at")
    return (
        sa.select(
            *(getattr(NoteVerbale, name) for name in columns),
            NoteVerbale.returned_at,
            NoteVerbale.return_reason,
            File.public_id.label("file_public_id"),
            File.name.label("file_name"),
            File.size.label("file_size"),
            File.kind.label("file_kind"),
        )
        .outerjoin(File, File.id == NoteVerbale.file_id)
        .where(NoteVerbale.request_id == request_id)
    )


def _decisions(request_id: int) -> Rows:
    columns = ("id", "public_id", "outcome", "amount_minor", "scope", "conditions", "reasons", "language")
    return (
        sa.select(
            *(getattr(Decision, name) for name in columns),
            Decision.scope_language,
            Decision.conditions_language,
            Decision.amends_id,
            Decision.referred_to,
            Decision.state_agreed_on,
            Decision.prepared_by_id,
            Decision.prepared_at,
            Decision.signed_by_id,
            Decision.signed_at,
            Decision.dropped_at,
            Decision.dropped_reason,
            JOINED.reference.label("joined_reference"),
            JOINED.public_id.label("joined_public_id"),
        )
        .outerjoin(JOINED, JOINED.id == Decision.merged_into_id)
        .where(Decision.request_id == request_id)
    )


def _activities(request_id: int) -> Rows:
    columns = ("id", "public_id", "version", "title", "language", "planned_on", "place", "delivered_on", "result")
    return (
        sa.select(
            *(getattr(Activity, name) for name in columns),
            Activity.recorded_at,
            Activity.women,
            Activity.men,
            Activity.not_stated,
            File.public_id.label("file_public_id"),
            File.name.label("file_name"),
            Confirmation.rating,
            Confirmation.comment,
            Confirmation.language.label("comment_language"),
            Confirmation.confirmed_at,
        )
        .outerjoin(File, File.id == Activity.file_id)
        .outerjoin(Confirmation, Confirmation.activity_id == Activity.id)
        .where(Activity.request_id == request_id)
    )
