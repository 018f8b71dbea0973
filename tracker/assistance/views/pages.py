"""What several pages about one request share."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.access import allow, current_actor
from tracker.assistance import queries
from tracker.assistance.facts import facts_of
from tracker.assistance.forms import steps
from tracker.assistance.lifecycle import KIND_LABELS, Action, Kind
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import rule_facts_of
from tracker.assistance.standing import status_label


def title_of(assistance_request: Any) -> str:
    """What the request is called; a draft without a title is called by its day."""
    return assistance_request.title or _("Untitled draft")


def opened(public_id: uuid.UUID, action: Action, load: Any = queries.get_visible) -> Any:
    """The request on whose page an act is done, when the actor may do it; see `access.allow`."""
    found = load(public_id, current_actor())
    allow(RULES, action, rule_facts_of(found.id))
    return found


def step_address(public_id: uuid.UUID, step: steps.Step) -> str:
    """Where a step is."""
    if step.endpoint:
        return url_for(step.endpoint, public_id=public_id)
    return url_for("assistance.step", public_id=public_id, slug=step.slug)


def draft_page(template: str, assistance_request: Any, slug: str, **values: Any) -> str:
    """A page of the request form, with the steps above it."""
    known = steps.steps_of(assistance_request.kind)
    here = next(index for index, step in enumerate(known) if step.slug == slug)
    parts = values.get("parts")
    return render_template(
        template,
        found=assistance_request,
        title=title_of(assistance_request),
        kind=_(KIND_LABELS[Kind(assistance_request.kind)]),
        here=known[here],
        label=_(known[here].label),
        position=here,
        stepper=[(_(step.label), step_address(assistance_request.public_id, step)) for step in known],
        facts=facts_of(assistance_request, parts) if parts is not None else [],
        status_label=status_label,
        **values,
    )


def next_address(assistance_request: Any, slug: str) -> str:
    """Where the form goes on after a step."""
    known = steps.steps_of(assistance_request.kind)
    here = next(index for index, step in enumerate(known) if step.slug == slug)
    following = known[min(here + 1, len(known) - 1)]
    return step_address(assistance_request.public_id, following)
