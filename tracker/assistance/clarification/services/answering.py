"""The State answers: only the questioned fields open, drafts of answers are kept, whoever may not send them alone hands
them to the authority, and both sides see the difference."""

import uuid
from typing import Any

from tracker import events
from tracker.assistance import clocks, index, lifecycle, queries
from tracker.assistance.checked_request import change
from tracker.assistance.fields import editing
from tracker.assistance.fields.services import hand_in
from tracker.assistance.lifecycle import Action, Kind
from tracker.assistance.models import AssistanceRequest, Clarification
from tracker.assistance.one_per_session import refuse_second
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

Replies = dict[int, str]
"""Texts by question id."""


@verb(events=0)
def save_answers(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    replies: Replies,
    values: dict[str, Any] | None = None,
) -> int:
    """Keep unfinished answers; `values` are proposed new values of questioned fields. Nothing is sent.

    Gives the request's new version; raises Stale when a colleague kept or sent answers meanwhile.
    """
    request = queries.load_whole(public_id, actor)
    authorize(RULES, Action.ANSWER, actor, rule_facts_of(request.id).with_changes(()))
    asked = _asked(request)
    _take_turn(request, asked, version)
    _keep(request, asked, replies, values or {}, actor.language)
    return request.version


@verb
def hand_to_authority(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    replies: Replies,
    values: dict[str, Any] | None = None,
) -> None:
    """Keep the answers as they are and ask the State's authority to complete and send them.

    Raises Stale when a colleague kept or sent answers meanwhile.
    """
    request = queries.load_whole(public_id, actor)
    authorize(RULES, Action.HAND_TO_AUTHORITY, actor, rule_facts_of(request.id))
    asked = _asked(request)
    _take_turn(request, asked, version)
    changed = _keep(request, asked, replies, values or {}, actor.language)
    asked.handed_over_at, asked.handed_over_by_id = now(), actor.person_id
    events.record(
        "assistance.answers_handed_over", request, actor=actor, clarification_id=asked.id, changed=sorted(changed)
    )


@verb
def answer(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    replies: Replies,
    values: dict[str, Any] | None = None,
    language: str | None = None,
) -> None:
    """Send the answers to every open question, with the new values of questioned fields that change.

    Raises Invalid for a question without an answer; Forbidden when amounts, dates, delegates or scope change
    and the actor is not the authority. The office's clock goes on.
    """
    request = queries.load_whole(public_id, actor)
    facts = rule_facts_of(request.id)
    authorize(RULES, Action.ANSWER, actor, facts.with_changes(()))
    asked = _asked(request)
    changed = _keep(request, asked, replies, values or {}, language or actor.language)
    authorize(RULES, Action.ANSWER, actor, facts.with_changes(changed))
    without = {f"answer_{q.id}": lazy("Answer this question.") for q in asked.questions if not shown(q.answer)}
    if without:
        raise Invalid(lazy("Every question needs an answer."), fields=without)
    _refuse_gaps(request, asked)
    asked.answered_at, asked.answered_by_id = now(), actor.person_id
    if "session" in changed:
        refuse_second(request, changed["session"])
    editing.write(request, {name: value for name, value in changed.items() if editing.writable(name)})
    hand_in(request)
    request.apply(Action.ANSWER, version=version)
    clocks.follow(request, Action.ANSWER, actor=actor)
    index.index(request)
    events.record("assistance.answered", request, actor=actor, clarification_id=asked.id, changed=sorted(changed))


def _refuse_gaps(request: AssistanceRequest, asked: Clarification) -> None:
    """Raise Invalid, at the questions, for what is still missing in the fields that they opened."""
    gaps = lifecycle.missing(Kind(request.kind), Action.ANSWER, request)
    fields = {f"answer_{q.id}": gaps[q.field] for q in asked.questions if q.field in gaps}
    if fields:
        raise Invalid(fields=fields)


def _asked(request: AssistanceRequest) -> Clarification:
    asked = queries.open_clarification(request)
    if asked is None:
        raise Conflict(lazy("No question is open."))
    return asked


def _take_turn(request: AssistanceRequest, asked: Clarification, version: int | None) -> None:
    """Move the request's version. Raises Stale with the answers that a colleague kept meanwhile."""
    try:
        change(request, version=version)
    except Stale as stale:
        theirs = {question.text[:80]: question.answer for question in asked.questions}
        raise Stale(stale.message, theirs=theirs) from None


def _keep(
    request: AssistanceRequest, asked: Clarification, replies: Replies, values: dict[str, Any], language: str
) -> dict[str, Any]:
    """Write answers and proposed values to their questions; gives the fields whose value really changes. An answer
    has the language of whoever wrote it, whoever sends it."""
    changed: dict[str, Any] = {}
    for question in asked.questions:
        reply = replies.get(question.id, question.answer)
        if reply != question.answer or question.answer_language is None:
            question.answer, question.answer_language = reply, language
        now_standing = editing.value_of(request, question.field)
        if question.before is None:
            question.before = now_standing
        if question.field in values:
            question.after = values[question.field]
        elif not editing.writable(question.field):
            question.after = now_standing
        if question.after is not None and question.after != question.before:
            changed[question.field] = question.after
        else:
            question.after = None
    return changed
