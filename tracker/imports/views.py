"""Upload, preview, report."""

import uuid
from typing import Any

from flask import Response, redirect, render_template, url_for

from tracker.errors import DomainError, Invalid
from tracker.files.sending import send_csv
from tracker.imports import queries, services
from tracker.imports.blueprint import bp
from tracker.imports.console import report_of
from tracker.imports.forms import UploadForm
from tracker.imports.hints import Hints
from tracker.imports.kinds import importable, kind_of, kinds, label_of
from tracker.imports.report import DONE_LABELS
from tracker.languages.marking import lazy
from tracker.rights.actor import IMPORTERS
from tracker.web.access import access, current_actor
from tracker.web.forms import KeyedForm

_SHOWN = 200


@bp.route("/", methods=["GET", "POST"])
@access(*IMPORTERS)
def index() -> Any:
    """Upload a file; what was imported before."""
    actor = current_actor()
    form = UploadForm(allowed=importable(actor))
    if form.validate_on_submit():
        try:
            hints = Hints(form.encoding.data, form.dates.data)
            job = services.upload(form.file.data, key=form.key.data, actor=actor, what=form.what.data, hints=hints)
            return redirect(url_for("jobs.show", public_id=job))
        except (Invalid, DomainError) as refused:
            if refused.status not in (413, 422):
                raise
            form.add_errors({"file": refused.message})
    status = 422 if form.is_submitted() else 200
    page = render_template(
        "imports/index.html",
        form=form,
        runs=queries.recent_runs(actor),
        kinds=kinds(),
        label_of=label_of,
        done=DONE_LABELS,
    )
    return page, status


@bp.get("/<uuid:public_id>")
@access(*IMPORTERS)
def show(public_id: uuid.UUID) -> Any:
    """What would be done with each row, or what was."""
    job = queries.get_job(public_id, current_actor())
    if job.status != "done":
        return redirect(url_for("jobs.show", public_id=public_id))
    return render_template(
        "imports/show.html",
        job=job,
        is_preview=job.kind == queries.PREVIEW,
        file=queries.file_of(job),
        report=report_of(job.result),
        shown=_SHOWN,
        more=job.result["more"],
        done=DONE_LABELS,
        form=KeyedForm(),
    )


@bp.post("/<uuid:public_id>/carry-out")
@access(*IMPORTERS)
def carry_out(public_id: uuid.UUID) -> Any:
    """Have the previewed rows taken over."""
    form = KeyedForm()
    if not form.validate_on_submit():
        raise Invalid(lazy("The form was not complete. Open the page again."))
    job = services.carry_out(public_id, key=form.key.data, actor=current_actor())
    return redirect(url_for("jobs.show", public_id=job))


@bp.get("/columns.csv")
@access(*IMPORTERS)
def columns() -> Response:
    """An empty table with our columns, to be filled in a spreadsheet."""
    return send_csv([kind_of("requests").columns], "requests.csv")
