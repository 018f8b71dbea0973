"""Receipts, refunds, money beyond the pledge, and the reversal of a step."""

import uuid
from dataclasses import replace
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.languages.formatting import format_day, format_money
from tracker.money import FUND_CURRENCY
from tracker.notifications.queries import audience_in_words
from tracker.pledges import queries, services
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.forms import ConfirmForm, ReasonForm, ReceiptForm, RefundForm
from tracker.pledges.lifecycle import ACTS
from tracker.pledges.models import Act, Pledge
from tracker.pledges.proposed_acts import policies as acts
from tracker.pledges.proposed_acts.lifecycle import ActName, Step
from tracker.pledges.proposed_acts.reversal import payable_allocation, propose_reversal
from tracker.pledges.views.confirmation import AT_FORM, Will, confirmed
from tracker.pledges.views.promises import confirmation_on_pledge, how_it_is_split, visible_pledge
from tracker.web import confirmation as web_confirmation
from tracker.web.access import access, allow, current_actor


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
    """A step that was recorded wrongly is taken back: a payment or a recovery is proposed to a second person."""
    step, pledge = queries.get_act(act_id, current_actor())
    form = ReasonForm()
    name = _("Step %(number)d: %(name)s", number=step.number, name=ACTS[step.name].label)
    subject = f"{pledge.reference} · {name}"
    if services.takes_two(step.name) and ACTS[step.name].opposite is None:
        return _reversal_proposed(step, pledge, form, subject)
    confirmation = confirmation_on_pledge(
        Action.REVERSE,
        pledge,
        title=_("Reverse this step?"),
        submit=_("Reverse the step"),
        done=_("Reversed."),
        will=[
            (_("The same transfers are posted once more, exchanged. Nothing is erased."), True),
            (_("If the money has gone on, you are told which step to take back first."), True),
            (_("The donor reads your reason in the ledger of the pledge."), True),
        ],
        event="pledges.reversed",
        risk=True,
    )
    return confirmed(
        replace(confirmation, subject=subject),
        form,
        lambda **by: services.reverse(act_id, reason=form.reason.data or "", **by),
    )


def _reversal_proposed(step: Act, pledge: Pledge, form: ReasonForm, subject: str) -> Any:
    allocation = payable_allocation(step, current_actor())
    request = db.session.get_one(AssistanceRequest, allocation.request_id)
    confirmation = confirmation_on_pledge(
        Action.REVERSE,
        pledge,
        title=_("Propose to reverse this step?"),
        submit=_("Propose it"),
        done="",
        will=[
            (_("Nothing moves before another finance officer or a manager confirms it."), True),
            (_("Your reason stands in the ledger for the office; the donor does not read it."), True),
        ],
        event="pledges.act_proposed",
    )
    told = audience_in_words("pledges.act_proposed", request, current_actor(), request_id=request.id)
    return web_confirmation.confirmed(
        form,
        lambda **by: propose_reversal(step.public_id, reason=form.reason.data or "", **by),
        allow=lambda: allow(acts.RULES, Step.PROPOSE, acts.facts_of_kind(ActName.REVERSAL)),
        page=lambda: render_template(
            "pledges/confirm.html", confirmation=replace(confirmation, subject=subject), form=form, told=told
        ),
        done=_("Proposed. Another finance officer or a manager confirms or refuses it."),
        lead=lambda proposed: url_for("acts.show", public_id=proposed),
        at_form=AT_FORM,
    )
