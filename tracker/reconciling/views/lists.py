"""The lists of entries and steps, and comparing again."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext

from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.pledges.lifecycle import ACTS
from tracker.reconciling import queries, services
from tracker.reconciling.blueprint import bp
from tracker.reconciling.policies import READERS, RECONCILERS
from tracker.reconciling.queries import Listed
from tracker.reconciling.services.reading import WHAT
from tracker.web.access import access, current_actor
from tracker.web.forms import KeyedForm
from tracker.web.reading import read_row

PAGE = 50
LABELS: dict[Listed, Any] = {
    Listed.MISSING_HERE: lazy("Missing here"),
    Listed.MISSING_THERE: lazy("Missing there"),
    Listed.DIFFERING: lazy("Differing"),
    Listed.DONE: lazy("Matched or explained"),
}


@bp.get("")
@access(*READERS)
def index() -> Any:
    """One of the four lists (?show=), with how many stand in each."""
    named = request.args.get("show", "")
    show = Listed(named) if named in set(Listed) else Listed.MISSING_HERE
    after = read_row(request.args.get("after")) or 0
    actor = current_actor()
    steps: Any = queries.missing_there(actor, limit=PAGE, after=after) if show is Listed.MISSING_THERE else ()
    entries: Any = () if show is Listed.MISSING_THERE else queries.entries_of(show, actor, limit=PAGE, after=after)
    rows = steps or entries
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    following = None if last is None else (last.act_id if show is Listed.MISSING_THERE else last.entry.id)
    return render_template(
        "reconciling/index.html",
        show=show,
        labels=LABELS,
        steps=steps[:PAGE],
        entries=entries[:PAGE],
        following=following,
        figures=queries.figures(),
        sources=queries.sources(),
        acts=ACTS,
        may=actor.has(*RECONCILERS),
        what=WHAT,
        form=KeyedForm(),
    )


@bp.post("/again")
@access(*RECONCILERS)
def compare_again() -> Any:
    """Match entries with what was recorded here since they were read."""
    form = KeyedForm()
    if not form.validate_on_submit():
        raise Invalid(lazy("The form was not complete. Open the page again."))
    found = services.compare_again(key=form.key.data, actor=current_actor())
    flash(ngettext("%(num)d more entry was matched.", "%(num)d more entries were matched.", found), "ok")
    return redirect(url_for(".index"))
