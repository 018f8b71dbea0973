"""The office's pages: every seat of a session with its offer, offers sent, silent seats taken back."""

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.events import on_record
from tracker.notifications.queries import told_of_each
from tracker.participation.blueprint import bp
from tracker.participation.ending.policies import RULES as ENDING_RULES
from tracker.participation.ending.policies import EndAction, SessionFacts
from tracker.participation.ending.presenting import acts_on, why_in_words
from tracker.participation.ending.queries import with_money
from tracker.participation.offers import queries, services
from tracker.participation.offers.forms import SendForm, TakeBackForm
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.offers.policies import RULES, OfferAction
from tracker.participation.offers.services.ending import silent
from tracker.participation.offers.services.sending import MOST_AT_ONCE, why_not
from tracker.participation.seats.models import Seat
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import REQUEST_READERS, TRAVEL_OFFICERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.get("/sessions/<code>/offers")
@access(*REQUEST_READERS)
def offers(code: str) -> Any:
    """The seats of a session by State: not offered yet, waiting, silent, answered, ended."""
    actor = current_actor()
    session = on_record(lambda: reference.get_session(code), actor=actor)
    limits = queries.limits_of(session)
    rows = [
        (one, limits.until(one) if one.waits_to_be_offered else None) for one in queries.of_session(session.id, actor)
    ]
    money = with_money([one for one, _until in rows])
    return render_template(
        "participation/offers/offers.html",
        session=session,
        rows=rows,
        why={seat_id: why_in_words(paid) for seat_id, paid in money.items()},
        acts={seat_id: acts_on(paid, actor) for seat_id, paid in money.items()},
        may_end_all=_may_end_all(session),
        holidays=limits.holidays,
        labels=SEAT_LABELS,
        numbers=_numbers([one for one, _until in rows]),
        may_send=can(RULES, OfferAction.SEND, actor, None) is None,
        may_take_back=can(RULES, OfferAction.TAKE_BACK, actor, None) is None,
    )


def _may_end_all(session: Session) -> bool:
    facts = SessionFacts(is_cancelled=session.status == "cancelled")
    return can(ENDING_RULES, EndAction.END_ALL, current_actor(), facts) is None


def _numbers(rows: list[queries.Offered]) -> list[tuple[str, int]]:
    """How many seats wait to be offered, wait for an answer, and are silent; in the order of the page."""
    return [
        (_("not offered yet"), sum(one.waits_to_be_offered for one in rows)),
        (_("waiting for an answer"), sum(one.is_open and not one.is_silent for one in rows)),
        (_("without an answer past their day"), sum(one.is_silent for one in rows)),
        (_("given back"), sum(one.seat.ended_at is not None for one in rows)),
    ]


@bp.route("/sessions/<code>/offers/send", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def send_offers(code: str) -> Any:
    """Look once more at the ticked seats and the day of each, give less time if need be, and send the offers."""
    session, actor = reference.get_session(code), current_actor()
    ticked = _uuids(request.values.getlist("s"))
    found = queries.of_session(session.id, actor, Seat.public_id.in_(ticked)) if ticked else []
    limits = queries.limits_of(session)
    rows = [(one, limits.until(one)) for one in found]
    form = SendForm()
    return confirmed(
        form,
        lambda **by: services.send_offers(code, ticked, shortened_to=form.until.data, **by),
        page=lambda: render_template(
            "participation/offers/send.html",
            session=session,
            form=form,
            rows=rows,
            ticked=ticked,
            reasons=[why for one, until in rows if (why := why_not(one, until))],
            told=told_of_each("participation.seats_offered"),
        ),
        done=_("The offers were sent."),
        lead=lambda _number: url_for(".offers", code=code),
    )


@bp.route("/sessions/<code>/offers/take-back", methods=["GET", "POST"])
@access("programme_manager")
def take_back_offers(code: str) -> Any:
    """Take back every seat that nobody answered in time: those that the page has shown."""
    session, form = reference.get_session(code), TakeBackForm()
    seen = _uuids(request.form.getlist("s")) if request.method == "POST" else None
    rows = silent(session.id, current_actor(), seen)
    return confirmed(
        form,
        lambda **by: services.take_back(code, seen or (), reason=form.reason.data, **by),
        allow=lambda: allow(RULES, OfferAction.TAKE_BACK, None),
        page=lambda: render_template(
            "participation/offers/take_back.html",
            session=session,
            form=form,
            rows=rows,
            told=told_of_each("participation.seats_taken_back"),
        ),
        done=_("The seats were taken back; their money is with the pledges again."),
        lead=lambda _number: url_for(".offers", code=code),
    )


def _uuids(texts: list[str]) -> list[uuid.UUID]:
    """The ids among what an address holds, each once."""
    found = []
    for text in texts[:MOST_AT_ONCE]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
