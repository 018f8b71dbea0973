"""The State's pages of one seat that is offered: what is offered until when, confirm it, or give it up."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance.page.loading import title_of
from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.extensions import db
from tracker.participation.blueprint import bp
from tracker.participation.ending.policies import RULES as ENDING_RULES
from tracker.participation.ending.policies import EndAction
from tracker.participation.ending.presenting import why_in_words
from tracker.participation.ending.queries import facts_of, with_money
from tracker.participation.offers import queries, services
from tracker.participation.offers.forms import ConfirmForm, DeclineForm, SubstituteForm
from tracker.participation.offers.lifecycle import CLOSED_WORDS, Outcome
from tracker.participation.offers.policies import RULES, OfferAction
from tracker.participation.offers.queries import Offered
from tracker.participation.offers.services.substituting import awaiting_a_seat
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import REQUEST_WRITERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor, sent_before
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm


@bp.get("/offers/<uuid:public_id>")
@access(*REQUEST_WRITERS)
def offer(public_id: uuid.UUID) -> Any:
    """What is offered to whom until when, what each line may cost, and the ways to answer."""
    return _offer_page(queries.get_offer(public_id, current_actor()))


@bp.route("/offers/<uuid:public_id>/confirm", methods=["GET", "POST"])
@access("authorising_officer")
def confirm_offer(public_id: uuid.UUID) -> Any:
    """Confirm the seat for the person who sits in it; the State says that nobody else pays."""
    found = _to_answer(public_id)
    form = ConfirmForm(version=str(found.offered.version))
    return _answered(
        found,
        form,
        "confirm",
        lambda **by: services.confirm(
            public_id, version=form.version_number, nobody_else_pays=bool(form.nobody_else_pays.data), **by
        ),
        done=_("The seat is confirmed. UNODC is told."),
    )


@bp.route("/offers/<uuid:public_id>/decline", methods=["GET", "POST"])
@access("authorising_officer")
def decline_offer(public_id: uuid.UUID) -> Any:
    """Give the seat up, with a reason."""
    found = _to_answer(public_id, OfferAction.DECLINE)
    form = DeclineForm(version=str(found.offered.version))
    return _answered(
        found,
        form,
        "decline",
        lambda **by: services.decline(public_id, version=form.version_number, reason=form.reason.data, **by),
        done=_("The seat was declined. Its money is with the pledges again."),
    )


@bp.route("/offers/<uuid:public_id>/substitute", methods=["GET", "POST"])
@access("authorising_officer")
def substitute(public_id: uuid.UUID) -> Any:
    """Name somebody else for the seat; its money stays, and it is offered anew."""
    found = _to_answer(public_id, OfferAction.SUBSTITUTE)
    form = SubstituteForm(version=str(found.offered.version)).offer(awaiting_a_seat(found.request.id))
    form.who.validate_choice = not sent_before()  # who has taken the seat is no choice any more
    return _answered(
        found,
        form,
        "substitute",
        lambda **by: services.substitute(public_id, version=form.version_number, **form.chosen(), **by),
        done=_("Somebody else was named. The seat is offered anew: confirm it for them."),
    )


def _to_answer(public_id: uuid.UUID, action: OfferAction = OfferAction.ANSWER) -> Offered:
    """The offer on whose page an answer is given, when the actor may give it."""
    found = queries.get_offer(public_id, current_actor())
    allow(RULES, action, queries.facts_of(found))
    return found


EVENTS = {
    "confirm": "participation.seat_confirmed",
    "decline": "participation.seat_declined",
    "substitute": "participation.seat_substituted",
}


def _answered(found: Offered, form: KeyedForm, answer: str, carry_out: Any, *, done: str) -> Any:
    """Show the page of an answer, or give it and lead to the request."""
    return confirmed(
        form,
        carry_out,
        page=lambda: render_template(
            f"participation/offers/{answer}.html",
            one=found,
            found=found.request,
            title=title_of(found.request),
            form=form,
            told=audience_in_words(EVENTS[answer], found.request, current_actor()),
        ),
        done=done,
        lead=lambda request_id: url_for("assistance.show", public_id=request_id),
    )


def _offer_page(found: Offered) -> str:
    session = db.session.get(Session, found.request.session_id) if found.request.session_id else None
    holidays = reference.holiday_dates()
    outcome = found.offered.outcome
    facts, actor = queries.facts_of(found), current_actor()
    money = with_money([found])[found.seat.id]
    refusal = can(RULES, OfferAction.ANSWER, actor, facts)
    may_substitute = can(RULES, OfferAction.SUBSTITUTE, actor, facts) is None
    may_give_up = can(ENDING_RULES, EndAction.GIVE_UP, actor, facts_of(money)) is None
    return render_template(
        "participation/offers/offer.html",
        one=found,
        found=found.request,
        title=title_of(found.request),
        session=session,
        lines=queries.lines_of(found.seat.id),
        left=found.days_left(holidays),
        closed=CLOSED_WORDS[Outcome(outcome)] if outcome else None,
        refusal=refusal,
        may_anything=refusal is None or may_substitute or may_give_up,
        why=why_in_words(money),
        may_decline=can(RULES, OfferAction.DECLINE, actor, facts) is None,
        may_give_up=may_give_up,
        may_substitute=may_substitute,
    )
