"""Upload, preview, report."""

import uuid
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from tracker.assistance.queries.removals import removal_of, removals_of
from tracker.errors import DomainError, Invalid, NotFound
from tracker.files.sending import send_csv
from tracker.imports import queries, services
from tracker.imports.blueprint import bp
from tracker.imports.console import report_of
from tracker.imports.forms import UploadForm
from tracker.imports.kinds import importable, kind_of, kinds, label_of
from tracker.imports.reading import SOURCE_IS_GONE
from tracker.imports.report import DONE_LABELS, Report
from tracker.imports.runs import left
from tracker.languages.marking import lazy
from tracker.rights.actor import IMPORTERS
from tracker.web.access import access, current_actor
from tracker.web.forms import KeyedForm
from tracker.web.reading import read_row

_SHOWN = 200
_PAGE = 25


@bp.route("/", methods=["GET", "POST"])
@access(*IMPORTERS)
def index() -> Any:
    """Upload a file; what was imported before."""
    actor = current_actor()
    allowed = importable(actor)
    named = {name: request.args[name] for name in ("what", "session", "source") if name in request.args}
    form = UploadForm(actor=actor, data=named)
    if form.validate_on_submit():
        try:
            said: dict[str, Any] = {"what": form.what.data, "hints": form.hints()}
            job = services.upload(form.file.data, key=form.key.data, actor=actor, **said)
            return redirect(url_for("jobs.show", public_id=job))
        except (Invalid, DomainError) as refused:
            if refused.status not in (413, 422):
                raise
            form.add_errors({"file": refused.message})
    status, runs = 422 if form.is_submitted() else 200, queries.recent_runs(actor)
    page = render_template(
        "imports/index.html",
        form=form,
        runs=runs,
        opened_by_reader=[run.id for run in runs if run.by_id == actor.person_id and run.work_key and run.ended_at],
        killed=left(runs),
        kinds=[kind for kind in kinds() if kind.name in allowed],
        label_of=label_of,
        done=DONE_LABELS,
        states={"running": lazy("Under way"), "stopped": lazy("Stopped"), "undone": lazy("Undone")},
    )
    return page, status


@bp.get("/<uuid:public_id>")
@access(*IMPORTERS)
def show(public_id: uuid.UUID) -> Any:
    """What would be done with each row, or what was."""
    job = queries.get_job(public_id, current_actor())
    run = queries.run_of(job)
    if job.status != "done" and (run is None or run.status == "running"):
        return redirect(url_for("jobs.show", public_id=public_id))
    file = queries.file_of(job)
    return render_template(
        "imports/show.html",
        job=job,
        kind=kind_of(job.params["what"]),
        is_preview=job.kind == queries.PREVIEW,
        file=file,
        removal=removal_of(file.id),
        report=report_of(job.result) if job.result else Report.counted(run.counts if run else {}),
        shown=_SHOWN,
        more=job.result.get("more", 0),
        done=DONE_LABELS,
        run=run,
        form=KeyedForm(),
        source_is_gone=SOURCE_IS_GONE,
    )


@bp.get("/files")
@access(*IMPORTERS)
def source_files() -> Any:
    """The files that somebody chose for an import, and what became of their content."""
    before = read_row(request.args.get("before"))
    rows = queries.source_files(current_actor(), before=before, limit=_PAGE)
    return render_template(
        "imports/files.html",
        rows=rows[:_PAGE],
        removals=removals_of([row.id for row in rows[:_PAGE]]),
        following=rows[_PAGE - 1].id if len(rows) > _PAGE else None,
        label_of=label_of,
    )


@bp.post("/<uuid:public_id>/undo")
@access(*IMPORTERS)
def undo(public_id: uuid.UUID) -> Any:
    """Have the rows of an import that nobody touched since taken back."""
    form = KeyedForm()
    if not form.validate_on_submit():
        raise Invalid(lazy("The form was not complete. Open the page again."))
    job = services.undo(public_id, key=form.key.data, actor=current_actor())
    return redirect(url_for("jobs.show", public_id=job))


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
    """An empty table with our columns of a kind of records (?of=), to be filled in a spreadsheet."""
    with_columns = {kind.name: kind for kind in kinds() if kind.columns}
    kind = with_columns.get(request.args.get("of", "requests"))
    if kind is None:
        raise NotFound
    return send_csv([kind.columns], f"{kind.name}.csv")
