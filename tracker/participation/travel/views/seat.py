"""One journey: what is recorded of it, and a page for each thing that is."""

import uuid
from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance.models import AssistanceRequest
from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.calendar.now import today
from tracker.costs.lines import LineKind
from tracker.costs.rule_sets import PROVIDED
from tracker.costs.sentences import PROVIDED as PROVIDED_LABELS
from tracker.events import opened
from tracker.languages.formatting import format_amount, format_money
from tracker.money import FUND_CURRENCY
from tracker.notifications.queries import unsent_link
from tracker.participation.advances.lifecycle import Allowance
from tracker.participation.advances.presenting import parts_in_words
from tracker.participation.advances.queries import allowances_of
from tracker.participation.blueprint import bp
from tracker.participation.claims.lifecycle import CLAIM_LABELS
from tracker.participation.claims.queries import sent_of
from tracker.participation.conditions.policies import RULES as CONDITIONS
from tracker.participation.conditions.policies import ConditionsAction
from tracker.participation.conditions.queries import accepted_by
from tracker.participation.conditions.queries import facts_of as answer_facts
from tracker.participation.delegate_messages.queries import waiting_since
from tracker.participation.delegate_page.lifecycle import LinkKind
from tracker.participation.delegate_page.queries import Standing, standings_of
from tracker.participation.deviations.presenting import deviation_in_words
from tracker.participation.helping.queries import helper_by
from tracker.participation.helping.services import may_at_the_desk
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.papers import contents
from tracker.participation.reminding.offering import reminding_of
from tracker.participation.reminding.queries import Reached, last_reminder
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel import cash, queries, services, signed_papers
from tracker.participation.travel.by_day import as_ticks
from tracker.participation.travel.forms import (
    CASH,
    TRANSFER,
    PapersForm,
    PayeeForm,
    QuotationForm,
    TicketForm,
    TravelledForm,
)
from tracker.participation.travel.lifecycle import LACK_LABELS, SHOWN_LABELS, Lack, Shown
from tracker.participation.travel.policies import RULES, TravelAction, looks_after
from tracker.participation.travel.queries import Travelling
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.reference.models import Session
from tracker.rights.actor import TRAVEL_OFFICERS, TRAVEL_READERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm


@bp.get("/seats/<uuid:public_id>/travel")
@access(*TRAVEL_READERS)
def journey(public_id: uuid.UUID) -> Any:
    """What is recorded of one journey, its money line by line, and what is missing."""
    found, session = queries.get(public_id, current_actor())
    if opened(found.request, actor=current_actor()):
        found, session = queries.get(public_id, current_actor())
    facts = queries.facts_of(found)
    most = {found.seat.id: found.allowance_most_minor}
    allowance = allowances_of([found.seat.id], {found.seat.id: found.money}, most).get(found.seat.id)
    may = {action for action in TravelAction if can(RULES, action, current_actor(), facts) is None}
    links = standings_of(found.seat.id) if found.described else {}
    link = links.get(LinkKind.OWN)
    undelivered = unsent_link(link.id) if link else ""
    reached = Reached(link.link if link and link.opens else None, bool(undelivered), last_reminder(found.seat.id))
    return render_template(
        "participation/travel/seat.html",
        one=found,
        session=session,
        may=may,
        lacks=LACK_LABELS,
        labels=SEAT_LABELS,
        line_labels=LINE_LABELS,
        shown_labels=SHOWN_LABELS,
        provided_labels=PROVIDED_LABELS,
        provided=[
            (date.fromisoformat(day), names) for day, names in (found.record.provided if found.record else {}).items()
        ],
        **_papers(found),
        top_up=_top_up(found),
        **_conditions(found),
        link=link,
        undelivered=undelivered if TravelAction.RENEW_LINK in may else "",
        reminding=reminding_of(found, session, current_actor(), reached) if found.described else None,
        writes=found.described and looks_after(current_actor(), facts) is None,
        waits=waiting_since([found.seat.id]).get(found.seat.id),
        **_helper(found, links.get(LinkKind.HELPER)),
        allowance=parts_in_words(allowance) if allowance else [],
        deviation=deviation_in_words(found.deviation) if found.deviation and found.described else [],
        pay_now=_pay_now(found, allowance) if allowance else None,
        today=today(),
        claim=sent_of(found.seat.id, found.seat.delegate_id) if found.described else None,
        claim_labels=CLAIM_LABELS,
    )


def _helper(found: Travelling, link: Standing | None) -> dict[str, Any]:
    """Who helps the person, how their link stands, and what the reader may do about it."""
    helper = helper_by(link.link) if link else None
    return {
        "helper": helper,
        "helper_link": link,
        "helping": may_at_the_desk(found, current_actor(), helper) if found.described else set(),
    }


def _conditions(found: Travelling) -> dict[str, Any]:
    """What the person accepted, and whether the reader may enter it from paper."""
    read = found.described and not found.lacks(Lack.CONDITIONS)
    accepted = accepted_by(found.person.id) if read else None
    facts = answer_facts(found, contents.officer("", None), accepted=accepted is not None)
    may_enter = can(CONDITIONS, ConditionsAction.ENTER, current_actor(), facts) is None
    return {"conditions": accepted, "may_enter_conditions": may_enter}


def _pay_now(found: Travelling, allowance: Allowance) -> tuple[uuid.UUID | None, int] | None:
    """The allocation and the line out of which the next part of the allowance is paid; None where nothing is."""
    for line in found.money.lines:
        now = allowance.of_line(line.money.id) if line.money.kind == LineKind.ALLOWANCE and line.allocation else None
        if now is not None and now.amount_minor:
            return line.allocation, line.money.id
    return None


def _papers(found: Travelling) -> dict[str, Any]:
    """What was signed for the journey, with whether the reader may open it: a paper can be about several requests."""
    record, actor = found.record, current_actor()
    if record is None or not found.described:
        return {"authorisation_opens": False, "pay_lists": [], "undone": []}
    signed = record.authorisation_file_id
    lists = signed_papers.pay_lists_of(record.id)[:1]
    return {
        "authorisation_opens": signed is not None and signed_papers.may_open(signed, actor),
        "pay_lists": [(one, signed_papers.may_open(one.pay_list_file_id, actor)) for one in lists],
        "undone": cash.undone_of(record.id),
    }


def _top_up(found: Travelling) -> str:
    """Where a top-up of the ticket is proposed; empty where the fund pays none or the reader proposes none."""
    allocation = found.money.ticket_paid_from
    may = current_actor().has("travel_officer", "programme_manager")
    return url_for("acts.top_up", public_id=allocation, line=LineKind.FARE.value) if allocation and may else ""


@bp.route("/seats/<uuid:public_id>/travel/papers", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def record_papers(public_id: uuid.UUID) -> Any:
    """How far papers and visa are."""
    found, session = _to_record(public_id, TravelAction.PREPARE)
    names = ("papers_on", "visa_asked_on", "visa_on")
    kept = {name: getattr(found.record, name) for name in names} if found.record else {}
    form = PapersForm(version=str(found.version), **kept)
    return _recorded(
        (found, session),
        form,
        _("Papers and visa"),
        lambda **by: services.record_papers(public_id, version=form.version_number, papers=form.papers(), **by),
        event="participation.papers_recorded",
    )


@bp.route("/seats/<uuid:public_id>/travel/quotation", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def record_quotation(public_id: uuid.UUID) -> Any:
    """What a ticket would cost, until when."""
    found, session = _to_record(public_id, TravelAction.PREPARE)
    form = QuotationForm(version=str(found.version))
    return _recorded(
        (found, session),
        form,
        _("Quotation"),
        lambda **by: services.record_quotation(
            public_id, version=form.version_number, quotation=form.quotation(), **by
        ),
        event="participation.quotation_recorded",
    )


@bp.route("/seats/<uuid:public_id>/travel/ticket", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def record_ticket(public_id: uuid.UUID) -> Any:
    """The ticket that was bought, within what is approved."""
    found, session = _to_record(public_id, TravelAction.TICKET)
    form = TicketForm(version=str(found.version), **_ticket_of(found))
    return _recorded(
        (found, session),
        form,
        _("Ticket"),
        lambda **by: services.record_ticket(public_id, version=form.version_number, ticket=form.ticket(), **by),
        event=f"participation.ticket_{'recorded' if found.status is SeatStatus.CONFIRMED else 'corrected'}",
        top_up=_top_up(found),
        most=format_money(found.money.ticket_most_minor, FUND_CURRENCY),
    )


def _ticket_of(found: Travelling) -> dict[str, Any]:
    record = found.record
    if record is None:
        return {}
    names = ("number", "agency", "issued_on", "route", "out_on", "back_on")
    kept = {name: getattr(record, f"ticket_{name}") for name in names}
    if record.ticket_number is None:
        kept |= {"agency": record.quoted_from, "out_on": None, "back_on": None}
    fare = record.ticket_minor or record.quoted_minor
    return {**kept, "fare": format_amount(fare, FUND_CURRENCY) if fare else ""}


@bp.route("/seats/<uuid:public_id>/travel/payee", methods=["GET", "POST"])
@access("finance_officer")
def record_payee(public_id: uuid.UUID) -> Any:
    """How this person is paid."""
    found, session = _to_record(public_id, TravelAction.PAYEE)
    record = found.record
    kept = {"number": record.payee_number, "advance": record.advance} if record else {}
    if record is not None and record.payee_known:
        kept["how"] = CASH if record.on_arrival else TRANSFER
    form = PayeeForm(version=str(found.version), **kept)
    return _recorded(
        (found, session),
        form,
        _("How this person is paid"),
        lambda **by: services.record_payee(public_id, version=form.version_number, payee=form.payee(), **by),
        event="participation.payee_recorded",
    )


@bp.route("/seats/<uuid:public_id>/travel/days", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def record_travelled(public_id: uuid.UUID) -> Any:
    """That this person travelled, and the days really spent."""
    found, session = _to_record(public_id, TravelAction.TRAVEL)
    first, last = _days_of(found, session)
    kept: dict[str, Any] = {"first_day": first, "last_day": last}
    if found.record is not None and found.record.shown_by is not None:
        kept |= {"shown_by": found.record.shown_by, "provided": as_ticks(found.record.provided)}
    elif claim := sent_of(found.seat.id, found.seat.delegate_id):
        days = {"first_day": claim.row.first_day or first, "last_day": claim.row.last_day or last}
        kept |= {"shown_by": Shown.BOARDED.value, "provided": as_ticks(claim.row.provided), **days}
    form = TravelledForm(version=str(found.version), **kept)
    return _recorded(
        (found, session),
        form,
        _("Days really spent"),
        lambda **by: services.record_travelled(public_id, version=form.version_number, spent=form.spent(), **by),
        event=f"participation.travel_{'recorded' if found.status is SeatStatus.TICKETED else 'corrected'}",
        what=[(name, _(PROVIDED_LABELS[name])) for name in PROVIDED],
    )


def _days_of(found: Travelling, session: Session) -> tuple[date | None, date | None]:
    """The days that are recorded, else those for which the person was nominated, else the session's."""
    if found.record is not None and found.record.first_day is not None:
        return found.record.first_day, found.record.last_day
    return found.person.arrives_on or session.starts_on, found.person.leaves_on or session.ends_on


def _to_record(public_id: uuid.UUID, action: TravelAction) -> tuple[Travelling, Session]:
    """The journey of which the actor may record this now."""
    found, session = queries.get(public_id, current_actor())
    allow(RULES, action, queries.facts_of(found))
    return found, session


def _recorded(
    at: tuple[Travelling, Session], form: KeyedForm, title: str, carry_out: Any, *, event: str, **more: Any
) -> Any:
    """Show the page of one thing that is recorded, or record it and lead to the journey."""
    found, session = at
    about: AssistanceRequest = found.request
    return confirmed(
        form,
        carry_out,
        page=lambda: render_template(
            "participation/travel/record.html",
            one=found,
            session=session,
            form=form,
            title=title,
            told=audience_in_words(event, about, current_actor()),
            **more,
        ),
        done=_("Recorded."),
        lead=lambda seat_id: url_for(".journey", public_id=seat_id),
    )
