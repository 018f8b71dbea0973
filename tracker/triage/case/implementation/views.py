"""After acceptance: plan activities, record what they brought, begin and complete the implementation."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from tracker.assistance.conflicts import RECORDED_ALREADY
from tracker.assistance.implementation import services
from tracker.assistance.implementation.queries import planned_activity
from tracker.assistance.implementation.services.ending import in_the_way
from tracker.assistance.implementation.services.implementing import Result, obstacles
from tracker.assistance.lifecycle import Action
from tracker.errors import Conflict
from tracker.files.kinds import DOCUMENTS, extensions_of
from tracker.notifications.queries import audience_in_words
from tracker.rights.actor import REQUEST_OFFICERS
from tracker.triage.blueprint import bp
from tracker.triage.case.confirmation import Confirmation, back_to, confirmed, load_for, load_with_facts
from tracker.triage.case.implementation.forms import ActivityForm, ResultForm, UnfundedForm
from tracker.triage.case.views import page_of
from tracker.triage.forms import ConfirmForm
from tracker.web import confirmation as web_confirmation
from tracker.web.access import access, current_actor, sent_before


@bp.post("/requests/<uuid:public_id>/activities")
@access(*REQUEST_OFFICERS)
def plan_activity(public_id: uuid.UUID) -> Any:
    """Plan something."""
    form = ActivityForm()
    if not form.validate_on_submit():
        return page_of(public_id, {"activity_form": form}), 422
    services.plan_activity(
        public_id,
        key=form.key.data,
        actor=current_actor(),
        title=form.title.data,
        planned_on=form.planned_on.data,
        place=form.place.data or "",
    )
    flash(_("Activity planned."))
    return redirect(back_to(public_id) + "#h-implementation")


@bp.route("/requests/<uuid:public_id>/activities/<uuid:activity_id>", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def record_implementation(public_id: uuid.UUID, activity_id: uuid.UUID) -> Any:
    """Record what an activity brought."""
    found = load_for(public_id, Action.RECORD_IMPLEMENTATION)
    activity = planned_activity(found, activity_id)
    if activity.delivered_on is not None and not sent_before():
        raise Conflict(RECORDED_ALREADY)
    form = ResultForm(data=None if request.method == "POST" else {"place": activity.place, "version": activity.version})
    return web_confirmation.confirmed(
        form,
        lambda **by: _record(public_id, activity_id, form, **by),
        page=lambda: render_template(
            "triage/case/implementation/result.html",
            r=found,
            activity=activity,
            form=form,
            accept=",".join(extensions_of(DOCUMENTS)),
            told=audience_in_words("assistance.implementation_recorded", found, current_actor()),
            back=back_to(public_id),
        ),
        done=_("Delivery recorded. The State is asked to confirm it."),
        lead=lambda _outcome: back_to(public_id) + "#h-implementation",
        beside="document",
    )


def _record(public_id: uuid.UUID, activity_id: uuid.UUID, form: ResultForm, **by: Any) -> None:
    document = form.document.data
    services.record_implementation(
        public_id,
        activity_id,
        version=form.version_number,
        result=Result(
            delivered_on=form.delivered_on.data,
            place=form.place.data,
            result=form.result.data,
            women=form.women.data or 0,
            men=form.men.data or 0,
            not_stated=form.not_stated.data or 0,
        ),
        document=document if document and document.filename else None,
        **by,
    )


@bp.route("/requests/<uuid:public_id>/start-implementation", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def start_implementation(public_id: uuid.UUID) -> Any:
    """Begin the implementation."""
    found = load_for(public_id, Action.START_IMPLEMENTATION)
    confirmation = Confirmation(
        Action.START_IMPLEMENTATION,
        title=_("Start the delivery?"),
        submit=_("Start the delivery"),
        done=_("Delivery started. The State is told."),
        event="assistance.implementation_started",
        will=[
            (_("The status becomes “In delivery”."), True),
            (_("Results can be recorded, and the State can confirm them."), True),
        ],
    )
    return confirmed(found, confirmation, ConfirmForm(), lambda how: services.start_implementation(public_id, **how))


@bp.route("/requests/<uuid:public_id>/complete", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def complete(public_id: uuid.UUID) -> Any:
    """Close what was delivered."""
    found, facts = load_with_facts(public_id, Action.COMPLETE)
    confirmation = Confirmation(
        Action.COMPLETE,
        title=_("Complete this request?"),
        submit=_("Complete"),
        done=_("Request completed. The State and the donors who paid are told."),
        event="assistance.completed",
        template="triage/case/implementation/complete.html",
        will=[
            (_("The status becomes “Completed”; nothing more can be recorded or paid."), False),
            (_("The State can still confirm and rate what was delivered."), True),
        ],
    )
    standing = obstacles(found, facts)
    return confirmed(
        found,
        confirmation,
        ConfirmForm(),
        lambda how: services.complete(public_id, **how),
        obstacles=standing,
        barred=bool(standing),
    )


@bp.route("/requests/<uuid:public_id>/end-unfunded", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def end_unfunded(public_id: uuid.UUID) -> Any:
    """Close what got no seat."""
    (found, facts), form = load_with_facts(public_id, Action.END_UNFUNDED), UnfundedForm()
    confirmation = Confirmation(
        Action.END_UNFUNDED,
        title=_("End this request without a seat?"),
        submit=_("End without a seat"),
        done=_("Request ended without a seat. The State is told."),
        event="assistance.ended_unfunded",
        template="triage/case/implementation/unfunded.html",
        will=[
            (_("The status becomes “Ended without a seat”; no money can be given any more."), False),
            (_("The State reads “Eligible, no seat in this session”, or “Seats given up”, and the rule."), True),
        ],
        risk=True,
    )
    standing = in_the_way(found, facts)
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: services.end_unfunded(public_id, rule=form.rule.data or "", **how),
        obstacles=standing,
        barred=bool(standing),
    )
