"""The State confirms what was delivered and rates it."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.access import access, current_actor
from tracker.assistance import queries, services
from tracker.assistance.forms.acts import ConfirmForm
from tracker.assistance.lifecycle import Action
from tracker.assistance.views import bp
from tracker.assistance.views.neighbours import told
from tracker.assistance.views.pages import opened, title_of
from tracker.confirmation import confirmed
from tracker.errors import NotFound
from tracker.policy import REQUEST_WRITERS


@bp.route("/<uuid:public_id>/deliveries/<uuid:activity_id>", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def confirm_delivery(public_id: uuid.UUID, activity_id: uuid.UUID) -> Any:
    """Say that an activity took place and how useful it was."""
    found = opened(public_id, Action.CONFIRM_DELIVERY)
    parts = queries.parts_of(found)
    activity = next((a for a in parts.activities if a.public_id == activity_id and a.delivered_on), None)
    if activity is None:
        raise NotFound
    form = ConfirmForm()
    return confirmed(
        form,
        lambda **by: services.confirm_delivery(
            public_id,
            activity_public_id=activity_id,
            rating=int(form.rating.data),
            comment=form.comment.data or "",
            **by,
        ),
        page=lambda: render_template(
            "assistance/confirm_delivery.html",
            found=found,
            title=title_of(found),
            activity=activity,
            form=form,
            told=told("assistance.delivery_confirmed", found, current_actor()),
        ),
        done=_("Confirmed. Thank you."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
    )
