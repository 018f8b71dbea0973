"""The pages on which the State and the travel desk remind delegates of papers."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.assistance.page.loading import title_of
from tracker.participation.blueprint import bp
from tracker.participation.papers.lifecycle import PAPER_LABELS
from tracker.participation.reminding import queries, services
from tracker.participation.reminding.policies import RULES, RemindAction
from tracker.participation.travel.views.papers import ticked_seats
from tracker.reference import queries as reference
from tracker.rights.actor import REQUEST_WRITERS, TRAVEL_OFFICERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import carried_out, confirmed
from tracker.web.forms import KeyedForm


@bp.route("/seats/<uuid:public_id>/remind", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def remind_delegate(public_id: uuid.UUID) -> Any:
    """The State reminds somebody with a seat of its own."""
    return _reminded(public_id, "state.html", lambda request_id: url_for("assistance.show", public_id=request_id))


@bp.route("/seats/<uuid:public_id>/travel/remind", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def remind_traveller(public_id: uuid.UUID) -> Any:
    """The travel desk reminds somebody."""
    return _reminded(public_id, "desk.html", lambda _request: url_for(".journey", public_id=public_id))


@bp.route("/sessions/<code>/travel/remind", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def remind_all(code: str) -> Any:
    """Everybody who misses papers, who of them is reminded now, and why the others are not."""
    session, form, actor = reference.get_session(code), KeyedForm(), current_actor()
    done: list[int] = []
    named = ticked_seats(request.form.getlist("s"))
    if form.validate_on_submit() and carried_out(
        form, lambda **by: done.append(services.remind_all(code, named, **by))
    ):
        flash(ngettext("%(num)d person was reminded.", "%(num)d people were reminded.", done[0]))
        return redirect(url_for(".remind_all", code=code))
    rows = queries.of_session(session, actor)
    why = [can(RULES, RemindAction.REMIND, actor, queries.facts_of(one)) for one in rows]
    page = render_template(
        "participation/reminding/all.html",
        session=session,
        form=form,
        reached=[one for one, refusal in zip(rows, why, strict=True) if refusal is None],
        refused=[(one, refusal.message) for one, refusal in zip(rows, why, strict=True) if refusal is not None],
        labels=PAPER_LABELS,
    )
    return page, 422 if form.errors else 200


def _reminded(public_id: uuid.UUID, name: str, lead: Any) -> Any:
    found = queries.get(public_id, current_actor())
    allow(RULES, RemindAction.REMIND, queries.facts_of(found))
    form = KeyedForm()
    return confirmed(
        form,
        lambda **by: services.remind(public_id, **by),
        page=lambda: render_template(
            f"participation/reminding/{name}",
            one=found.papers.journey,
            found=found.papers.journey.request,
            session=found.papers.session,
            last=found.last,
            missing=[_(PAPER_LABELS[paper]) for paper in found.papers.missing],
            title=title_of(found.papers.journey.request),
            form=form,
        ),
        done=_("Reminded. The mail is on its way."),
        lead=lead,
    )
