"""Prepare a decision, sign what somebody else prepared, or drop it."""

import uuid
from functools import partial
from typing import Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.conflicts import NO_DECISION_WAITS
from tracker.assistance.decision import services
from tracker.assistance.decision.queries import joinable, joined_request
from tracker.assistance.decision.services.deciding import EVENTS, Proposal
from tracker.assistance.lifecycle import SIGNS, Action, Kind, Outcome
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import rule_facts_of
from tracker.errors import Conflict
from tracker.languages.formatting import format_amount
from tracker.rights.actor import REQUEST_OFFICERS
from tracker.triage.blueprint import bp
from tracker.triage.case.confirmation import Confirmation, back_to, confirmed, load_for, load_with_facts
from tracker.triage.case.decision.forms import AcceptForm, DeclineForm, EligibleForm, MergeForm, ReferForm
from tracker.triage.case.decision.measures import measures
from tracker.triage.case.presenting import OUTCOME_TITLES, consequences
from tracker.triage.forms import ConfirmForm, ReasonForm
from tracker.triage.queue.place import Place
from tracker.web.access import access, allow, current_actor, sent_before

_FORMS: dict[Outcome, type[DeclineForm]] = {
    Outcome.DECLINED: DeclineForm,
    Outcome.REFERRED: ReferForm,
    Outcome.MERGED: MergeForm,
}


@bp.get("/requests/<uuid:public_id>/decision")
@access(*REQUEST_OFFICERS)
def choose_decision(public_id: uuid.UUID) -> Any:
    """From the choice on the request's page to the form of that outcome."""
    load_for(public_id, Action.PREPARE_DECISION)
    outcome = request.args.get("outcome", "")
    if outcome not in set(Outcome):
        return redirect(url_for("triage.request", public_id=public_id))
    where = Place.here().whole_query
    return redirect(url_for("triage.prepare_decision", public_id=public_id, outcome=outcome, **where))


@bp.route("/requests/<uuid:public_id>/decision/<outcome>", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def prepare_decision(public_id: uuid.UUID, outcome: str) -> Any:
    """Write the decision down for somebody else to sign."""
    if outcome not in set(Outcome):
        abort(404)
    chosen = Outcome(outcome)
    found = load_for(public_id, Action.PREPARE_DECISION)
    form = _form_of(chosen, found)
    confirmation = Confirmation(
        Action.PREPARE_DECISION,
        title=_("Prepare a decision: %(outcome)s", outcome=_(OUTCOME_TITLES[chosen]).lower()),
        submit=_("Prepare for signature"),
        done=_("Decision prepared. Somebody else must sign it; until then nothing is sent."),
        event=EVENTS[chosen],
        template="triage/case/decision/prepare.html",
        will=[(_("A programme manager other than you must sign. Until then nothing is sent."), True)],
    )
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: services.prepare_decision(public_id, proposal=_proposal(chosen, form), **how),
        outcome=chosen,
        joinable=joinable(found, current_actor()) if chosen is Outcome.MERGED else [],
    )


def _form_of(outcome: Outcome, found: Any) -> DeclineForm:
    """The form of an outcome; that of an acceptance begins with the amount that is asked, where it names one."""
    if outcome is not Outcome.ACCEPTED:
        return _FORMS[outcome]()
    if found.kind == Kind.PARTICIPATION:
        return EligibleForm()
    asked = found.amount_usd_minor
    return AcceptForm(data={} if asked is None else {"amount": format_amount(asked, "USD")})


def _proposal(outcome: Outcome, form: Any) -> Proposal:
    facts: dict[str, Any] = {"outcome": outcome, "reasons": form.reasons.data}
    if outcome is Outcome.ACCEPTED:
        facts |= {name: form[name].data or "" for name in ("scope", "conditions", "human_rights")}
        if isinstance(form, AcceptForm):
            facts |= {"amount_minor": form.amount_minor, "amount_reason": form.amount_reason.data or ""}
    elif outcome is Outcome.REFERRED:
        facts |= {"referred_to": form.referred_to.data, "state_agreed_on": form.state_agreed_on.data}
    elif outcome is Outcome.MERGED:
        facts |= {"merged_into": form.merged_into.data}
    return Proposal(**facts)


@bp.route("/requests/<uuid:public_id>/sign", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def sign_decision(public_id: uuid.UUID) -> Any:
    """Read what will happen and who will be told, then sign."""
    found = queries.get_visible(public_id, current_actor())
    facts = rule_facts_of(found.id)
    prepared = facts.prepared_decision
    if prepared is None and sent_before():
        return redirect(back_to(public_id))
    if prepared is None:
        raise Conflict(NO_DECISION_WAITS)
    outcome = prepared.outcome
    allow(RULES, SIGNS[outcome], facts)
    confirmation = Confirmation(
        SIGNS[outcome],
        title=_("Sign this decision?"),
        submit=_("Sign: %(outcome)s", outcome=_(OUTCOME_TITLES[outcome]).lower()),
        done=_("Decision signed. The State will be told."),
        event=EVENTS[outcome],
        template="triage/case/decision/sign.html",
        will=consequences(prepared, found.kind),
        risk=outcome is not Outcome.ACCEPTED,
    )
    return confirmed(
        found,
        confirmation,
        ConfirmForm(),
        lambda how: services.sign_decision(public_id, decision=read_by_the_person(prepared), **how),
        decision=prepared,
        joined=joined_request(prepared),
        measures=partial(measures, found, current_actor()),
    )


def read_by_the_person(prepared: Any) -> uuid.UUID:
    """The decision that the person read: the page names it, the database may hold another by now."""
    try:
        return uuid.UUID(request.form.get("decision", ""))
    except ValueError:
        return prepared.public_id


@bp.route("/requests/<uuid:public_id>/drop-decision", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def drop_decision(public_id: uuid.UUID) -> Any:
    """Take a prepared decision back."""
    (found, facts), form = load_with_facts(public_id, Action.DROP_DECISION), ReasonForm()
    if facts.prepared_decision is None and not sent_before():
        raise Conflict(NO_DECISION_WAITS)
    confirmation = Confirmation(
        Action.DROP_DECISION,
        title=_("Drop the prepared decision?"),
        submit=_("Drop the decision"),
        done=_("Decision dropped. The request stays in review."),
        event="assistance.decision_dropped",
        risk=True,
        will=[
            (_("The request stays in review; another decision can be prepared."), True),
            (_("The dropped text and your reason stay in the file of the office."), True),
        ],
    )
    return confirmed(
        found, confirmation, form, lambda how: services.drop_decision(public_id, reason=form.reason.data, **how)
    )
