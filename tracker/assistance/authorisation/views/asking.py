"""The drafter reads the draft as a whole and asks the authority for its word."""

import uuid
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from tracker.assistance import lifecycle, one_per_session, queries
from tracker.assistance.authorisation import services
from tracker.assistance.blueprint import bp
from tracker.assistance.fields import steps
from tracker.assistance.fields.handling_parts import CONSENT_LABELS
from tracker.assistance.lifecycle import CONSENT_AUDIENCES, MARKING_LABELS, Action, Kind, Marking
from tracker.assistance.page.form_frame import draft_page, step_address
from tracker.assistance.page.loading import load_for
from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.errors import Invalid
from tracker.rights.actor import REQUEST_WRITERS
from tracker.web.access import access, current_actor
from tracker.web.forms import KeyedForm


@bp.route("/<uuid:public_id>/review", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def review(public_id: uuid.UUID) -> Any:
    """Read the draft as a whole, see what is missing and who will be told, and ask for authorisation."""
    actor = current_actor()
    found = load_for(public_id, Action.ASK_AUTHORISATION, queries.load_whole)
    form = KeyedForm(version=str(found.version))
    if form.validate_on_submit():
        try:
            reference = services.ask_authorisation(
                public_id, key=form.key.data, actor=actor, version=form.version_number
            )
        except Invalid as wrong:
            return _review_page(found, form, wrong.fields, refused=True), 422
        flash(_("Your authority was asked. The reference is %(reference)s.", reference=reference))
        return redirect(url_for(".show", public_id=public_id))
    missing = lifecycle.missing(Kind(found.kind), Action.ASK_AUTHORISATION, found)
    return _review_page(found, form, missing), 422 if form.is_submitted() else 200


def _review_page(found: Any, form: Any, missing: dict[str, Any], refused: bool = False) -> str:
    gaps = [
        (step_address(found.public_id, steps.step_answering(found.kind, name)), words)
        for name, words in missing.items()
    ]
    parts = queries.parts_of(found)
    return draft_page(
        "assistance/authorisation/review.html",
        found,
        "review",
        form=form,
        parts=parts,
        gaps=gaps,
        other=one_per_session.other_that_is_seen(found, current_actor()) if "session" in missing else None,
        refused=refused,
        told=audience_in_words("assistance.authorisation_asked", found, current_actor()),
        marking=_(MARKING_LABELS[Marking(found.marking)]),
        proposed={audience: _proposed(found, audience) for audience in CONSENT_AUDIENCES},
        change_url=lambda field: step_address(found.public_id, steps.step_answering(found.kind, field)),
    )


def _proposed(found: Any, audience: str) -> list[str]:
    """What the drafter proposes to let `audience` see, in words."""
    wanted = found.consent_proposal or []
    return [_(label) for field, label in CONSENT_LABELS.items() if f"{field}:{audience}" in wanted]
