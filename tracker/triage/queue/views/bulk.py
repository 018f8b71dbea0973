"""Actions on many requests: assign those chosen, hand over everything of an officer, export the list as a file."""

import uuid
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext

from tracker.assistance.handling import services
from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.files.sending import send_csv
from tracker.rights.actor import REQUEST_OFFICERS, REQUEST_READERS
from tracker.triage.blueprint import bp
from tracker.triage.forms import AssignForm
from tracker.triage.queue import bulk, queries
from tracker.triage.queue import services as queue_services
from tracker.triage.queue.export import table_of
from tracker.triage.queue.forms import ExportForm, HandOverForm
from tracker.triage.queue.place import Place
from tracker.web.access import access, current_actor, sent_before


@bp.route("/queue/assign", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def bulk_assign() -> Any:
    """Say which requests go to whom, then do it in one step."""
    actor, place = current_actor(), Place.here()
    ticked = _uuids(request.values.getlist("r"))
    found = bulk.selected_requests(ticked, actor=actor)
    asked = _uuids([request.args.get("to", "")])
    form = AssignForm(data={"officer": str(asked[0])} if asked else None).offer(found.officers)
    if request.method == "POST" and form.validate_on_submit():
        try:
            done = services.bulk_assign(ticked, key=form.key.data, actor=actor, officer=uuid.UUID(form.officer.data))
        except Invalid as refused:
            form.add_errors(refused.fields)
        else:
            _say(done)
            return redirect(place.queue_url)
    page = render_template("triage/queue/bulk_assign.html", form=form, rows=found.rows, ticked=ticked, place=place)
    return page, 422 if request.method == "POST" else 200


@bp.route("/queue/hand-over", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def hand_over() -> Any:
    """All open work of one officer goes to another."""
    actor = current_actor()
    loads = bulk.workload(actor)
    mine = [row for row in loads.givers if row.id == actor.person_id]
    form = HandOverForm().offer(loads.givers if actor.has("programme_manager") else mine, loads.officers)
    form.from_officer.validate_choice = not sent_before()  # who has given everything is no choice any more
    if form.validate_on_submit():
        try:
            done = services.hand_over(
                key=form.key.data,
                actor=actor,
                from_officer=next(iter(_uuids([form.from_officer.data])), None),
                to_officer=uuid.UUID(form.to_officer.data),
            )
        except Invalid as refused:
            form.add_errors(refused.fields)
        else:
            _say(done)
            return redirect(url_for("triage.queue"))
    page = render_template("triage/queue/hand_over.html", form=form, givers=loads.givers)
    return page, 422 if form.is_submitted() else 200


def _say(done: dict[str, int]) -> None:
    count = done["assigned"]
    flash(ngettext("%(num)d request assigned.", "%(num)d requests assigned.", count))
    if done["left"]:
        flash(
            ngettext(
                "%(num)d request stays where it was: closed meanwhile, a conflict of interest, or decided before.",
                "%(num)d requests stay where they were: closed meanwhile, a conflict of interest, or decided before.",
                done["left"],
            ),
            "warning",
        )


@bp.route("/queue/export", methods=["GET", "POST"])
@access(*REQUEST_READERS)
def export() -> Any:
    """The filtered queue as CSV. Confidential requests need a reason, strictly confidential ones never leave."""
    actor, place = current_actor(), Place.here()
    form = ExportForm()
    if form.validate_on_submit():
        asked = form.confidential.data
        try:
            ids = queue_services.record_export(
                key=form.key_of_answers,
                actor=actor,
                query=urlencode(place.query),
                with_confidential=asked,
                reason=form.reason.data or "",
            )
        except Invalid as refused:
            form.add_errors(refused.fields)
        else:
            rows = queries.export_rows(ids, actor=actor, sort=place.sort, with_confidential=asked)
            return send_csv(table_of(rows), f"requests-{today().isoformat()}.csv")
    counts = bulk.by_marking(place.filters, actor=actor)
    page = render_template(
        "triage/queue/export.html", form=form, place=place, counts=counts, most=queries.MOST_EXPORTED
    )
    return page, 422 if form.is_submitted() else 200


def _uuids(texts: list[str]) -> list[uuid.UUID]:
    """The ids among what an address holds, each once."""
    found = []
    for text in texts[: services.MOST_AT_ONCE + 1]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
