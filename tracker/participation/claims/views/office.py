"""The travel desk's pages of a claim: what was sent, its papers with a trace, and what is to be completed."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.costs.sentences import PROVIDED as PROVIDED_LABELS
from tracker.errors import Conflict, Invalid
from tracker.events import opened
from tracker.files import queries as files
from tracker.files.sending import send
from tracker.participation.blueprint import bp
from tracker.participation.claims import forms, presenting, queries, services
from tracker.participation.claims.lifecycle import CLAIM_LABELS, RECEIPT_LABELS
from tracker.participation.claims.policies import RULES, ClaimAction
from tracker.participation.claims.queries import ClaimOf
from tracker.rights.actor import TRAVEL_OFFICERS, TRAVEL_READERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed

AT_FORM = (Invalid, Conflict)


@bp.get("/seats/<uuid:public_id>/claim")
@access(*TRAVEL_READERS)
def claim(public_id: uuid.UUID) -> Any:
    """What whoever sits in a seat claims, and how far it is."""
    found = queries.get(public_id, current_actor())
    if opened(found.journey.request, actor=current_actor()):
        found = queries.get(public_id, current_actor())
    return render_template("participation/claims/claim.html", **_shown(found))


@bp.route("/seats/<uuid:public_id>/claim/begin", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def begin_claim(public_id: uuid.UUID) -> Any:
    """Begin to look at a claim."""
    found = queries.get(public_id, current_actor())
    allow(RULES, ClaimAction.BEGIN, queries.facts_of(found))
    form = forms.PressForm(version=_version(found))
    return confirmed(
        form,
        lambda **by: services.begin(public_id, version=form.version_number, **by),
        page=lambda: render_template("participation/claims/begin.html", form=form, **_shown(found)),
        done=_("It is not taken back any more. Its papers can be opened below."),
        lead=lambda seat_id: url_for(".claim", public_id=seat_id),
    )


@bp.route("/seats/<uuid:public_id>/claim/ask", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def ask_to_complete_claim(public_id: uuid.UUID) -> Any:
    """Ask the delegate to complete a claim."""
    found = queries.get(public_id, current_actor())
    allow(RULES, ClaimAction.ASK, queries.facts_of(found))
    form = forms.AskForm(version=_version(found))
    return confirmed(
        form,
        lambda **by: services.ask_to_complete(public_id, version=form.version_number, what=form.what.data or "", **by),
        page=lambda: render_template("participation/claims/ask.html", form=form, **_shown(found)),
        done=_("Asked. The delegate gets a mail with the link to their page."),
        lead=lambda seat_id: url_for(".claim", public_id=seat_id),
        at_form=AT_FORM,
    )


@bp.post("/seats/<uuid:public_id>/claim/papers/<uuid:paper_id>")
@access("travel_officer", "programme_manager", "finance_officer")
def open_claim_paper(public_id: uuid.UUID, paper_id: uuid.UUID) -> Any:
    """Open a boarding pass or a receipt, with a trace that the delegate reads. Each press asks the rule and leaves its
    own trace, so no key answers a second one."""
    file_id = services.open_paper(public_id, paper_id, actor=current_actor())
    return send(files.by_number(file_id))


def _version(found: ClaimOf) -> str:
    return str(found.sent.row.version) if found.sent else ""


def _shown(found: ClaimOf) -> dict[str, Any]:
    facts, actor, person = queries.facts_of(found), current_actor(), found.journey.person
    papers = found.sent.papers if found.sent else ()
    opens = {
        paper.row.id
        for paper in papers
        if paper.file.erased_at is None
        and can(RULES, ClaimAction.OPEN, actor, queries.facts_of(found, paper=paper.row.kind)) is None
    }
    return {
        "found": found,
        "one": found.journey,
        "session": found.session,
        "claim": found.sent,
        "may": {action for action in ClaimAction if can(RULES, action, actor, facts) is None},
        "opens": opens,
        "compared": presenting.compared(found.sent) if found.sent else [],
        "openings": queries.openings_of(person.id),
        "labels": CLAIM_LABELS,
        "line_labels": RECEIPT_LABELS,
        "provided_labels": PROVIDED_LABELS,
    }
