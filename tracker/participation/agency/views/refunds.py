"""The refunds that are expected from the agency, as a page and a file, and saying that one does not come."""

import uuid
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.documents.spreadsheets import as_csv
from tracker.errors import Conflict, Invalid
from tracker.files import sending
from tracker.participation.agency import refunds, services
from tracker.participation.agency.forms import GiveUpForm
from tracker.participation.agency.policies import RECONCILERS, RULES, AgencyAction, RefundFacts
from tracker.participation.agency.presenting import refunds_table
from tracker.participation.agency.refunds import Refund
from tracker.participation.blueprint import bp
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import TRAVEL_READERS
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


def _asked_for() -> tuple[Session | None, list[Refund]]:
    """The session of the address (?session=), and what is expected for it or for all."""
    code = request.args.get("session", "").strip()
    session = reference.get_session(code) if code else None
    actor = current_actor()
    return session, refunds.of_session(session, actor) if session is not None else refunds.expected(actor)


@bp.get("/travel/refunds")
@access(*TRAVEL_READERS)
def agency_refunds() -> Any:
    """Every refund that is expected, the oldest first; with ?session= those of one session."""
    session, rows = _asked_for()
    return render_template(
        "participation/agency/refunds.html",
        session=session,
        rows=rows,
        total=sum(one.amount_minor for one in rows),
        labels=SEAT_LABELS,
        may=current_actor().has(*RECONCILERS),
    )


@bp.get("/travel/refunds.csv")
@access(*TRAVEL_READERS)
def agency_refunds_csv() -> Response:
    """The same as a file."""
    session, rows = _asked_for()
    name = f"refunds-{session.code}.csv" if session is not None else "refunds.csv"
    return sending.send_csv_text(as_csv(refunds_table(rows)), name)


@bp.route("/seats/<uuid:public_id>/refund", methods=["GET", "POST"])
@access(*RECONCILERS)
def give_up_refund(public_id: uuid.UUID) -> Any:
    """Say that a refund does not come."""
    found = refunds.of_seat(public_id, current_actor())
    form = GiveUpForm(version=str(found.seat.version), amount=str(found.amount_minor))
    return confirmed(
        form,
        lambda **by: services.give_up_refund(
            public_id,
            version=form.version_number,
            amount_minor=form.seen_minor,
            reason=form.reason.data or "",
            **by,
        ),
        allow=lambda: allow(RULES, AgencyAction.GIVE_UP, RefundFacts(found.amount_minor > 0, found.is_settled)),
        page=lambda: render_template(
            "participation/agency/give_up.html",
            form=form,
            one=found,
            told=audience_in_words("participation.refund_given_up", found.request, current_actor()),
        ),
        done=_("Noted. This refund is not awaited any more."),
        lead=lambda _seat_id: url_for(".agency_refunds"),
        at_form=(Invalid, Conflict),
    )
