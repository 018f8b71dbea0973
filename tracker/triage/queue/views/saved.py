"""A person's own views of the queue: save, rename, delete."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.database.seen import version_of
from tracker.errors import Conflict, Invalid
from tracker.rights.actor import REQUEST_READERS
from tracker.triage.blueprint import bp
from tracker.triage.forms import ConfirmForm
from tracker.triage.queue import queries, services
from tracker.triage.queue.filters import Filters
from tracker.triage.queue.forms import ViewForm
from tracker.triage.queue.place import Place, tokens
from tracker.web.access import access, current_actor


@bp.route("/queue/views", methods=["GET", "POST"])
@access(*REQUEST_READERS)
def saved_views() -> Any:
    """Name the filter that the address holds; rename and delete those that are there."""
    actor, place = current_actor(), Place.here()
    form = ViewForm(data=None if request.method == "POST" else {"query": urlencode(place.query)})
    if form.validate_on_submit():
        query = _clean(form.query.data or "")
        try:
            services.save_view(key=form.key.data, actor=actor, name=form.name.data, query=query)
        except (Invalid, Conflict) as refused:
            form.add_errors(getattr(refused, "fields", {}) or {"name": refused.message})
        else:
            flash(_("View saved."))
            return redirect(f"{url_for('triage.queue')}?{query}")
    around = queries.surroundings(place.filters, actor=actor)
    page = render_template(
        "triage/queue/saved_views.html",
        form=form,
        saved=[(view, *_forms_of(view)) for view in around.saved],
        tokens=tokens(place, around),
        place=place,
    )
    return page, 422 if form.errors else 200


def _forms_of(view: Any) -> tuple[ViewForm, ConfirmForm]:
    """The form that renames a view, and the one that deletes it."""
    version = version_of(view.name, view.query)
    return (
        ViewForm(formdata=None, data={"name": view.name, "version": version}),
        ConfirmForm(formdata=None, data={"version": version}),
    )


@bp.post("/queue/views/<int:view_id>/rename")
@access(*REQUEST_READERS)
def rename_view(view_id: int) -> Any:
    """Another name for one's own view."""
    form = ViewForm()
    if not form.validate_on_submit():
        raise Invalid(_("Give the view a name of at most 60 characters."))
    services.rename_view(
        view_id, key=form.key.data, actor=current_actor(), version=form.version_number, name=form.name.data
    )
    flash(_("View renamed."))
    return redirect(url_for("triage.saved_views"))


@bp.post("/queue/views/<int:view_id>/delete")
@access(*REQUEST_READERS)
def delete_view(view_id: int) -> Any:
    """Forget one's own view."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        raise Invalid(_("This page was open too long. Open it again."))
    services.delete_view(view_id, key=form.key.data, actor=current_actor(), version=form.version_number)
    flash(_("View deleted."))
    return redirect(url_for("triage.saved_views"))


def _clean(query: str) -> str:
    """Only what a filter of ours can say."""
    arguments = dict(parse_qsl(query))
    return urlencode(Place(Filters.read(arguments), queries.Sort.read(arguments.get("sort", ""))).query)
