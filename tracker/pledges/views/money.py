"""Money in, money back, and steps that are taken back."""

import uuid
from functools import partial
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from tracker.access import access, current_actor
from tracker.i18n import format_day, format_money
from tracker.money import FUND_CURRENCY
from tracker.now import today
from tracker.pledges import queries, services
from tracker.pledges.forms import ConfirmForm, ReasonForm, ReceiptForm, RefundForm
from tracker.pledges.lifecycle import ACTS
from tracker.pledges.models import Pledge
from tracker.pledges.views.acting import confirm_page, done, must_be_able, told
from tracker.pledges.views.blueprints import pledges_bp
from tracker.pledges.views.promises import page_of, pledge_for, subject_of


@pledges_bp.route("/<uuid:public_id>/receipt", methods=["GET", "POST"])
@access("finance_officer")
def record_receipt(public_id: uuid.UUID) -> Any:
    """Money came in."""
    pledge = pledge_for("record_receipt", public_id)
    form = ReceiptForm(value_date=today())
    form.currency = pledge.currency
    form.instalment.choices = _instalments(pledge)
    if form.validate_on_submit() and done(form, partial(services.record_receipt, public_id, money_in=form.money_in())):
        flash(_("Recorded. The donor will be told."), "ok")
        return redirect(page_of(pledge))
    rate = f"{pledge.support_rate_bp / 100:g}"
    return confirm_page(
        form,
        title=_("Record money received"),
        submit=_("Record the receipt"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[
            (_("It is valued in USD at the rate of its value date."), True),
            (_("It is split 100 : %(rate)s between what can be allocated and the support cost.", rate=rate), True),
            (_("What is more than expected is kept apart until it is applied or returned."), True),
        ],
        told=told("pledges.receipt_recorded", pledge),
        currency=pledge.currency,
    )


def _instalments(pledge: Pledge) -> list[SelectChoice]:
    first = SelectChoice(value="", label=_("The earliest outstanding"))
    parts = [
        SelectChoice(
            value=str(part.id),
            label=f"{format_money(part.outstanding_minor, pledge.currency)}, {format_day(part.due_on)}",
        )
        for part in pledge.instalments
        if part.outstanding_minor
    ]
    return [first, *parts]


@pledges_bp.route("/<uuid:public_id>/apply-surplus", methods=["GET", "POST"])
@access("finance_officer")
def apply_surplus(public_id: uuid.UUID) -> Any:
    """Money beyond the pledge is taken as received."""
    pledge = pledge_for("apply_surplus", public_id)
    form = ConfirmForm()
    if done(form, partial(services.apply_surplus, public_id)):
        flash(_("Applied."), "ok")
        return redirect(page_of(pledge))
    amount = format_money(queries.sums_of([pledge.id])[pledge.id]["unapplied"], pledge.currency)
    return confirm_page(
        form,
        title=_("Apply money beyond the pledge?"),
        submit=_("Apply it"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[(_("%(amount)s become available at today's rate. The donor has agreed to this.", amount=amount), True)],
        told=told("pledges.surplus_applied", pledge),
    )


@pledges_bp.route("/<uuid:public_id>/return-surplus", methods=["GET", "POST"])
@access("finance_officer")
def return_surplus(public_id: uuid.UUID) -> Any:
    """Money beyond the pledge goes back."""
    pledge = pledge_for("return_surplus", public_id)
    form = ConfirmForm()
    if done(form, partial(services.return_surplus, public_id)):
        flash(_("Returned."), "ok")
        return redirect(page_of(pledge))
    amount = format_money(queries.sums_of([pledge.id])[pledge.id]["unapplied"], pledge.currency)
    return confirm_page(
        form,
        title=_("Return money beyond the pledge?"),
        submit=_("Return it"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[(_("%(amount)s go back to the donor.", amount=amount), False)],
        told=told("pledges.surplus_returned", pledge),
        risk=True,
    )


@pledges_bp.route("/<uuid:public_id>/refund", methods=["GET", "POST"])
@access("finance_officer")
def refund(public_id: uuid.UUID) -> Any:
    """Unspent money goes back to the donor."""
    pledge = pledge_for("refund", public_id)
    form = RefundForm()
    if form.validate_on_submit() and done(
        form,
        partial(
            services.refund,
            public_id,
            amount_minor=form.amount_minor,
            external_reference=form.external_reference.data or "",
        ),
    ):
        flash(_("Refunded. The donor will be told."), "ok")
        return redirect(page_of(pledge))
    available = format_money(queries.sums_of([pledge.id])[pledge.id]["available"], FUND_CURRENCY)
    return confirm_page(
        form,
        title=_("Refund unspent money"),
        submit=_("Refund"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[
            (_("%(amount)s are available.", amount=available), True),
            (_("The support cost that nothing earned goes back with it."), True),
        ],
        told=told("pledges.refunded", pledge),
        risk=True,
    )


@pledges_bp.route("/acts/<uuid:act_id>/reverse", methods=["GET", "POST"])
@access("finance_officer")
def reverse(act_id: uuid.UUID) -> Any:
    """A step that was recorded wrongly is taken back."""
    act, pledge = queries.get_act(act_id, current_actor())
    must_be_able("reverse", pledge)
    form = ReasonForm()
    if done(form, partial(services.reverse, act_id, reason=form.reason.data or "")):
        flash(_("Reversed."), "ok")
        return redirect(page_of(pledge))
    step = _("Step %(number)d: %(name)s", number=act.number, name=ACTS[act.name].label)
    return confirm_page(
        form,
        title=_("Reverse this step?"),
        submit=_("Reverse the step"),
        back=page_of(pledge),
        subject=f"{pledge.reference} · {step}",
        will=[
            (_("The same transfers are posted once more, exchanged. Nothing is erased."), True),
            (_("If the money has gone on, you are told which step to take back first."), True),
        ],
        told=told("pledges.reversed", pledge),
        risk=True,
    )
