"""The messages on a delegate's page."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from tracker.errors import Conflict, Invalid
from tracker.languages.marking import lazy
from tracker.participation.blueprint import bp
from tracker.participation.delegate_messages import queries, services
from tracker.participation.delegate_messages.forms import WordsForm
from tracker.participation.delegate_page.behind import Here, behind_the_door
from tracker.participation.delegate_page.queries import PATH
from tracker.participation.papers.lifecycle import BY_LABELS
from tracker.rights.actor import Actor
from tracker.web.access import access
from tracker.web.confirmation import carried_out


@bp.route(f"{PATH}<token>/messages", methods=["GET", "POST"])
@access("public")
@behind_the_door
def delegate_messages(here: Here) -> Any:
    """What was written so far, and where the delegate or their helper writes."""
    form = WordsForm()

    def carry_out(key: str, **_by: Any) -> None:
        services.write_to_office(here.seat_id, actor=Actor.anonymous, text=form.body.data or "", by=here.by, key=key)

    if form.validate_on_submit() and carried_out(form, carry_out, at_form=(Invalid, Conflict)):
        flash(lazy("Sent. The travel officer reads it and answers here; a mail tells you."), "ok")
        return redirect(url_for(".delegate_messages", token=here.token))
    page = render_template(
        "participation/delegate_messages/own.html",
        rows=queries.get_own(here.seat_id, here.delegate_id).rows,
        form=form,
        token=here.token,
        by_labels=BY_LABELS,
    )
    return page, 422 if form.is_submitted() else 200
