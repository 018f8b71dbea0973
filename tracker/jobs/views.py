"""The page about one piece of long work: it can be left, comes up to date by itself, and can stop the work."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.errors import NotFound
from tracker.events import opened
from tracker.extensions import db
from tracker.files import queries as files
from tracker.files.models import File
from tracker.files.sending import send, send_csv
from tracker.jobs import queries, services
from tracker.jobs.blueprint import bp
from tracker.jobs.forms import CancelForm
from tracker.jobs.policies import CANCEL, RULES, JobFacts
from tracker.jobs.work import kind_of
from tracker.rights.rules import can
from tracker.web.access import access, current_actor

SECONDS_BETWEEN_LOOKS = 4


@bp.get("/")
@access("signed_in")
def index() -> Any:
    """Show one's latest long work."""
    return render_template("jobs/index.html", jobs=queries.recent(current_actor()), kind_of=kind_of)


@bp.get("/<uuid:public_id>")
@access("signed_in")
def show(public_id: Any) -> Any:
    """Show how far the work is; while it runs the browser looks again, unless asked not to (?still=1)."""
    actor = current_actor()
    job = queries.get_visible(public_id, actor)
    kind = kind_of(job.kind)
    still = request.args.get("still") == "1"
    response = make_response(
        render_template(
            "jobs/show.html",
            job=job,
            kind=kind,
            how_far=(job.done, job.total),
            result_url=kind.result_url(job) if kind and job.status == "done" else None,
            again_url=kind.again_url() if kind and job.status in ("failed", "cancelled") else None,
            refusal=can(RULES, CANCEL, actor, JobFacts.of(job)),
            form=CancelForm(),
            still=still,
        )
    )
    if job.open and not still:
        response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


@bp.post("/<uuid:public_id>/cancel")
@access("signed_in")
def cancel(public_id: Any) -> Any:
    """Ask the work to stop."""
    form = CancelForm()
    if form.validate_on_submit():
        services.cancel(public_id, key=form.key.data, actor=current_actor())
        flash(_("The work was asked to stop."))
    return redirect(url_for(".show", public_id=public_id))


@bp.get("/<uuid:public_id>/report")
@access("signed_in")
def report(public_id: Any) -> Any:
    """Give the report of work that is done: the file, or a table without anything that the records say."""
    actor = current_actor()
    job = queries.get_visible(public_id, actor)
    file = db.session.get(File, job.report_file_id) if job.report_file_id else None
    if file is None:
        raise NotFound
    if not queries.reads_words(job, actor):
        kind = kind_of(job.kind)
        if kind is None or kind.without_words is None:
            raise NotFound
        return send_csv(kind.without_words(job), "report.csv")
    opened(file, actor=actor)
    return send(files.get(file.public_id, subject=job))
