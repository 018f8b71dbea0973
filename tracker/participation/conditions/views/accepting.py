"""The delegate reads and accepts the conditions; the travel officer enters an acceptance that came on paper."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.errors import Conflict, Invalid, NotFound
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.participation.blueprint import bp
from tracker.participation.conditions import queries, services
from tracker.participation.conditions.cards import pays_by_transfer
from tracker.participation.conditions.forms import AcceptanceForm, OfficeAcceptanceForm
from tracker.participation.conditions.policies import RULES, ConditionsAction
from tracker.participation.delegate_page.behind import Here, behind_the_door
from tracker.participation.delegate_page.queries import PATH
from tracker.participation.papers import contents
from tracker.participation.travel import queries as travel
from tracker.rights.actor import TRAVEL_OFFICERS, Actor
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import carried_out, confirmed


@bp.route(f"{PATH}<token>/conditions", methods=["GET", "POST"])
@access("public")
@behind_the_door
def own_conditions(here: Here) -> Any:
    """The text that was accepted; before that the one that holds, with the boxes by which it is."""
    accepted, holds = queries.accepted_by(here.delegate_id), queries.now_in_force()
    if accepted is not None and request.method == "POST":  # pressed twice
        return redirect(url_for(".own_conditions", token=here.token))
    if accepted is not None:
        newer = holds if holds and holds.id != accepted.conditions_id else None
        return _page(here, "accepted.html", accepted=accepted, newer=newer, language=current_language())
    found, _session = travel.get(here.seat_id, Actor.system)
    if holds is None or can(RULES, ConditionsAction.ACCEPT, Actor.anonymous, queries.facts_of(found, here.by)):
        raise NotFound
    form, text = AcceptanceForm(), holds.text_for(current_language())
    if form.validate_on_submit() and _accepted(here, form):
        flash(lazy("You have accepted the conditions."), "ok")
        return redirect(url_for(".own_conditions", token=here.token))
    refused, transfers = bool(form.errors), pays_by_transfer(found)
    page = _page(here, "accept.html", form=form.showing(text), text=text, holds=holds, transfers=transfers)
    return page, 422 if refused else 200


def _accepted(here: Here, form: AcceptanceForm) -> bool:
    def accept(**by: Any) -> None:
        try:
            services.accept_conditions(here.seat_id, by=here.by, read=form.read, both=form.both, **by)
        except Conflict:
            form.untick()
            raise

    return carried_out(form, accept, at_form=(Invalid, Conflict))


def _page(here: Here, name: str, **shown: Any) -> str:
    return render_template(f"participation/conditions/{name}", token=here.token, **shown)


@bp.route("/seats/<uuid:public_id>/travel/conditions", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def enter_conditions(public_id: uuid.UUID) -> Any:
    """An acceptance that came on paper or by mail."""
    found, session = travel.get(public_id, current_actor())
    allow(RULES, ConditionsAction.ENTER, queries.facts_of(found, contents.officer("", None)))
    versions = [one for one in queries.all_versions() if one.holds_from <= today()]
    form = OfficeAcceptanceForm().offer(versions)
    both = bool(form.says_both.data)
    return confirmed(
        form,
        lambda **by: services.accept_conditions(public_id, by=form.by(), read=form.read, both=both, **by),
        page=lambda: render_template(
            "participation/conditions/enter.html", one=found, session=session, form=form, versions=versions
        ),
        done=_("Recorded."),
        lead=lambda seat_id: url_for(".journey", public_id=seat_id),
    )
