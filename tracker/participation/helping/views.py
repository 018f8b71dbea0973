"""The pages on which a delegate names and ends a helper, and on which the travel desk does so for them."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.notifications.queries import unsent_link
from tracker.participation.blueprint import bp
from tracker.participation.delegate_page.behind import Here, behind_the_door
from tracker.participation.delegate_page.cards import DelegateCard
from tracker.participation.delegate_page.queries import PATH, digits_of, opened_at
from tracker.participation.helping import services
from tracker.participation.helping.forms import EndForm, HelperForm
from tracker.participation.helping.policies import RULES, HelpingAction
from tracker.participation.helping.queries import helper_of, version_of
from tracker.participation.papers import contents, queries
from tracker.participation.papers.contents import HandedBy
from tracker.participation.papers.queries import PapersOf
from tracker.participation.travel.queries import Travelling
from tracker.rights.actor import TRAVEL_OFFICERS, Actor
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import carried_out, confirmed
from tracker.web.forms import KeyedForm

_BY_OFFICE = contents.officer("", None)


@bp.route(f"{PATH}<token>/helper", methods=["GET", "POST"])
@access("public")
@behind_the_door
def name_helper(here: Here) -> Any:
    """Name who helps, or somebody else instead: the page says first what they can do, and what not."""
    found = _asked(here.seat_id, here.by, HelpingAction.NAME)
    form = HelperForm(version=str(version_of(found.journey.seat.id)))

    def carry_out(*, key: str, **_actor: Any) -> Any:
        said = {"name": form.helper_name.data or "", "email": form.helper_email.data or ""}
        act = {"key": key, "actor": Actor.anonymous, "by": here.by, "version": form.version_number}
        return services.name_helper(here.seat_id, language=form.helper_language.data, **said, **act)

    return confirmed(
        form,
        carry_out,
        page=lambda: _page("name.html", here, found, form),
        done=_("The link is on its way to your helper."),
        lead=lambda _seat: url_for(".delegate_page", token=here.token),
    )


@bp.route(f"{PATH}<token>/helper/end", methods=["GET", "POST"])
@access("public")
@behind_the_door
def end_own_helper(here: Here) -> Any:
    """Say that nobody helps any more."""
    found = _asked(here.seat_id, here.by, HelpingAction.END)
    form = EndForm(version=str(version_of(found.journey.seat.id)))

    def carry_out(*, key: str, **_actor: Any) -> Any:
        act = {"key": key, "actor": Actor.anonymous, "version": form.version_number}
        return services.end_helper(here.seat_id, by=here.by, **act)

    return confirmed(
        form,
        carry_out,
        page=lambda: _page("end.html", here, found, form),
        done=_("The link of your helper opens nothing any more."),
        lead=lambda _seat: url_for(".delegate_page", token=here.token),
    )


@bp.route("/seats/<uuid:public_id>/travel/helper", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def end_helper(public_id: uuid.UUID) -> Any:
    """End the help that a delegate has."""
    found = _asked_at_the_desk(public_id, HelpingAction.END)
    form = EndForm(version=str(version_of(found.journey.seat.id)))
    return confirmed(
        form,
        lambda **by: services.end_helper(public_id, by=_BY_OFFICE, version=form.version_number, **by),
        page=lambda: _desk_page("office.html", found, form),
        done=_("The link of the helper opens nothing any more."),
        lead=lambda seat_id: url_for(".journey", public_id=seat_id),
    )


@bp.route("/seats/<uuid:public_id>/travel/helper/name", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def name_helper_for(public_id: uuid.UUID) -> Any:
    """Name a helper for a delegate who asked for it and cannot do so on the own page."""
    found = _asked_at_the_desk(public_id, HelpingAction.NAME)
    form = HelperForm(version=str(version_of(found.journey.seat.id)))

    def carry_out(**act: Any) -> Any:
        said = {"name": form.helper_name.data or "", "email": form.helper_email.data or ""}
        said |= {"language": form.helper_language.data}
        return services.name_helper(public_id, by=_BY_OFFICE, version=form.version_number, **said, **act)

    return confirmed(
        form,
        carry_out,
        page=lambda: _desk_page("name_for.html", found, form),
        done=_("The link is on its way to the helper."),
        lead=lambda seat_id: url_for(".journey", public_id=seat_id),
    )


@bp.route("/seats/<uuid:public_id>/travel/helper/code", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def read_out_to_helper(public_id: uuid.UUID) -> Any:
    """Make a code for the helper who calls, and show it; the same press shows the same code while it can be used."""
    found, form = _asked_at_the_desk(public_id, HelpingAction.READ_OUT), KeyedForm()
    made: list[int] = []
    if form.validate_on_submit() and carried_out(
        form, lambda **by: made.append(services.read_out_to_helper(public_id, **by))
    ):
        found = _asked_at_the_desk(public_id, HelpingAction.READ_OUT)
        return _desk_page("read_out.html", found, form, code=digits_of(made[0]))
    return _desk_page("read_out.html", found, form, code=None), 422 if form.errors else 200


def _asked_at_the_desk(public_id: uuid.UUID, action: HelpingAction) -> PapersOf:
    found = queries.get(public_id, current_actor())
    allow(RULES, action, services.facts_of(found.journey, _BY_OFFICE))
    return found


def _desk_page(name: str, found: PapersOf, form: KeyedForm, **more: Any) -> str:
    page = {"one": found.journey, "session": found.session, "form": form, **more}
    return render_template(f"participation/helping/{name}", helper=helper_of(found.journey.seat.id), **page)


def _asked(seat_id: uuid.UUID, by: HandedBy, action: HelpingAction) -> PapersOf:
    found = queries.get_for(seat_id, Actor.anonymous, by)
    allow(RULES, action, services.facts_of(found.journey, by))
    return found


def _page(name: str, here: Here, found: PapersOf, form: Any) -> str:
    helper = helper_of(found.journey.seat.id)
    return render_template(f"participation/helping/{name}", token=here.token, form=form, helper=helper)


def _shown(here: Here, found: Travelling) -> Mapping[str, Any] | None:
    """Who helps, and whether their mail arrives; None where nobody does and nobody can be named any more."""
    facts, helper = services.facts_of(found, here.by), helper_of(found.seat.id)
    may = {action for action in HelpingAction if can(RULES, action, Actor.anonymous, facts) is None}
    if not may:
        return None
    shown: dict[str, Any] = {"token": here.token, "helper": helper, "may": may}
    if helper is not None:
        shown |= {"opened_at": opened_at(helper.link_id), "undelivered": unsent_link(helper.link_id)}
    return shown


CARD = DelegateCard(70, "participation/helping/_card.html", _shown)
