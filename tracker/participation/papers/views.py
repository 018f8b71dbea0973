"""The travel desk's pages of what a delegate handed in: by its name, entered from paper, opened for a reason."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.events import opened
from tracker.languages.choosing import current_language
from tracker.participation.blueprint import bp
from tracker.participation.delegate_page.queries import has_page
from tracker.participation.disclosing.lifecycle import RECIPIENT_LABELS
from tracker.participation.disclosing.presenting import choices
from tracker.participation.disclosing.queries import given_out_of
from tracker.participation.papers import forms, queries, services
from tracker.participation.papers.lifecycle import (
    BY_LABELS,
    DOUBT_LABELS,
    OPENED_LABELS,
    PAPER_LABELS,
    PAYS_BY_LABELS,
    Paper,
)
from tracker.participation.papers.policies import RULES, PapersAction
from tracker.participation.papers.presenting import in_words, proof_in_words
from tracker.participation.papers.queries import PapersOf
from tracker.reference import queries as reference
from tracker.rights.actor import TRAVEL_OFFICERS, TRAVEL_READERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import carried_out, confirmed

ENTERED: dict[Paper, tuple[str, Callable[..., Any], Callable[..., str]]] = {
    Paper.PASSPORT: (
        "enter_passport",
        forms.OfficePassportForm,
        lambda form, *at, **by: services.hand_in_passport(*at, passport=form.passport(), **by),
    ),
    Paper.VISA: (
        "enter_visa",
        forms.OfficeVisaForm,
        lambda form, *at, **by: services.hand_in_visa(*at, visa=form.visa(), **by),
    ),
    Paper.ACCESS: (
        "enter_access_needs",
        forms.OfficeAccessForm,
        lambda form, *at, **by: services.say_access_needs(*at, access=form.access(), **by),
    ),
    Paper.PAYMENT: (
        "enter_payment",
        forms.OfficePaymentForm,
        lambda form, *at, **by: services.choose_payment(*at, payment=form.payment(), **by),
    ),
}
"""Each paper with the page on which an officer enters it, its form, and the verb that keeps it."""


@bp.get("/seats/<uuid:public_id>/papers")
@access(*TRAVEL_READERS)
def papers(public_id: uuid.UUID) -> Any:
    """What is handed in and what is missing, by its name; what is to be decided; and who opened it."""
    found = queries.get(public_id, current_actor())
    if opened(found.journey.request, actor=current_actor()):
        found = queries.get(public_id, current_actor())
    return render_template("participation/papers/papers.html", **_shown(found))


def _shown(found: PapersOf) -> dict[str, Any]:
    facts, actor, person = queries.facts_of(found), current_actor(), found.journey.person
    return {
        "found": found,
        "one": found.journey,
        "session": found.session,
        "kinds": list(Paper),
        "labels": OPENED_LABELS,
        "by_labels": BY_LABELS,
        "doubt_labels": DOUBT_LABELS,
        "pays_by": PAYS_BY_LABELS.get(found.papers.pays_by) if found.papers and found.papers.pays_by else None,
        "latest": queries.latest_of(person.id),
        "proved": queries.all_proved_in(found.journey.seat),
        "openings": queries.openings_of(person.id),
        "given_out": given_out_of(person.id),
        "recipients": RECIPIENT_LABELS,
        "field_labels": dict(choices()),
        "pages": {paper: f"participation.{name}" for paper, (name, _form, _verb) in ENTERED.items()},
        "may": {action for action in PapersAction if can(RULES, action, actor, facts) is None},
    }


@bp.route("/seats/<uuid:public_id>/papers/passport", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def enter_passport(public_id: uuid.UUID) -> Any:
    """A passport that came on paper or by mail."""
    return _entered(public_id, Paper.PASSPORT)


@bp.route("/seats/<uuid:public_id>/papers/visa", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def enter_visa(public_id: uuid.UUID) -> Any:
    """A visa that came so."""
    return _entered(public_id, Paper.VISA)


@bp.route("/seats/<uuid:public_id>/papers/access", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def enter_access_needs(public_id: uuid.UUID) -> Any:
    """Access needs that were said so."""
    return _entered(public_id, Paper.ACCESS)


@bp.route("/seats/<uuid:public_id>/papers/payment", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def enter_payment(public_id: uuid.UUID) -> Any:
    """How somebody wants to be paid, as they wrote."""
    return _entered(public_id, Paper.PAYMENT)


def _entered(public_id: uuid.UUID, paper: Paper) -> Any:
    found = queries.get(public_id, current_actor())
    allow(RULES, PapersAction.HAND_IN, queries.facts_of(found))
    _name, form_of, hand_in = ENTERED[paper]
    form = form_of(version=str(found.version))
    return confirmed(
        form,
        lambda **by: hand_in(form, public_id, version=form.version_number, by=form.by(), **by),
        page=lambda: render_template(
            "participation/papers/enter.html",
            one=found.journey,
            session=found.session,
            form=form,
            title=_(PAPER_LABELS[paper]),
            there=found.handed_in.get(paper),
            until=queries.passport_valid_until(found) if paper is Paper.PASSPORT else None,
            states=reference.state_choices(current_language()) if paper is Paper.PASSPORT else [],
        ),
        done=_("Sealed and kept."),
        lead=lambda seat_id: url_for(".papers", public_id=seat_id),
    )


@bp.route("/seats/<uuid:public_id>/papers/accept", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def accept_passport(public_id: uuid.UUID) -> Any:
    """That a passport serves although something in it does not agree."""
    found = queries.get(public_id, current_actor())
    allow(RULES, PapersAction.ACCEPT, queries.facts_of(found))
    form = forms.AcceptForm(version=str(found.version))
    return confirmed(
        form,
        lambda **by: services.accept_passport(public_id, version=form.version_number, **by),
        page=lambda: render_template(
            "participation/papers/accept.html",
            one=found.journey,
            session=found.session,
            form=form,
            doubts=[DOUBT_LABELS[doubt] for doubt in (found.papers.to_decide if found.papers else [])],
        ),
        done=_("The passport is accepted."),
        lead=lambda seat_id: url_for(".papers", public_id=seat_id),
    )


@bp.route("/seats/<uuid:public_id>/papers/open", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def open_papers(public_id: uuid.UUID) -> Any:
    """Open papers for a reason: the answer shows them, once."""
    found = queries.get(public_id, current_actor())
    allow(RULES, PapersAction.OPEN, queries.facts_of(found))
    form = forms.OpenForm(version=str(found.version)).offer(found.handed_in)
    opening: list[int] = []

    def carry_out(**by: Any) -> None:
        chosen, why = form.papers.data or [], form.reason.data or ""
        opening.append(services.open_papers(public_id, version=form.version_number, papers=chosen, reason=why, **by))

    page = {"one": found.journey, "session": found.session, "form": form}
    if form.validate_on_submit() and carried_out(form, carry_out):
        return _opened(page, services.show_once(opening[0], actor=current_actor()))
    return render_template("participation/papers/open.html", **page), 422 if form.errors else 200


def _opened(page: dict[str, Any], contents: dict[Paper, dict[str, Any]]) -> str:
    shown = [(_(PAPER_LABELS[paper]), in_words(paper, content)) for paper, content in contents.items()]
    return render_template("participation/papers/opened.html", shown=shown, **page)


@bp.route("/seats/<uuid:public_id>/papers/evidence/<uuid:delegate>", methods=["GET", "POST"])
@access("finance_officer", "programme_manager")
def open_evidence(public_id: uuid.UUID, delegate: uuid.UUID) -> Any:
    """Read to which accounts somebody was paid, for a reason: the answer shows it, once."""
    found = queries.get(public_id, current_actor())
    proved = queries.proved_in(found.journey.seat, delegate)
    allow(RULES, PapersAction.OPEN_EVIDENCE, queries.facts_of(found))
    form, opening = forms.OpenEvidenceForm(), list[int]()

    def carry_out(**by: Any) -> None:
        opening.append(services.open_evidence(public_id, delegate, reason=form.reason.data or "", **by))

    page = {"one": found.journey, "session": found.session, "form": form, "proved": proved}
    page["reads"] = has_page(proved.delegate_id)
    if form.validate_on_submit() and carried_out(form, carry_out):
        proofs = services.show_evidence_once(opening[0], actor=current_actor())
        shown = [proof_in_words(proof) for proof in proofs]
        return render_template("participation/papers/opened.html", shown=shown, **page)
    return render_template("participation/papers/evidence.html", **page), 422 if form.errors else 200
