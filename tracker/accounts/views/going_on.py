"""What happens with a form whose session was gone, once somebody has signed in from its page."""

from contextlib import ExitStack
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.files.store import path_of
from tracker.typed import holding
from tracker.web.form_addresses import page_above
from tracker.web.kept_forms import Kept
from tracker.web.sending_again import send_again


def go_on(kept: Kept, person_id: int) -> Any:
    """Send the form for the same person; somebody else gets nothing of it. What is not complete is shown first."""
    if kept.person not in (None, person_id):
        flash(_("What was typed on that page was another person's. Nothing of it was sent."), "warning")
        return redirect(url_for("desks.start"))
    if not kept.complete:
        return _shown(kept)
    with ExitStack() as opened:
        files = [
            (file.field, file.name, file.media_type, opened.enter_context(path_of(file.stored_as).open("rb")))
            for file in holding.waiting_for(person_id, kept.files)
        ]
        if len(files) < len(kept.files):
            return _shown(kept)
        answer = send_again(kept.address, kept.fields, files)
    if kept.files and answer.status_code < 400:
        holding.release(person_id, kept.files)
    return answer


def _shown(kept: Kept) -> str:
    path = kept.address.partition("?")[0]
    return render_template("accounts/kept.html", kept=kept, page=page_above(f"{path}/") or "/")
