"""The State confirms what was delivered and rates it."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.blueprint import bp
from tracker.assistance.implementation import services
from tracker.assistance.implementation.forms import ConfirmForm
from tracker.assistance.lifecycle import Action
from tracker.assistance.page.loading import load_for, title_of
from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.errors import NotFound
from tracker.rights.actor import REQUEST_WRITERS
from tracker.web.access import access, current_actor
from tracker.web.confirmation import confirmed


@bp.route("/<uuid:public_id>/activities/<uuid:activity_id>", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def confirm_implementation(public_id: uuid.UUID, activity_id: uuid.UUID) -> Any:
    """Say that an activity took place and how useful it was."""
    found = load_for(public_id, Action.CONFIRM_IMPLEMENTATION)
    parts = queries.parts_of(found)
    activity = next((a for a in parts.activities if a.public_id == activity_id and a.delivered_on), None)
    if activity is None:
        raise NotFound
    form = ConfirmForm()
    return confirmed(
        form,
        lambda **by: services.confirm_implementation(
            public_id,
            activity_public_id=activity_id,
            rating=int(form.rating.data),
            comment=form.comment.data or "",
            **by,
        ),
        page=lambda: render_template(
            "assistance/implementation/confirm.html",
            found=found,
            title=title_of(found),
            activity=activity,
            form=form,
            told=audience_in_words("assistance.implementation_confirmed", found, current_actor()),
        ),
        done=_("Confirmed. Thank you."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
    )
