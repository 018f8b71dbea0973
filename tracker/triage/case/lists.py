"""What hangs on one request, list by list, for the office's page."""

import sqlalchemy as sa

from tracker.assistance.models import (
    Activity,
    AssistanceRequest,
    Attachment,
    Clarification,
    Clock,
    Consent,
    Decision,
    InternalNote,
    NoteVerbale,
    Recusal,
)
from tracker.assistance.queries import request_lists
from tracker.assistance.queries.request_lists import columns_of, file_columns, of_request
from tracker.database.one_statement import Rows
from tracker.events import Event, sentences
from tracker.files.models import File

R = AssistanceRequest
MOST_EVENTS = 60
"""So many lines a history has at most; one more is read, to know whether there are older ones."""


def lists_of(request_id: int) -> dict[str, Rows]:
    """Selects of what hangs on a request as the office alone sees it, by the names that pages use."""
    notes_verbales = columns_of(NoteVerbale, "paper", "filed_at")
    return {
        # what a State has added to its answers and not sent yet is its own
        "attachments": request_lists.papers(request_id)
        .add_columns(Attachment.internal)
        .where(sa.or_(Attachment.internal, File.handed_in_at.is_not(None))),
        "erasures": request_lists.erasures(request_id),
        "notes_verbales": request_lists.notes_verbales(request_id).add_columns(*notes_verbales, *file_columns("file_")),
        "clocks": request_lists.clocks(request_id).add_columns(Clock.paused_by_id),
        "rounds": of_request(
            Clarification, request_id, "id", "asked_by_id", "asked_at", "answered_by_id", "answered_at"
        ),
        "questions": request_lists.questions(request_id),
        "decisions": _decisions(request_id),
        "notes": of_request(InternalNote, request_id, "id", "author_id", "body", "written_at"),
        "recusals": of_request(Recusal, request_id, "person_id", "reason", "at"),
        "activities": request_lists.activities(request_id).add_columns(
            Activity.version, File.public_id.label("file_public_id")
        ),
        "reasons": request_lists.reasons(request_id),
        "consents": request_lists.consents(request_id).add_columns(Consent.given_by_id, Consent.revoked_at),
        "happenings": _happenings(request_id),
        **request_lists.messages_on_page(request_id),
    }


def _decisions(request_id: int) -> Rows:
    prepared = ("public_id", "prepared_by_id", "prepared_at", "dropped_at", "dropped_reason")
    return request_lists.decisions(request_id).add_columns(
        *columns_of(Decision, *prepared), request_lists.JOINED.public_id.label("joined_public_id")
    )


def _happenings(request_id: int) -> Rows:
    """What happened, newest first. Counted events (see Sentence) in a row, for the same officer, are one: the newest,
    with how many `times` it happened, `since` when, and the ids `one` and `other` of people, which are equal when one
    person did it all."""
    counted = Event.name.in_(sentences.counted())
    officer = Event.data["officer_id"].as_integer()
    before = [sa.func.lag(column).over(order_by=Event.id) for column in (Event.name, officer)]
    goes_on = sa.and_(counted, before[0] == Event.name, before[1].is_not_distinct_from(officer))
    told = (
        sa.select(*columns_of(Event, "id", "name", "at", "actor_person_id", "data"))
        .add_columns(sa.case((goes_on, 0), else_=1).label("begins"))
        .where(request_lists.is_about(request_id), Event.name.in_(sentences.names(office=True)))
        .subquery()
    )
    line = sa.func.sum(told.c.begins).over(order_by=told.c.id).label("line")
    lines = sa.select(*told.c, line).subquery()
    newest = sa.func.max(lines.c.id).over(partition_by=lines.c.line).label("newest")
    whole = sa.select(
        *(lines.c.id, lines.c.name, lines.c.at, lines.c.actor_person_id, lines.c.data, newest),
        sa.func.count().over(partition_by=lines.c.line).label("times"),
        sa.func.min(lines.c.at).over(partition_by=lines.c.line).label("since"),
        sa.func.min(lines.c.actor_person_id).over(partition_by=lines.c.line).label("one"),
        sa.func.max(lines.c.actor_person_id).over(partition_by=lines.c.line).label("other"),
    ).subquery()
    return sa.select(whole).where(whole.c.id == whole.c.newest).order_by(whole.c.id.desc()).limit(MOST_EVENTS + 1)
