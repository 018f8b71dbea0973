"""The frame around every page of the request form: its steps, and where the form goes on."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance.fields import steps
from tracker.assistance.fields.facts import facts_of
from tracker.assistance.lifecycle import KIND_LABELS, Kind
from tracker.assistance.page.loading import title_of
from tracker.assistance.page.summary import status_label


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
