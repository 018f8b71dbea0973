"""The messages on a delegate's page."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from tracker.errors import Conflict, Forbidden, Invalid
from tracker.languages.marking import lazy
from tracker.participation.blueprint import bp
from tracker.participation.delegate_messages import queries, services
from tracker.participation.delegate_messages.forms import WordsForm
from tracker.participation.delegate_messages.policies import RULES, MessagesAction
from tracker.participation.delegate_page.behind import Here, behind_the_door
from tracker.participation.delegate_page.queries import PATH
from tracker.participation.papers.lifecycle import BY_LABELS, By
from tracker.rights.actor import Actor
from tracker.rights.rules import can
from tracker.web.access import access
from tracker.web.confirmation import carried_out


@bp.route(f"{PATH}<token>/messages", methods=["GET", "POST"])
@access("public")
@behind_the_door
def delegate_messages(here: Here) -> Any:
    """What was written so far, and where the delegate or their helper writes."""
    form, found = WordsForm(), queries.get_own(here.seat_id, here.delegate_id)

    def carry_out(key: str, **_by: Any) -> None:
        services.write_to_office(here.seat_id, actor=Actor.anonymous, text=form.body.data or "", by=here.by, key=key)

    if form.validate_on_submit() and carried_out(form, carry_out, at_form=(Invalid, Conflict, Forbidden)):
        told = found.journey.person.email and here.by.who is not By.HELPER
        mailed = lazy("Sent. The office answers here; a mail tells you.")
        flash(mailed if told else lazy("Sent. The office answers here."), "ok")
        return redirect(url_for(".delegate_messages", token=here.token))
    page = render_template(
        "participation/delegate_messages/own.html",
        rows=found.rows,
        form=form,
        refused=can(RULES, MessagesAction.WRITE, Actor.anonymous, queries.facts_of(found, here.by)),
        token=here.token,
        by_labels=BY_LABELS,
    )
    return page, 422 if form.is_submitted() else 200
