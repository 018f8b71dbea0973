"""The request's page for the State, and the annex that goes with the note verbale."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.assistance import history, next_steps, queries
from tracker.assistance.blueprint import bp
from tracker.assistance.clocks import COUNTING
from tracker.assistance.fields import steps
from tracker.assistance.fields.facts import facts_of
from tracker.assistance.fields.handling_parts import CONSENT_LABELS
from tracker.assistance.lifecycle import (
    DECIDED,
    KIND_LABELS,
    MARKING_LABELS,
    TRANSITIONS,
    WAITING_FOR,
    Action,
    Kind,
    Marking,
    Status,
    WaitingFor,
)
from tracker.assistance.page import cards
from tracker.assistance.page.form_frame import step_address
from tracker.assistance.page.loading import title_of
from tracker.assistance.page.opening import reached_by_opening
from tracker.assistance.page.other_capabilities import funding
from tracker.assistance.page.summary import readings, status_label, summary
from tracker.assistance.policies import RULES
from tracker.assistance.queries.page import MOST_EVENTS
from tracker.assistance.rule_facts import RuleFacts, rule_facts_of
from tracker.assistance.waiting_sentences import to_the_state_on_page
from tracker.calendar.now import today
from tracker.events import on_record
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day
from tracker.reference.names import state_name
from tracker.rights.actor import REQUEST_READERS, REQUEST_WRITERS, Actor
from tracker.rights.rules import can
from tracker.web.access import access, current_actor

ACTS = (
    (Action.EDIT, "assistance.resume"),
    (Action.SUBMIT, "assistance.authorise"),
    (Action.RETURN_TO_DRAFT, "assistance.return_to_draft"),
    (Action.REOPEN, "assistance.reopen"),
    (Action.SET_CONSENT, "assistance.consent"),
    (Action.INVITE, "assistance.people"),
    (Action.COPY, "assistance.copy"),
    (Action.WITHDRAW, "assistance.withdraw"),
    (Action.DISCARD, "assistance.discard"),
)
EXPLAINED = frozenset({"two_persons", "drafter", "authority", "reference"})
"""Refusals that a person is told of; the others are about the moment and need no words."""


@bp.get("/<uuid:public_id>")
@access("state")
def show(public_id: uuid.UUID) -> Any:
    """Who waits for whom, questions, facts, money, documents, history: one page about one request."""
    found = queries.get_visible(public_id, current_actor())
    parts, missed = queries.parts_of(found), found.unreached_since
    if reached_by_opening(found, parts, current_actor()):
        found = queries.get_visible(public_id, current_actor())
        parts = queries.parts_of(found)
    return show_page(found, parts, missed=missed)


def show_page(
    found: Any, parts: Any, refused: Mapping[str, Any] | None = None, *, missed: datetime | None = None
) -> str:
    """The page with the cards of all stages; `refused` are forms that come back with errors, by the card's name, and
    since `missed` no letter had reached the State."""
    actor, refused = current_actor(), refused or {}
    known, asked = readings(parts), rule_facts_of(found.id)
    refusals = {action: can(RULES, action, actor, asked) for action, _endpoint in ACTS}
    if found.reference is None:  # a draft that nobody was asked about yet is discarded, not withdrawn
        del refusals[Action.WITHDRAW]
    before, behind = cards.rendered(cards.CardData(found, parts, asked, actor), refused)
    possible = {a: url_for(e, public_id=found.public_id) for a, e in ACTS if refusals.get(a, a) is None}
    return render_template(
        "assistance/page/show.html",
        found=found,
        title=title_of(found),
        kind=_(KIND_LABELS[Kind(found.kind)]),
        marking=_(MARKING_LABELS[Marking(found.marking)]),
        origin=_origin(found, parts),
        parts=parts,
        facts=facts_of(found, parts),
        missed=missed,
        summary=summary(found, asked.decision, parts, possible),
        waiting_line=to_the_state_on_page(found, parts, actor),
        waiting=WAITING_FOR[Status(found.status)] is not WaitingFor.NOBODY or bool(parts.messages_owed),
        next_step=next_steps.to_the_state(found, known, parts.activities),
        status_label=status_label,
        clocks=list(known.values()),
        funding=funding([found.id]).get(found.id) if found.status in DECIDED | {Status.WITHDRAWN} else None,
        history=history.lines(found, parts.events[:MOST_EVENTS]),
        older_events=len(parts.events) > MOST_EVENTS,
        consent_labels=CONSENT_LABELS,
        counting=COUNTING,
        state=state_name(parts.owner.state_iso3, current_language()),
        documents_may=_documents_may(found, actor, asked),
        cards_before=before,
        cards_behind=behind,
        refused_form=next(iter(refused.values()), None),
        possible=possible,
        refused=_explained(found.status, refusals),
    )


def _documents_may(found: Any, actor: Actor, asked: RuleFacts) -> dict[str, bool]:
    """What the reader may do with documents: take out one that was not handed in, set one aside that was."""
    return {
        "remove": found.status == Status.CLARIFICATION
        and can(RULES, Action.ANSWER, actor, asked.with_changes(())) is None,
        "set_aside": can(RULES, Action.STRIKE_DOCUMENT, actor, asked) is None,
    }


def _origin(found: Any, parts: Any) -> str:
    """Who released the request, or who drafts it while nobody has."""
    note = parts.notes[0] if parts.notes else None
    if found.submitted_at and note is not None and not note.returned_at:
        return _(
            "Released by %(issuer)s with a note verbale of %(day)s.", issuer=note.issuer, day=format_day(note.dated)
        )
    return _("Drafted by %(office)s.", office=parts.owner.office or parts.owner.drafter or "")


def _explained(status: str, refusals: dict[Action, Any]) -> list[tuple[str, list[Action]]]:
    """Why the actor may not do what the request stands right for: each sentence once, with what it forbids."""
    possible = {action for action, move in TRANSITIONS.items() if status in move.sources}
    possible |= {Action.EDIT, Action.DISCARD} if status == Status.DRAFT else {Action.SET_CONSENT}
    found: dict[str, list[Action]] = {}
    for action, why in refusals.items():
        if why is not None and why.code in EXPLAINED and action in possible:
            found.setdefault(str(why.message), []).append(action)
    return list(found.items())


@bp.get("/<uuid:public_id>/resume")
@access(*REQUEST_WRITERS)
def resume(public_id: uuid.UUID) -> Any:
    """Go on with a draft: at the first step with a gap, or at the review."""
    found = queries.load_whole(public_id, current_actor())
    return redirect(step_address(public_id, steps.first_gap(found)))


@bp.get("/<uuid:public_id>/annex")
@access("state", *REQUEST_READERS)
def annex(public_id: uuid.UUID) -> Any:
    """The request on paper, with its reference: the annex of the note verbale."""
    actor = current_actor()
    found = on_record(lambda: queries.get_visible(public_id, actor), actor=actor)
    parts = queries.parts_of(found)
    return render_template(
        "assistance/page/annex.html",
        found=found,
        title=title_of(found),
        kind=_(KIND_LABELS[Kind(found.kind)]),
        marking=_(MARKING_LABELS[Marking(found.marking)]),
        parts=parts,
        facts=[fact for fact in facts_of(found, parts) if not fact.empty],
        state=state_name(parts.owner.state_iso3, current_language()),
        today=today(),
    )
