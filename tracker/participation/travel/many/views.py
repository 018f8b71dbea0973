"""The pages that record one thing for the journeys that were ticked on the desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.documents import as_pdf
from tracker.errors import Conflict, Invalid
from tracker.files.sending import send_zip
from tracker.languages.choosing import current_language, in_language
from tracker.languages.formatting import format_amount
from tracker.money import FUND_CURRENCY
from tracker.participation.blueprint import bp
from tracker.participation.seats.models import Seat
from tracker.participation.travel import papers, queries
from tracker.participation.travel.many import services
from tracker.participation.travel.many.forms import (
    AsPlannedForm,
    InvitationsForm,
    ManyForm,
    QuotationsForm,
    TicketsForm,
)
from tracker.participation.travel.many.services import MOST_AT_ONCE
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.views.papers import notice, ticked_seats
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.rights.rules import can
from tracker.web.access import access, current_actor
from tracker.web.confirmation import carried_out, confirmed

AT_FORM = (Invalid, Conflict)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The journeys that were ticked: those of which it can be recorded, and those left out, each with the reason."""

    session: Session
    rows: list[Travelling]
    left: list[tuple[Travelling, Any]]

    @property
    def by_seat(self) -> dict[str, Travelling]:
        """Each by its seat's public id, as the rows of the form name it."""
        return {str(one.seat.public_id): one for one in (*self.rows, *(one for one, _why in self.left))}


def _chosen(code: str, action: TravelAction) -> Chosen:
    session, actor = reference.get_session(code), current_actor()
    ticked = ticked_seats()
    if request.method == "POST":
        sent = (request.form.get(f"seats-{place}-seat", "") for place in range(MOST_AT_ONCE))
        ticked = ticked_seats(sent)
    found = queries.of_session(session, actor, Seat.public_id.in_(ticked)) if ticked else []
    refusals = [(one, can(RULES, action, actor, queries.facts_of(one))) for one in found]
    rows = [one for one, refusal in refusals if refusal is None]
    left = [(one, refusal.message) for one, refusal in refusals if refusal is not None]
    left += [(one, _("Choose %(most)d people at most at once.", most=MOST_AT_ONCE)) for one in rows[MOST_AT_ONCE:]]
    return Chosen(session, rows[:MOST_AT_ONCE], left)


def _first(one: Travelling, **said: Any) -> dict[str, Any]:
    return {"seat": str(one.seat.public_id), "seen": str(one.version), "take": True, **said}


def _money(minor: int | None) -> str:
    return format_amount(minor, FUND_CURRENCY) if minor else ""


def _page(chosen: Chosen, form: ManyForm, title: str, submit: str, will: Sequence[str]) -> str:
    return render_template(
        "participation/travel/many.html",
        session=chosen.session,
        form=form,
        title=title,
        submit=submit,
        will=[(words, True) for words in will],
        journeys=chosen.by_seat,
        left=chosen.left,
        most=MOST_AT_ONCE,
    )


def _recorded(chosen: Chosen, form: ManyForm, carry_out: Callable[..., Any], *, title: str, will: Sequence[str]) -> Any:
    return confirmed(
        form,
        carry_out,
        page=lambda: _page(chosen, form, title, _("Record"), [*will, _("All ticked journeys are recorded, or none.")]),
        done=_("Recorded."),
        lead=lambda _number: url_for(".travel_desk", code=chosen.session.code),
        at_form=AT_FORM,
    )


@bp.route("/sessions/<code>/travel/many/quotations", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def record_quotations(code: str) -> Any:
    """What the tickets of several people would cost, each row begun with what was estimated."""
    chosen = _chosen(code, TravelAction.PREPARE)
    form = QuotationsForm(data={"seats": [_first(one, fare=_money(_fare(one))) for one in chosen.rows]})
    return _recorded(
        chosen,
        form,
        lambda **by: services.record_quotations(code, list(zip(form.rows(), form.said(), strict=True)), **by),
        title=_("Record quotations"),
        will=[_("An earlier quotation of these journeys is replaced.")],
    )


def _fare(one: Travelling) -> int | None:
    """What was quoted before, else what was estimated, as far as the fund pays the ticket."""
    quoted = one.record.quoted_minor if one.record else None
    return quoted or one.money.approved("fare") or None


@bp.route("/sessions/<code>/travel/many/tickets", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def record_tickets(code: str) -> Any:
    """The tickets of several people, each row begun with the planned days and the quotation."""
    chosen = _chosen(code, TravelAction.TICKET)
    begun = [_first(one, **_ticket(one, chosen.session)) for one in chosen.rows]
    form = TicketsForm(data={"issued_on": today(), "seats": begun})
    return _recorded(
        chosen,
        form,
        lambda **by: services.record_tickets(code, list(zip(form.rows(), form.said(), strict=True)), **by),
        title=_("Record tickets"),
        will=[_("Each State is told that the ticket was issued.")],
    )


def _ticket(one: Travelling, session: Session) -> dict[str, Any]:
    quoted = one.record.quoted_minor if one.record else None
    days = {"out_on": one.person.arrives_on, "back_on": one.person.leaves_on}
    return {"route": papers.itinerary(one, session), "fare": _money(quoted), **days}


@bp.route("/sessions/<code>/travel/many/days", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def record_as_planned(code: str) -> Any:
    """That several people travelled on the planned days."""
    chosen = _chosen(code, TravelAction.TRAVEL)
    form = AsPlannedForm(data={"seats": [_first(one) for one in chosen.rows]})
    return _recorded(
        chosen,
        form,
        lambda **by: services.record_as_planned(code, form.rows(), shown_by=form.shown_by.data or "", **by),
        title=_("Record that they travelled as planned"),
        will=[_("The days are those of the nomination, and nothing was provided on them.")],
    )


@bp.route("/sessions/<code>/travel/many/invitations", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def make_invitations(code: str) -> Any:
    """Letters of invitation for several people: a PDF for each, in one ZIP."""
    chosen = _chosen(code, TravelAction.PREPARE)
    form = InvitationsForm(data={"seats": [_first(one) for one in chosen.rows]})

    def carry_out(key: str, actor: Any) -> None:
        services.record_invitations_made(code, form.rows(), actor=actor, key=form.key_of_answers)

    if form.validate_on_submit() and carried_out(form, carry_out, at_form=AT_FORM):
        with in_language(form.language.data):
            rows = _chosen(code, TravelAction.PREPARE).by_seat
            letters = {_name(rows[str(row.seat)]): _letter(rows[str(row.seat)], chosen.session) for row in form.rows()}
            return send_zip(letters, f"invitations-{chosen.session.code}.zip")
    will = [_("A letter for each ticked person, as PDF, in one ZIP file.")]
    page = _page(chosen, form, _("Make letters of invitation"), _("Make the letters"), will)
    return page, 422 if form.is_submitted() else 200


def _name(one: Travelling) -> str:
    return f"invitation-{one.request.reference}-{one.seat.number}.pdf"


def _letter(one: Travelling, session: Session) -> bytes:
    return as_pdf(papers.invitation(one, session, notice=notice()), current_language())
