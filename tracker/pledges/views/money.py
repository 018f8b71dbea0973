"""Receipts, refunds, money beyond the pledge, and the reversal of a step."""

import uuid
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from tracker.calendar.now import today
from tracker.languages.formatting import format_day, format_money
from tracker.money import FUND_CURRENCY
from tracker.pledges import queries, services
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.forms import ConfirmForm, ReasonForm, ReceiptForm, RefundForm
from tracker.pledges.lifecycle import ACTS
from tracker.pledges.models import Pledge
from tracker.pledges.views.confirmation import Will, confirmed
from tracker.pledges.views.promises import confirmation_on_pledge, how_it_is_split, visible_pledge
from tracker.web.access import access, current_actor


@pledges_bp.route("/<uuid:public_id>/receipt", methods=["GET", "POST"])
@access("finance_officer")
def record_receipt(public_id: uuid.UUID) -> Any:
    """Money came in."""
    pledge = visible_pledge(public_id)
    form = ReceiptForm(value_date=today())
    form.currency = pledge.currency
    form.instalment.choices = _instalments(pledge)
    confirmation = confirmation_on_pledge(
        Action.RECORD_RECEIPT,
        pledge,
        title=_("Record money received"),
        submit=_("Record the receipt"),
        done=_("Recorded. The donor will be told."),
        will=_what_a_receipt_does(pledge),
        event="pledges.receipt_recorded",
        currency=pledge.currency,
    )
    return confirmed(
        confirmation, form, lambda **by: services.record_receipt(public_id, money_in=form.money_in(), **by)
    )


def _what_a_receipt_does(pledge: Pledge) -> Will:
    expected = format_money(_sum_of(pledge, "expected"), pledge.currency)
    will = [
        (_("%(amount)s are still expected on this pledge.", amount=expected), True),
        (how_it_is_split(pledge), True),
        (_("What is more than expected is kept apart until it is applied or returned."), True),
    ]
    if pledge.currency != FUND_CURRENCY:
        will.insert(1, (_("It is valued in USD at the rate of its value date."), True))
    return will


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


def _sum_of(pledge: Pledge, kind: str) -> int:
    return queries.sums_of([pledge.id])[pledge.id][kind]


@pledges_bp.route("/<uuid:public_id>/apply-surplus", methods=["GET", "POST"])
@access("finance_officer")
def apply_surplus(public_id: uuid.UUID) -> Any:
    """Money beyond the pledge is taken as received."""
    pledge = visible_pledge(public_id)
    amount = format_money(_sum_of(pledge, "unapplied"), pledge.currency)
    confirmation = confirmation_on_pledge(
        Action.APPLY_SURPLUS,
        pledge,
        title=_("Apply money beyond the pledge?"),
        submit=_("Apply it"),
        done=_("Applied."),
        will=[
            (
                _("%(amount)s are taken as received, at today's rate. The donor has agreed to this.", amount=amount),
                True,
            ),
            (how_it_is_split(pledge), True),
        ],
        event="pledges.surplus_applied",
    )
    return confirmed(confirmation, ConfirmForm(), lambda **by: services.apply_surplus(public_id, **by))


@pledges_bp.route("/<uuid:public_id>/return-surplus", methods=["GET", "POST"])
@access("finance_officer")
def return_surplus(public_id: uuid.UUID) -> Any:
    """Money beyond the pledge goes back."""
    pledge = visible_pledge(public_id)
    amount = format_money(_sum_of(pledge, "unapplied"), pledge.currency)
    confirmation = confirmation_on_pledge(
        Action.RETURN_SURPLUS,
        pledge,
        title=_("Return money beyond the pledge?"),
        submit=_("Return it"),
        done=_("Returned."),
        will=[(_("%(amount)s go back to the donor.", amount=amount), False)],
        event="pledges.surplus_returned",
        risk=True,
    )
    return confirmed(confirmation, ConfirmForm(), lambda **by: services.return_surplus(public_id, **by))


@pledges_bp.route("/<uuid:public_id>/refund", methods=["GET", "POST"])
@access("finance_officer")
def refund(public_id: uuid.UUID) -> Any:
    """Unspent money goes back to the donor."""
    pledge = visible_pledge(public_id)
    form = RefundForm()
    available = format_money(_sum_of(pledge, "available"), FUND_CURRENCY)
    confirmation = confirmation_on_pledge(
        Action.REFUND,
        pledge,
        title=_("Refund unspent money"),
        submit=_("Refund"),
        done=_("Refunded. The donor will be told."),
        will=[
            (_("%(amount)s are available.", amount=available), True),
            (_("The support cost that nothing earned goes back with it."), True),
        ],
        event="pledges.refunded",
        risk=True,
    )
    return confirmed(
        confirmation,
        form,
        lambda **by: services.refund(
            public_id, amount_minor=form.amount_minor, external_reference=form.external_reference.data or "", **by
        ),
    )


@pledges_bp.route("/acts/<uuid:act_id>/reverse", methods=["GET", "POST"])
@access("finance_officer")
def reverse(act_id: uuid.UUID) -> Any:
    """A step that was recorded wrongly is taken back."""
    step, pledge = queries.get_act(act_id, current_actor())
    form = ReasonForm()
    confirmation = confirmation_on_pledge(
        Action.REVERSE,
        pledge,
        title=_("Reverse this step?"),
        submit=_("Reverse the step"),
        done=_("Reversed."),
        will=[
            (_("The same transfers are posted once more, exchanged. Nothing is erased."), True),
            (_("If the money has gone on, you are told which step to take back first."), True),
            (_who_reads_the_reason(step.name), True),
        ],
        event="pledges.reversed",
        risk=True,
    )
    name = _("Step %(number)d: %(name)s", number=step.number, name=ACTS[step.name].label)
    return confirmed(
        replace(confirmation, subject=f"{pledge.reference} · {name}"),
        form,
        lambda **by: services.reverse(act_id, reason=form.reason.data or "", **by),
    )


def _who_reads_the_reason(act_name: str) -> str:
    if ACTS[act_name].is_about_a_request:
        return _("Your reason stands in the ledger for the office; the donor does not read it.")
    return _("The donor reads your reason in the ledger of the pledge.")
