"""What the travel officer does about a personal link: sends another, or reads a code out by telephone."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.participation.blueprint import bp
from tracker.participation.delegate_page import queries as links
from tracker.participation.delegate_page import services
from tracker.participation.delegate_page.forms import RenewForm
from tracker.participation.travel import queries
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.reference.models import Session
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import carried_out, confirmed
from tracker.web.forms import KeyedForm


@bp.route("/seats/<uuid:public_id>/travel/link", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def renew_link(public_id: uuid.UUID) -> Any:
    """Send the person a new link, where need be to another address; the one before ends."""
    at = _asked(public_id, TravelAction.RENEW_LINK)
    form = RenewForm(link_email=at[0].person.email)
    return confirmed(
        form,
        lambda **by: services.renew_link(public_id, email=form.link_email.data, **by),
        page=lambda: _page("renew.html", at, form),
        done=_("A new link is on its way. The one before opens nothing any more."),
        lead=lambda seat_id: url_for(".journey", public_id=seat_id),
    )


@bp.route("/seats/<uuid:public_id>/travel/code", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def read_out_code(public_id: uuid.UUID) -> Any:
    """Make a code for somebody who calls, and show it; the same press shows the same code while it can be used."""
    at, form = _asked(public_id, TravelAction.READ_OUT), KeyedForm()
    made: list[int] = []
    if form.validate_on_submit() and carried_out(
        form, lambda **by: made.append(services.read_out_code(public_id, **by))
    ):
        return _page("read_out.html", _asked(public_id, TravelAction.READ_OUT), form, code=links.digits_of(made[0]))
    return _page("read_out.html", at, form, code=None), 422 if form.errors else 200


def _asked(public_id: uuid.UUID, action: TravelAction) -> tuple[Travelling, Session]:
    """The journey of which the actor may do this now."""
    found, session = queries.get(public_id, current_actor())
    allow(RULES, action, queries.facts_of(found))
    return found, session


def _page(name: str, at: tuple[Travelling, Session], form: KeyedForm, **more: Any) -> str:
    found, session = at
    return render_template(f"participation/delegate_page/{name}", one=found, session=session, form=form, **more)
