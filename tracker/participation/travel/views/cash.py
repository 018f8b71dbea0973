"""Paid on arrival: the pay list of a day, who signed for the cash, and the payments that finance records from it."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.calendar.now import today
from tracker.participation.advances.lifecycle import Allowance
from tracker.participation.advances.queries import allowances_of
from tracker.participation.blueprint import bp
from tracker.participation.travel import papers, queries, services
from tracker.participation.travel.forms import BookForm, HandedForm, PayListForm, UndoForm
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.views.papers import make_pdf, notice, ticked_seats
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.reference import queries as reference
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import carried_out, confirmed


@bp.route("/sessions/<code>/travel/pay-list", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def make_pay_list(code: str) -> Any:
    """The list of a day as a PDF: who gets how much in cash, with a place to sign."""
    session, form = reference.get_session(code), PayListForm(day=today())
    if form.validate_on_submit():
        day: Any = form.day.data
        rows = services.listed_for(code, day, current_actor())

        def carry_out(key: str, actor: Any) -> None:
            services.record_pay_list_made(code, day, actor=actor, key=form.key_of_answers)

        if carried_out(form, carry_out):
            document = papers.pay_list(rows, session, day, _allowances(rows), notice=notice())
            return make_pdf(document, f"pay-list-{session.code}-{day.isoformat()}.pdf")
    rows = services.listed_for(code, None, current_actor())
    page = render_template(
        "participation/travel/pay_list.html",
        session=session,
        form=form,
        rows=rows,
        allowances=_allowances(rows),
    )
    return page, 422 if form.is_submitted() else 200


def _allowances(rows: list[Travelling]) -> dict[int, Allowance]:
    return allowances_of([one.seat.id for one in rows], {one.seat.id: one.money for one in rows})


@bp.route("/sessions/<code>/travel/handed-over", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def record_handed_over(code: str) -> Any:
    """Tick off who signed for the cash, and file the signed list."""
    session, form = reference.get_session(code), HandedForm(day=today())
    ticked = ticked_seats()
    return confirmed(
        form,
        lambda **by: services.record_handed_over(
            code, ticked, day=form.day.data, file=form.file.data, seen=form.seen(), **by
        ),
        page=lambda: render_template(
            "participation/travel/handed_over.html",
            session=session,
            form=form,
            rows=services.listed_for(code, None, current_actor()),
            ticked=ticked,
            line_labels=LINE_LABELS,
        ),
        done=_("Ticked off. A finance officer records the payments."),
        lead=lambda _number: url_for(".travel_desk", code=code),
    )


@bp.route("/seats/<uuid:public_id>/travel/handed-over", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def undo_handed_over(public_id: uuid.UUID) -> Any:
    """Take back the tick of somebody who did not sign."""
    found, session = queries.get(public_id, current_actor())
    allow(RULES, TravelAction.UNDO, queries.facts_of(found))
    form = UndoForm(version=str(found.version))
    return confirmed(
        form,
        lambda **by: services.undo_handed_over(
            public_id, version=form.version_number, reason=form.reason.data or "", **by
        ),
        page=lambda: render_template(
            "participation/travel/undo.html",
            one=found,
            session=session,
            form=form,
            line_labels=LINE_LABELS,
            told=audience_in_words("participation.hand_over_undone", found.request, current_actor()),
        ),
        done=_("Taken back. This person stands on the pay list again."),
        lead=lambda seat_id: url_for(".journey", public_id=seat_id),
    )


@bp.route("/sessions/<code>/travel/payments", methods=["GET", "POST"])
@access("finance_officer")
def book_cash(code: str) -> Any:
    """Record what was paid out on arrival, one payment for each name and line, in one act."""
    session, form = reference.get_session(code), BookForm()
    ticked = ticked_seats()
    return confirmed(
        form,
        lambda **by: services.book_cash(code, ticked, external_reference=form.external_reference.data or "", **by),
        page=lambda: render_template(
            "participation/travel/book.html",
            session=session,
            form=form,
            rows=queries.paid_on_arrival(session, current_actor(), handed=True),
            ticked=ticked,
            line_labels=LINE_LABELS,
        ),
        done=_("The payments are recorded."),
        lead=lambda _number: url_for(".travel_desk", code=code),
    )
