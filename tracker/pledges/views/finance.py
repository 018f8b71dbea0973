"""The finance desk, and planning money for a request."""

import uuid
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.pledges import queries, services
from tracker.pledges.blueprint import finance_bp
from tracker.pledges.forms import AllocateForm
from tracker.pledges.presenting import AHEAD
from tracker.pledges.views.confirmation import sent_and_done
from tracker.rights.actor import MONEY_PLANNERS
from tracker.web import navigation
from tracker.web.access import access, current_actor


@finance_bp.get("")
@access(*MONEY_PLANNERS, "auditor")
def desk() -> Any:
    """What is due in, what waits for approval, what is held to be paid."""
    actor = current_actor()
    planned, held = queries.waiting(actor)
    due, to_give_back, earmarked = queries.due_in_and_back(actor, until=today() + AHEAD)
    return render_template(
        "pledges/finance.html",
        due=due,
        planned=planned,
        held=held,
        to_give_back=to_give_back,
        earmarked=earmarked,
        rounds=navigation.counts().get("rounds", 0),
        payments=queries.latest_payments(actor),
    )


@finance_bp.route("/requests/<uuid:public_id>/plan", methods=["GET", "POST"])
@access(*MONEY_PLANNERS)
def plan(public_id: uuid.UUID) -> Any:
    """Which pledges can pay a request, and a plan from one of them."""
    actor = current_actor()
    need = queries.fundable_request(public_id, actor)
    form = AllocateForm()
    chosen = _chosen(form.pledge.data)
    if (
        form.validate_on_submit()
        and chosen is not None
        and sent_and_done(
            form,
            partial(services.plan_allocation, chosen, request_id=public_id, amount_minor=form.amount_minor),
        )
    ):
        flash(_("Planned. A finance officer other than you approves it."), "ok")
        return redirect(url_for("finance.plan", public_id=public_id))
    if form.is_submitted() and chosen is None:
        form.form_errors.append(_("Choose the pledge that pays."))
    candidates = queries.candidates(need.request_id)
    page = render_template(
        "pledges/plan.html",
        need=need,
        candidates=candidates,
        uses=queries.uses_for_request(need.request_id, actor),
        form=form,
        chosen=str(chosen or ""),
        typed="" if chosen in _fitting(candidates) else form.amount.data,
    )
    return page, 422 if form.errors or form.form_errors else 200


def _fitting(candidates: list[queries.Candidate]) -> set[uuid.UUID]:
    """The pledges beside which the page has a field for the amount."""
    return {one.pledge.public_id for one in candidates if one.verdict.suits}


def _chosen(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
