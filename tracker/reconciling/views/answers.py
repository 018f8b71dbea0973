"""Saying why an entry or a step does not agree, and which step an entry is."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from tracker.errors import Conflict, Invalid
from tracker.languages.formatting import format_day, format_money
from tracker.pledges.lifecycle import ACTS
from tracker.reconciling import queries, services
from tracker.reconciling.blueprint import bp
from tracker.reconciling.forms import ExplainForm, MatchForm
from tracker.reconciling.policies import RECONCILERS, RULES, MatchFacts, ReconcilingAction, SaidFacts, WaitingFacts
from tracker.reconciling.queries import Listed
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm


@bp.route("/entries/<uuid:public_id>", methods=["GET", "POST"])
@access(*RECONCILERS)
def explain_entry(public_id: uuid.UUID) -> Any:
    """Why an entry is missing here, or differs."""
    found = queries.get_entry(public_id, current_actor())
    form = ExplainForm(version=str(found.entry.version))
    could_be = queries.candidates(found.entry, current_actor()) if found.waits and not found.matches else []
    show = Listed.DIFFERING if found.matches else Listed.MISSING_HERE
    return confirmed(
        form,
        lambda **by: services.explain_entry(
            public_id, version=form.version_number, remark=form.reason.data or "", **by
        ),
        allow=lambda: allow(RULES, ReconcilingAction.EXPLAIN_ENTRY, WaitingFacts(found.waits)),
        page=lambda: render_template(
            "reconciling/explain.html", form=form, one=found, could_be=could_be, acts=ACTS, show=show
        ),
        done=_("Noted. It does not wait any more."),
        lead=lambda _entry: url_for(".index", show=show),
        at_form=(Invalid, Conflict),
    )


@bp.route("/entries/<uuid:public_id>/match", methods=["GET", "POST"])
@access(*RECONCILERS)
def match_entry(public_id: uuid.UUID) -> Any:
    """Which step an entry is, among those that it could be."""
    found = queries.get_entry(public_id, current_actor())
    could_be = queries.candidates(found.entry, current_actor())
    form = MatchForm(version=str(found.entry.version))
    form.step.choices = [SelectChoice(str(one.act_public_id), _said_of(one)) for one in could_be]
    waits = found.waits and not found.matches
    return confirmed(
        form,
        lambda **by: services.match_by_person(public_id, version=form.version_number, act_id=form.chosen, **by),
        allow=lambda: allow(RULES, ReconcilingAction.MATCH, MatchFacts(waits, could_be=bool(could_be))),
        page=lambda: render_template("reconciling/match.html", form=form, one=found),
        done=_("Matched."),
        lead=lambda _entry: url_for(".index", show=Listed.MISSING_HERE),
        at_form=(Invalid, Conflict),
    )


@bp.route("/entries/<uuid:public_id>/reopen", methods=["GET", "POST"])
@access(*RECONCILERS)
def reopen_entry(public_id: uuid.UUID) -> Any:
    """Take back what a person said of an entry."""
    found = queries.get_entry(public_id, current_actor())
    form = KeyedForm(version=str(found.entry.version))
    return confirmed(
        form,
        lambda **by: services.reopen_entry(public_id, version=form.version_number, **by),
        allow=lambda: allow(RULES, ReconcilingAction.REOPEN, SaidFacts(found.is_said)),
        page=lambda: render_template("reconciling/reopen.html", form=form, one=found),
        done=_("It waits again."),
        lead=lambda _entry: url_for(".index", show=Listed.MISSING_HERE),
        at_form=(Invalid, Conflict),
    )


def _said_of(one: queries.Posting) -> str:
    return _(
        "%(pledge)s, step %(number)d: %(what)s, %(amount)s, %(day)s, reference %(reference)s",
        pledge=one.pledge_reference,
        number=one.number,
        what=ACTS[one.name].label,
        amount=format_money(one.amount_minor, one.currency),
        day=format_day(one.day),
        reference=one.reference or "–",
    )


@bp.route("/steps/<uuid:public_id>", methods=["GET", "POST"])
@access(*RECONCILERS)
def explain_posting(public_id: uuid.UUID) -> Any:
    """Why a step is missing in the finance system."""
    found = queries.get_posting(public_id, current_actor())
    form = ExplainForm()
    return confirmed(
        form,
        lambda **by: services.explain_posting(public_id, remark=form.reason.data or "", **by),
        allow=lambda: allow(RULES, ReconcilingAction.EXPLAIN_POSTING, WaitingFacts(found.waits)),
        page=lambda: render_template("reconciling/explain_step.html", form=form, one=found, acts=ACTS),
        done=_("Noted. It does not wait any more."),
        lead=lambda _act: url_for(".index", show=Listed.MISSING_THERE),
        at_form=(Invalid, Conflict),
    )
