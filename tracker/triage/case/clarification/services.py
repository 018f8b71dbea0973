"""Keeping questions for reuse."""

from tracker.assistance.fields import table
from tracker.assistance.policies import is_officer
from tracker.assistance.required_texts import required
from tracker.calendar.now import now
from tracker.database.seen import refuse_stale
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.triage.case.clarification.models import QuestionTemplate


@verb(events=0)
def add_question_template(*, actor: Actor, field: str, text: str) -> int:
    """Keep a question for later use, in the actor's language. Gives its id."""
    _refuse_others(actor)
    required(text=text)
    if field not in table.labels():
        raise Invalid(fields={"field": lazy("Choose what the question is about.")})
    template = QuestionTemplate(field=field, text=text.strip(), language=actor.language, made_by_id=actor.person_id)
    db.session.add(template)
    db.session.flush()
    return template.id


@verb(events=0)
def end_question_template(template_id: int, *, actor: Actor, version: int | None) -> None:
    """Take a reusable question out of use; the questions that were asked with it stay."""
    _refuse_others(actor)
    template = db.session.get(QuestionTemplate, template_id)
    if template is None or template.ended_at is not None:
        raise NotFound
    refuse_stale(version, template.field, template.language, template.text)
    update_where(QuestionTemplate, QuestionTemplate.id == template_id, ended_at=now())


def _refuse_others(actor: Actor) -> None:
    refusal = is_officer(actor, None)
    if refusal is not None:
        raise Forbidden(refusal)
