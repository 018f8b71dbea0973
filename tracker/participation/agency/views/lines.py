"""The lines of the agency's statements, and saying why one differs."""

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.errors import Conflict, Invalid
from tracker.participation.agency import queries, services
from tracker.participation.agency.forms import ExplainForm
from tracker.participation.agency.models import KIND_LABELS
from tracker.participation.agency.policies import RECONCILERS, RULES, AgencyAction, LineFacts
from tracker.participation.blueprint import bp
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.policies import RULES as TRAVEL_RULES
from tracker.participation.travel.policies import TravelAction, TravelFacts
from tracker.rights.actor import TRAVEL_READERS, Actor
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed

MOST_LINES = 500


@bp.get("/travel/agency")
@access(*TRAVEL_READERS)
def agency_lines() -> Any:
    """What statements say otherwise than we do; with ?show=all every line."""
    actor, everything = current_actor(), request.args.get("show") == "all"
    rows = queries.lines(actor, only_open=not everything, limit=MOST_LINES)
    return render_template(
        "participation/agency/lines.html",
        rows=rows[:MOST_LINES],
        more=len(rows) > MOST_LINES,
        everything=everything,
        kinds=KIND_LABELS,
        may=actor.has(*RECONCILERS),
        correctable={row.line.id for row in rows if _may_correct(row, actor)},
        what=services.WHAT,
    )


def _may_correct(row: queries.AgencyRow, actor: Actor) -> bool:
    """Whether the reader may record the ticket of a line anew."""
    if row.seat is None:
        return False
    facts = TravelFacts(SeatStatus(row.seat.status), row.strict, signed=False, page_leads=False)
    return can(TRAVEL_RULES, TravelAction.TICKET, actor, facts) is None


@bp.route("/travel/agency/<uuid:public_id>", methods=["GET", "POST"])
@access(*RECONCILERS)
def explain_agency_line(public_id: uuid.UUID) -> Any:
    """Why a line differs."""
    found = queries.get_line(public_id, current_actor())
    form = ExplainForm(version=str(found.line.version))
    return confirmed(
        form,
        lambda **by: services.explain_line(public_id, version=form.version_number, remark=form.reason.data or "", **by),
        allow=lambda: allow(RULES, AgencyAction.EXPLAIN, LineFacts(is_open=found.is_open)),
        page=lambda: render_template("participation/agency/explain.html", form=form, one=found, kinds=KIND_LABELS),
        done=_("Noted. The line does not wait any more."),
        lead=lambda _line_id: url_for(".agency_lines"),
        at_form=(Invalid, Conflict),
    )
