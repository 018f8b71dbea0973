"""Amend what was accepted: prepare the new terms, sign what somebody else prepared, or drop it."""

import uuid
from functools import partial
from typing import Any

from flask import redirect, request
from flask_babel import gettext as _

from tracker.assistance.conflicts import AMENDMENT_WAITS, NO_AMENDMENT_WAITS
from tracker.assistance.decision import services
from tracker.assistance.decision.services.amending import Amendment, in_force
from tracker.assistance.lifecycle import Action, Kind, missing
from tracker.assistance.messages.queries import message_of
from tracker.errors import Conflict
from tracker.languages.formatting import format_amount
from tracker.pledges.queries import funding_of
from tracker.rights.actor import REQUEST_OFFICERS
from tracker.triage.blueprint import bp
from tracker.triage.case import amendments
from tracker.triage.case.confirmation import Confirmation, back_to, confirmed, load_with_facts
from tracker.triage.case.decision.forms import AmendEligibleForm, AmendForm
from tracker.triage.case.decision.measures import measures
from tracker.triage.case.decision.views.deciding import read_by_the_person
from tracker.triage.forms import ConfirmForm, ReasonForm
from tracker.web.access import access, current_actor, sent_before


@bp.route("/requests/<uuid:public_id>/amendment", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def prepare_amendment(public_id: uuid.UUID) -> Any:
    """Write the new terms down for somebody else to sign."""
    found, facts = load_with_facts(public_id, Action.PREPARE_AMENDMENT)
    stands = in_force(facts)
    if request.method == "GET" and facts.prepared_decision is not None:
        raise Conflict(AMENDMENT_WAITS)
    form = _form_of(stands)
    confirmation = Confirmation(
        Action.PREPARE_AMENDMENT,
        title=_("Prepare an amendment"),
        submit=_("Prepare for signature"),
        done=_("Amendment prepared. Somebody else must sign it; until then the terms stay as they are."),
        event="assistance.amended",
        template="triage/case/decision/amend.html",
        will=[(_("A programme manager other than you must sign. Until then the terms stay as they are."), True)],
    )
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: services.prepare_amendment(public_id, amendment=_amendment(form), **how),
        stands=stands,
        wanted=message_of(found, form.wanted_id) if form.wanted_id else None,
        funding=funding_of([found.id]).get(found.id),
    )


def _form_of(stands: Any) -> AmendForm:
    """The terms in force, to be changed; without an amount where rounds give the money."""
    terms = {name: getattr(stands, name) for name in ("scope", "conditions", "human_rights")}
    terms["wanted"] = request.args.get("wanted", "")
    if stands.amount_minor is None:
        return AmendEligibleForm(data=terms)
    return AmendForm(data={"amount": format_amount(stands.amount_minor, "USD"), **terms})


def _amendment(form: AmendForm) -> Amendment:
    return Amendment(
        reasons=form.reasons.data or "",
        amount_minor=form.amount_minor,
        scope=form.scope.data or "",
        conditions=form.conditions.data or "",
        human_rights=form.human_rights.data or "",
        amount_reason=form.amount_reason.data or "" if form.amount_reason else "",
        wanted=form.wanted_id,
    )


@bp.route("/requests/<uuid:public_id>/amendment/sign", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def sign_amendment(public_id: uuid.UUID) -> Any:
    """Read what would change, why, and who will be told, then sign."""
    found, facts = load_with_facts(public_id, Action.AMEND)
    prepared, stands = facts.prepared_decision, facts.decision
    reading = amendments.read(found, prepared, stands, funding_of([found.id]).get(found.id))
    if reading is None and sent_before():
        return redirect(back_to(public_id))
    if reading is None:
        raise Conflict(NO_AMENDMENT_WAITS)
    standing = missing(Kind(found.kind), Action.AMEND, prepared)
    confirmation = Confirmation(
        Action.AMEND,
        title=_("Sign this amendment?"),
        submit=_("Sign the amendment"),
        done=_("Amendment signed. The State will be told."),
        event="assistance.amended",
        template="triage/case/decision/amendment.html",
        will=reading.will,
    )
    return confirmed(
        found,
        confirmation,
        ConfirmForm(),
        lambda how: services.amend(public_id, decision=read_by_the_person(prepared), **how),
        decision=prepared,
        amendment=reading,
        measures=partial(measures, found, current_actor()),
        obstacles=standing,
        barred=bool(standing),
    )


@bp.route("/requests/<uuid:public_id>/amendment/drop", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def drop_amendment(public_id: uuid.UUID) -> Any:
    """Take a prepared amendment back."""
    (found, facts), form = load_with_facts(public_id, Action.DROP_AMENDMENT), ReasonForm()
    if facts.prepared_decision is None and not sent_before():
        raise Conflict(NO_AMENDMENT_WAITS)
    confirmation = Confirmation(
        Action.DROP_AMENDMENT,
        title=_("Drop the prepared amendment?"),
        submit=_("Drop the amendment"),
        done=_("Amendment dropped. The terms stay as they are."),
        event="assistance.amendment_dropped",
        risk=True,
        will=[
            (_("The terms in force stay; another amendment can be prepared."), True),
            (_("The dropped text and your reason stay in the file of the office."), True),
        ],
    )
    return confirmed(
        found, confirmation, form, lambda how: services.drop_amendment(public_id, reason=form.reason.data, **how)
    )
