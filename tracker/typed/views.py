"""What is being typed is kept, and thrown away, for whoever typed it."""

from typing import Any

from flask import current_app, jsonify, redirect, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from tracker.calendar.now import now
from tracker.errors import Invalid, NotFound
from tracker.languages.marking import lazy
from tracker.typed import unsent
from tracker.typed.blueprint import bp
from tracker.typed.kept_form import kept_forms
from tracker.web import sent_forms
from tracker.web.access import access, current_actor, may_enter
from tracker.web.forms import read_version
from tracker.web.whole_forms import MARK

MOST_OF_AN_ADDRESS = 300


@bp.post("")
@access("signed_in")
def keep() -> Any:
    """Keep what stands in a form of a page that the person may open; answers with the time."""
    form, fields = request.form.get(MARK, ""), sent_forms.unsecret()
    if form not in kept_forms():
        raise Invalid(lazy("This form is not kept while it is typed."))
    unsent.keep(
        actor=current_actor(),
        form_key=request.form["key"],
        address=_page_asked_for(),
        form=form,
        opened_on=read_version(request.args.get("opened")),
        fields=fields,
    )
    return jsonify(saved_at=now().isoformat(timespec="seconds"))


@bp.post("/throw-away")
@access("signed_in")
def throw_away() -> Any:
    """Forget what was kept of a form, and show its page as it stands without it."""
    page = _page_asked_for()
    unsent.forget(actor=current_actor(), form_key=request.form.get("thrown_away", ""), key=request.form["key"])
    return redirect(page)


def _page_asked_for() -> str:
    """The page of ours on which the form stands. Raises NotFound where there is none, or none for this person."""
    path = request.args.get("of", "")
    try:
        endpoint, _values = request_ctx.url_adapter.match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        raise NotFound from None
    names: frozenset[str] = getattr(current_app.view_functions[endpoint], "access", frozenset())
    if len(path) > MOST_OF_AN_ADDRESS or not may_enter(names, current_actor()):
        raise NotFound
    return path
