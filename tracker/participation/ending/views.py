"""Pages that end a seat without a journey: one seat or those of a cancelled session; a State ends its own."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance.page.loading import title_of
from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.extensions import db
from tracker.notifications.queries import told_of_each
from tracker.participation.blueprint import bp
from tracker.participation.ending import queries, services
from tracker.participation.ending.forms import BearerForm, CauseForm, GiveUpForm, ManagersCauseForm, ReasonForm
from tracker.participation.ending.policies import RULES, EndAction, SessionFacts
from tracker.participation.ending.presenting import CAUSE_HINTS, CAUSE_LABELS
from tracker.participation.ending.queries import Paid
from tracker.participation.seats.lifecycle import Bearer
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.route("/seats/<uuid:public_id>/end", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def end_seat(public_id: uuid.UUID) -> Any:
    """End one seat before its journey: why, and who bears what was paid."""
    found = queries.get_seat(public_id, current_actor())
    form = _cause_form(found)
    return confirmed(
        form,
        lambda **by: services.end_seat(public_id, version=form.version_number, why=form.why(), **by),
        allow=lambda: allow(RULES, EndAction.END, queries.facts_of(found)),
        page=lambda: _page("end", found, form, "participation.seats_ended"),
        done=_("The seat is ended; what was not paid is with the pledges again."),
        lead=_to_the_offers,
    )


@bp.route("/seats/<uuid:public_id>/missed", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def miss_journey(public_id: uuid.UUID) -> Any:
    """Note that somebody who had a ticket did not travel."""
    found = queries.get_seat(public_id, current_actor())
    form = _cause_form(found)
    return confirmed(
        form,
        lambda **by: services.miss_journey(public_id, version=form.version_number, why=form.why(), **by),
        allow=lambda: allow(RULES, EndAction.MISS, queries.facts_of(found)),
        page=lambda: _page("missed", found, form, "participation.journey_missed"),
        done=_("It is noted that the journey was not made."),
        lead=_to_the_offers,
    )


@bp.route("/seats/<uuid:public_id>/who-bears", methods=["GET", "POST"])
@access("programme_manager")
def say_who_bears(public_id: uuid.UUID) -> Any:
    """Say who bears what was paid for a seat whose cause leaves it open."""
    found = queries.get_seat(public_id, current_actor())
    form = BearerForm(version=str(found.one.seat.version))
    return confirmed(
        form,
        lambda **by: services.say_who_bears(
            public_id,
            version=form.version_number,
            borne_by=Bearer(form.borne_by.data),
            why=form.reason.data or "",
            **by,
        ),
        allow=lambda: allow(RULES, EndAction.SAY_WHO_BEARS, queries.facts_of(found)),
        page=lambda: _page("bearer", found, form, "participation.cost_borne"),
        done=_("It is noted who bears the cost."),
        lead=_to_the_offers,
    )


@bp.route("/sessions/<code>/offers/end", methods=["GET", "POST"])
@access("programme_manager")
def end_session_seats(code: str) -> Any:
    """End every seat of a cancelled session, with one reason."""
    session, form = reference.get_session(code), ReasonForm()
    facts = SessionFacts(is_cancelled=session.status == "cancelled")
    return confirmed(
        form,
        lambda **by: services.end_session_seats(code, reason=form.reason.data, **by),
        allow=lambda: allow(RULES, EndAction.END_ALL, facts),
        page=lambda: render_template(
            "participation/ending/session.html",
            session=session,
            form=form,
            rows=queries.before_travel(session.id, current_actor()),
            told=told_of_each("participation.seats_ended"),
        ),
        done=_("The seats are ended; what was not paid is with the pledges again."),
        lead=lambda _number: _to_the_offers(code),
    )


@bp.route("/offers/<uuid:public_id>/give-up", methods=["GET", "POST"])
@access("authorising_officer")
def give_up_seat(public_id: uuid.UUID) -> Any:
    """Give up a seat that the State had confirmed."""
    found = queries.seat_of_offer(public_id, current_actor())
    form = GiveUpForm(version=str(found.one.seat.version))
    return confirmed(
        form,
        lambda **by: services.give_up_seat(public_id, version=form.version_number, why=form.why(), **by),
        allow=lambda: allow(RULES, EndAction.GIVE_UP, queries.facts_of(found)),
        page=lambda: render_template(
            "participation/ending/give_up.html",
            one=found.one,
            sums=found.sums,
            found=found.one.request,
            title=title_of(found.one.request),
            form=form,
            hints=CAUSE_HINTS,
            told=_told("participation.seat_given_up", found),
        ),
        done=_("The seat is given up. UNODC is told."),
        lead=lambda request_id: url_for("assistance.show", public_id=request_id),
    )


def _cause_form(found: Paid) -> CauseForm:
    form = ManagersCauseForm if current_actor().has("programme_manager") else CauseForm
    return form(version=str(found.one.seat.version))


def _page(what: str, found: Paid, form: Any, event: str) -> str:
    return render_template(
        f"participation/ending/{what}.html",
        one=found.one,
        sums=found.sums,
        session=db.session.get_one(Session, found.one.request.session_id),
        form=form,
        hints=CAUSE_HINTS,
        causes=CAUSE_LABELS,
        told=_told(event, found),
    )


def _told(event: str, found: Paid) -> list[tuple[str, str]]:
    """Who would be told; finance officers where something was paid."""
    return audience_in_words(event, found.one.request, current_actor(), paid_minor=found.sums.paid_minor)


def _to_the_offers(code: Any) -> str:
    return url_for("participation.offers", code=code)
