"""One allocation: its page, its approval, its payments."""

import uuid
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.access import access, current_actor
from tracker.i18n import format_money
from tracker.money import FUND_CURRENCY
from tracker.now import today
from tracker.pledges import queries, services
from tracker.pledges.forms import ConfirmForm, PaymentForm, ReasonForm
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.policies import RULES
from tracker.pledges.views.acting import confirm_page, done, must_be_able, told
from tracker.pledges.views.blueprints import SEES_MONEY, finance_bp
from tracker.policy import can

ACTIONS = ("approve_allocation", "cancel_plan", "release_allocation", "disburse", "recover")


def _load(action: str, public_id: uuid.UUID) -> tuple[Allocation, Pledge]:
    allocation, pledge = queries.get_allocation(public_id, current_actor())
    must_be_able(action, allocation)
    return allocation, pledge


def _page_of(public_id: uuid.UUID) -> str:
    return url_for("finance.allocation", public_id=public_id)


def _subject(allocation: Allocation, pledge: Pledge) -> str:
    use = queries.use_of(allocation, current_actor())
    return f"{pledge.reference} → {use.request.reference} · {format_money(allocation.amount_minor, FUND_CURRENCY)}"


def _told(name: str, allocation: Allocation, pledge: Pledge) -> list[tuple[str, str]]:
    return told(name, pledge, request_id=allocation.request_id, allocation_id=allocation.id)


@finance_bp.get("/allocations/<uuid:public_id>")
@access(*SEES_MONEY)
def allocation(public_id: uuid.UUID) -> Any:
    """What was set aside, what was paid, what can be done next."""
    found, pledge = queries.get_allocation(public_id, current_actor())
    return render_template(
        "pledges/allocation.html",
        allocation=found,
        pledge=pledge,
        use=queries.use_of(found, current_actor()),
        payments=queries.payments_of(found),
        may={action for action in ACTIONS if can(RULES, action, current_actor(), found) is None},
        why_not=can(RULES, "approve_allocation", current_actor(), found),
    )


@finance_bp.route("/allocations/<uuid:public_id>/approve", methods=["GET", "POST"])
@access("finance_officer")
def approve(public_id: uuid.UUID) -> Any:
    """A second person holds the money."""
    found, pledge = _load("approve_allocation", public_id)
    form = ConfirmForm(version=found.version)
    if done(form, partial(services.approve_allocation, public_id, version=form.version_number)):
        flash(_("Approved: the money is held for the request."), "ok")
        return redirect(_page_of(public_id))
    available = format_money(queries.sums_of([pledge.id])[pledge.id]["available"], FUND_CURRENCY)
    return confirm_page(
        form,
        title=_("Approve this allocation?"),
        submit=_("Approve"),
        back=_page_of(public_id),
        subject=_subject(found, pledge),
        will=[
            (_("The amount is held for the request; %(left)s are available on the pledge now.", left=available), True),
            (_("Payments can be recorded from then on."), True),
        ],
        told=_told("pledges.allocation_approved", found, pledge),
    )


@finance_bp.route("/allocations/<uuid:public_id>/drop", methods=["GET", "POST"])
@access("programme_manager", "finance_officer")
def drop(public_id: uuid.UUID) -> Any:
    """A plan that will not be approved."""
    found, pledge = _load("cancel_plan", public_id)
    form = ReasonForm(version=found.version)
    if done(form, partial(services.cancel_plan, public_id, version=form.version_number, reason=form.reason.data or "")):
        flash(_("The plan is dropped."), "ok")
        return redirect(_page_of(public_id))
    return confirm_page(
        form,
        title=_("Drop this plan?"),
        submit=_("Drop the plan"),
        back=_page_of(public_id),
        subject=_subject(found, pledge),
        will=[(_("No money moves."), True)],
        told=_told("pledges.allocation_dropped", found, pledge),
        risk=True,
    )


@finance_bp.route("/allocations/<uuid:public_id>/release", methods=["GET", "POST"])
@access("finance_officer")
def release(public_id: uuid.UUID) -> Any:
    """What is held and not paid goes back to the pledge."""
    found, pledge = _load("release_allocation", public_id)
    form = ReasonForm(version=found.version)
    act = partial(services.release_allocation, public_id, version=form.version_number, reason=form.reason.data or "")
    if done(form, act):
        flash(_("Released."), "ok")
        return redirect(_page_of(public_id))
    held = format_money(queries.use_of(found, current_actor()).held_minor, FUND_CURRENCY)
    return confirm_page(
        form,
        title=_("Release this allocation?"),
        submit=_("Release"),
        back=_page_of(public_id),
        subject=_subject(found, pledge),
        will=[
            (_("%(amount)s go back to the pledge and can be allocated again.", amount=held), True),
            (_("No further payments can be made from this allocation."), False),
        ],
        told=_told("pledges.allocation_released", found, pledge),
        risk=True,
    )


@finance_bp.route("/allocations/<uuid:public_id>/pay", methods=["GET", "POST"])
@access("finance_officer")
def pay(public_id: uuid.UUID) -> Any:
    """A payment was made."""
    found, pledge = _load("disburse", public_id)
    form = PaymentForm(value_date=today())
    if form.validate_on_submit() and done(form, partial(services.disburse, public_id, payment=form.payment())):
        flash(_("Payment recorded."), "ok")
        return redirect(_page_of(public_id))
    held = format_money(queries.use_of(found, current_actor()).held_minor, FUND_CURRENCY)
    return confirm_page(
        form,
        title=_("Record a payment"),
        submit=_("Record the payment"),
        back=_page_of(public_id),
        subject=_subject(found, pledge),
        will=[
            (_("%(amount)s are held and can be paid.", amount=held), True),
            (_("The first payment starts the delivery of the request."), True),
        ],
        told=_told("pledges.disbursed", found, pledge),
    )


@finance_bp.route("/allocations/<uuid:public_id>/recover", methods=["GET", "POST"])
@access("finance_officer")
def recover(public_id: uuid.UUID) -> Any:
    """Money came back."""
    found, pledge = _load("recover", public_id)
    form = PaymentForm(value_date=today())
    if form.validate_on_submit() and done(form, partial(services.recover, public_id, payment=form.payment())):
        flash(_("Recovery recorded."), "ok")
        return redirect(_page_of(public_id))
    paid = format_money(queries.use_of(found, current_actor()).paid_minor, FUND_CURRENCY)
    return confirm_page(
        form,
        title=_("Record money recovered"),
        submit=_("Record the recovery"),
        back=_page_of(public_id),
        subject=_subject(found, pledge),
        will=[
            (_("%(amount)s were paid so far.", amount=paid), True),
            (_("It is held for the request again, or free again once allocation or request is closed."), True),
        ],
        told=_told("pledges.recovered", found, pledge),
    )
