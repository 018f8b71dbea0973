"""Questions to States: those that are open, those that are kept for later use, and the note verbale beside them."""

from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation, Person
from tracker.assistance.lifecycle import Status
from tracker.assistance.models import AssistanceRequest, Clarification, Clock, Question
from tracker.assistance.queries.visible import visible_to
from tracker.database.one_statement import read_in_one_statement
from tracker.extensions import db
from tracker.reference.models import Holiday
from tracker.rights.actor import Actor
from tracker.triage.case.clarification.models import QuestionTemplate

R = AssistanceRequest
MOST = 200


def question_templates(language: str | None = None) -> list[Any]:
    """Kept questions in use, in one language or all, by what they are about."""
    statement = sa.select(QuestionTemplate.id, QuestionTemplate.field, QuestionTemplate.language, QuestionTemplate.text)
    statement = statement.where(QuestionTemplate.ended_at.is_(None))
    if language is not None:
        statement = statement.where(QuestionTemplate.language == language)
    return list(db.session.execute(statement.order_by(QuestionTemplate.field, QuestionTemplate.id)))


def open_clarifications(actor: Actor) -> tuple[list[Any], frozenset[Any]]:
    """Rounds of questions that wait for a State, the one due first at the top (MOST, and one more when there are more),
    and the days that do not count."""
    number = sa.select(sa.func.count()).where(Question.clarification_id == Clarification.id).scalar_subquery()
    answered = (
        sa.select(sa.func.count())
        .where(Question.clarification_id == Clarification.id, Question.answer != "")
        .scalar_subquery()
    )
    answer_clock = sa.and_(Clock.request_id == R.id, Clock.name == "answer", Clock.stopped_at.is_(None))
    rows = (
        sa.select(
            R.public_id,
            R.reference,
            R.title,
            R.language,
            Organisation.state_iso3,
            Person.name.label("officer"),
            Clarification.asked_at,
            Clock.due_at,
            number.label("questions"),
            answered.label("answered"),
        )
        .join(Clarification, sa.and_(Clarification.request_id == R.id, Clarification.answered_at.is_(None)))
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(Person, Person.id == R.assigned_to_id)
        .outerjoin(Clock, answer_clock)
        .where(R.status == Status.CLARIFICATION, visible_to(actor))
        .order_by(Clock.due_at.asc().nulls_last(), R.id)
        .limit(MOST + 1)
    )
    found = read_in_one_statement(rows=rows, holidays=sa.select(Holiday.day).where(Holiday.ended_at.is_(None)))
    rounds = sorted(found["rows"], key=lambda row: (row.due_at is None, row.due_at or row.asked_at))
    return rounds, frozenset(row.day for row in found["holidays"])
