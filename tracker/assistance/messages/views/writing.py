"""The thread of messages, and words written under it."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.blueprint import bp
from tracker.assistance.lifecycle import Action
from tracker.assistance.messages import services
from tracker.assistance.messages.queries import thread
from tracker.assistance.messages.reading import read_by_office
from tracker.assistance.messages.words import MessageForm
from tracker.assistance.page.loading import load_for, title_of
from tracker.assistance.page.views.showing import show_page
from tracker.languages.choosing import current_language
from tracker.reference.names import state_name
from tracker.rights.actor import REQUEST_WRITERS
from tracker.web.access import access, current_actor


@bp.get("/<uuid:public_id>/messages")
@access("state")
def messages(public_id: uuid.UUID) -> Any:
    """Everything that both sides wrote, page by page, the newest page first."""
    found = queries.get_visible(public_id, current_actor())
    page = thread(found, before=request.args.get("before", ""), after=request.args.get("after", ""))
    return render_template(
        "assistance/messages/thread.html",
        found=found,
        title=title_of(found),
        page=page,
        read=read_by_office(found.id, page.rows),
        state=state_name(queries.parts_of(found).owner.state_iso3, current_language()),
    )


@bp.post("/<uuid:public_id>/messages")
@access(*REQUEST_WRITERS)
def write_message(public_id: uuid.UUID) -> Any:
    """Send words to the office."""
    found, form = load_for(public_id, Action.WRITE_MESSAGE), MessageForm()
    if not form.validate_on_submit():
        return show_page(found, queries.parts_of(found), {"messages": form}), 422
    services.write_message(
        public_id,
        key=form.key.data,
        actor=current_actor(),
        body=form.body.data,
        answering=bool(form.answering.data),
        seen=form.seen_id,
    )
    flash(_("Your message was sent. UNODC is told."))
    return redirect(url_for(".show", public_id=public_id) + "#messages")
