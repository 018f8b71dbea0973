"""Papers of journeys: made as PDF, signed on paper, filed."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.assistance.models import AssistanceRequest
from tracker.documents import Document, as_pdf
from tracker.errors import NotFound
from tracker.events import opened
from tracker.files.sending import send, send_made
from tracker.languages.choosing import current_language, in_language
from tracker.participation.blueprint import bp
from tracker.participation.seats.models import Seat
from tracker.participation.travel import papers, queries, services, signed_papers
from tracker.participation.travel.forms import FiledForm, InvitationForm, PaperForm
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services.papers import MOST_AT_ONCE
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import TRAVEL_OFFICERS, TRAVEL_READERS, Actor
from tracker.web.access import access, allow, current_actor
from tracker.web.application import settings
from tracker.web.confirmation import carried_out, confirmed


@bp.route("/sessions/<code>/travel/authorisation", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def make_authorisation(code: str) -> Any:
    """The authorisation of the ticked journeys as a PDF, for the manager to sign."""
    session, actor = reference.get_session(code), current_actor()
    ticked = ticked_seats()
    rows = _to_authorise(session, ticked, actor)
    form = PaperForm()
    if form.validate_on_submit() and carried_out(
        form,
        lambda key, actor: services.record_authorisation_made(code, ticked, actor=actor, key=form.key_of_answers),
    ):
        document = papers.authorisation(rows, session, notice=notice())
        return make_pdf(document, f"travel-authorisation-{session.code}.pdf")
    page = render_template(
        "participation/travel/authorisation.html", session=session, form=form, rows=rows, ticked=ticked, filing=False
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/sessions/<code>/travel/authorised", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def file_authorisation(code: str) -> Any:
    """The signed authorisation of the ticked journeys is filed."""
    session, actor = reference.get_session(code), current_actor()
    ticked = ticked_seats()
    rows = _to_authorise(session, ticked, actor)
    form = FiledForm()
    return confirmed(
        form,
        lambda **by: services.file_authorisation(
            code, ticked, signed_on=form.signed_on.data, file=form.file.data, **by
        ),
        page=lambda: render_template(
            "participation/travel/authorisation.html", session=session, form=form, rows=rows, ticked=ticked, filing=True
        ),
        done=_("The signed authorisation was filed."),
        lead=lambda _number: url_for(".travel_desk", code=code),
    )


@bp.get("/seats/<uuid:public_id>/travel/authorisation")
@access(*TRAVEL_READERS)
def signed_authorisation(public_id: uuid.UUID) -> Any:
    """The file of the signed authorisation."""
    found, _session = queries.get(public_id, current_actor())
    if not found.described or found.record is None or found.record.authorisation_file_id is None:
        raise NotFound(_("There is no signed authorisation."))
    return _sent(found.record.authorisation_file_id, found)


@bp.get("/seats/<uuid:public_id>/travel/pay-list")
@access(*TRAVEL_READERS)
def signed_pay_list(public_id: uuid.UUID) -> Any:
    """The file of the list with which this person signed for the cash, the newest of several."""
    found, _session = queries.get(public_id, current_actor())
    lists = signed_papers.pay_lists_of(found.record.id) if found.described and found.record else []
    if not lists:
        raise NotFound(_("There is no signed pay list."))
    return _sent(lists[0].pay_list_file_id, found)


def _sent(file_id: int, found: Travelling) -> Any:
    file = signed_papers.paper(file_id, current_actor())
    opened(file, actor=current_actor(), part_of=(AssistanceRequest, found.request.id))
    return send(file)


@bp.route("/seats/<uuid:public_id>/travel/invitation", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def make_invitation(public_id: uuid.UUID) -> Any:
    """The letter of invitation as a PDF, in English or French, to be shown where a visa is asked."""
    found, session = queries.get(public_id, current_actor())
    allow(RULES, TravelAction.PREPARE, queries.facts_of(found))
    form = InvitationForm()
    if form.validate_on_submit() and carried_out(
        form, lambda key, actor: services.record_invitation_made(public_id, actor=actor, key=form.key_of_answers)
    ):
        with in_language(form.language.data):
            found, session = queries.get(public_id, current_actor())
            document = papers.invitation(found, session, notice=notice())
            return make_pdf(document, f"invitation-{found.request.reference}-{found.seat.number}.pdf")
    page = render_template("participation/travel/invitation.html", one=found, session=session, form=form)
    return page, 422 if form.is_submitted() else 200


def _to_authorise(session: Session, ticked: list[uuid.UUID], actor: Actor) -> list[Travelling]:
    """The ticked journeys. Raises Forbidden where the actor may not prepare one of them."""
    rows = queries.of_session(session, actor, Seat.public_id.in_(ticked)) if ticked else []
    for one in rows:
        allow(RULES, TravelAction.PREPARE, queries.facts_of(one))
    return rows


def notice() -> str:
    """What stands at the foot of a paper: a demonstration says that it is one."""
    return _("Demonstration: not a service of the United Nations") if settings().is_demo else ""


def make_pdf(document: Document, name: str) -> Any:
    """The document as a PDF that the browser keeps."""
    return send_made(as_pdf(document, current_language()), "pdf", name)


def ticked_seats(texts: Iterable[str] | None = None) -> list[uuid.UUID]:
    """The seats that the list ticked, or these texts name, each once."""
    found = []
    for text in list(request.values.getlist("s") if texts is None else texts)[:MOST_AT_ONCE]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
