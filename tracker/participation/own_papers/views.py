"""The pages on which a delegate hands in passport, visa and access needs, and says how to be paid."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.languages.choosing import current_language
from tracker.participation.blueprint import bp
from tracker.participation.delegate_page.behind import Here, behind_the_door
from tracker.participation.delegate_page.queries import PATH
from tracker.participation.own_papers import forms
from tracker.participation.papers import queries, services
from tracker.participation.papers.lifecycle import DOUBT_LABELS, PAPER_LABELS, By, Paper
from tracker.participation.papers.policies import RULES, PapersAction
from tracker.participation.papers.queries import PapersOf
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.web.access import access
from tracker.web.confirmation import carried_out

HANDED_IN: dict[Paper, tuple[Callable[..., Any], Callable[..., Any]]] = {
    Paper.PASSPORT: (
        forms.OwnPassportForm,
        lambda form, *at, **by: services.hand_in_passport(*at, passport=form.passport(), **by),
    ),
    Paper.VISA: (forms.OwnVisaForm, lambda form, *at, **by: services.hand_in_visa(*at, visa=form.visa(), **by)),
    Paper.ACCESS: (
        forms.OwnAccessForm,
        lambda form, *at, **by: services.say_access_needs(*at, access=form.access(), **by),
    ),
    Paper.PAYMENT: (
        forms.OwnPaymentForm,
        lambda form, *at, **by: services.choose_payment(*at, payment=form.payment(), **by),
    ),
}
"""Each paper with its form and the verb that keeps it."""


@bp.route(f"{PATH}<token>/passport", methods=["GET", "POST"])
@access("public")
@behind_the_door
def hand_in_passport(here: Here) -> Any:
    """The passport of whoever travels."""
    return _handed_in(here, Paper.PASSPORT)


@bp.route(f"{PATH}<token>/visa", methods=["GET", "POST"])
@access("public")
@behind_the_door
def hand_in_visa(here: Here) -> Any:
    """The visa, or that none is needed."""
    return _handed_in(here, Paper.VISA)


@bp.route(f"{PATH}<token>/access", methods=["GET", "POST"])
@access("public")
@behind_the_door
def say_access_needs(here: Here) -> Any:
    """What the person needs to take part."""
    return _handed_in(here, Paper.ACCESS)


@bp.route(f"{PATH}<token>/payment", methods=["GET", "POST"])
@access("public")
@behind_the_door
def choose_payment(here: Here) -> Any:
    """How the person wants to be paid."""
    return _handed_in(here, Paper.PAYMENT)


def _handed_in(here: Here, paper: Paper) -> Any:
    found = queries.get_own(here.seat_id, here.delegate_id)
    authorize(RULES, PapersAction.HAND_IN, Actor.anonymous, queries.facts_of(found, here.by, paper))
    form_of, hand_in = HANDED_IN[paper]
    form = form_of(version=str(found.version))

    def carry_out(*, key: str, **_actor: Any) -> None:
        by = {"key": key, "actor": Actor.anonymous, "by": here.by}
        hand_in(form, here.seat_id, version=form.version_number, **by)

    if form.validate_on_submit() and carried_out(form, carry_out):
        _tell(queries.get_own(here.seat_id, here.delegate_id), paper)
        return redirect(url_for(".delegate_page", token=here.token))
    if form.errors:
        form.put_back()
    return _page(here, found, paper, form), 422 if form.errors else 200


def _page(here: Here, found: PapersOf, paper: Paper, form: forms.OwnForm) -> str:
    person = found.journey.person
    return render_template(
        "participation/own_papers/hand_in.html",
        token=here.token,
        form=form,
        title=_(PAPER_LABELS[paper]),
        paper=paper,
        helping=here.by.who is By.HELPER,
        name=person.name,
        there=found.handed_in.get(paper),
        until=queries.passport_valid_until(found) if paper is Paper.PASSPORT else None,
        states=reference.state_choices(current_language()) if paper is Paper.PASSPORT else [],
    )


def _tell(found: PapersOf, paper: Paper) -> None:
    """What became of it: a passport in which something does not agree is kept, and the person learns it at once."""
    doubts = found.papers.to_decide if found.papers and paper is Paper.PASSPORT else []
    if not doubts:
        flash(_("Sealed and kept."), "ok")
        return
    words = [str(DOUBT_LABELS[doubt]) for doubt in doubts]
    more = _("It is kept, and the office decides whether it serves. If you typed something wrongly, hand it in again.")
    flash(" ".join([*words, more]))
