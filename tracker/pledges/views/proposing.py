"""Steps between donor and fund that one person proposes: refunds, money beyond the pledge, the reversal of a step."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.money import FUND_CURRENCY
from tracker.notifications.queries import audience_in_words
from tracker.pledges import policies, queries
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.forms import ReasonForm, RefundForm
from tracker.pledges.lifecycle import ACTS
from tracker.pledges.models import Act, Pledge
from tracker.pledges.proposed_acts import policies as acts
from tracker.pledges.proposed_acts.going_back import propose_refund, propose_to_apply, propose_to_return
from tracker.pledges.proposed_acts.lifecycle import ActName, Step
from tracker.pledges.proposed_acts.reversal import payable_allocation, propose_reversal
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.services.reversals import payment_of
from tracker.pledges.views.confirmation import AT_FORM, Confirmation, Will
from tracker.pledges.views.promises import confirmation_on_pledge, how_it_is_split, visible_pledge
from tracker.web import confirmation as web_confirmation
from tracker.web.access import access, allow, current_actor
from tracker.web.forms import KeyedForm


@pledges_bp.route("/<uuid:public_id>/apply-surplus", methods=["GET", "POST"])
@access("finance_officer")
def apply_surplus(public_id: uuid.UUID) -> Any:
    """Propose that money beyond the pledge is taken as received."""
    pledge, form = visible_pledge(public_id), ReasonForm()
    amount = format_money(_sum_of(pledge, "unapplied"), pledge.currency)
    taken = _("%(amount)s are taken as received, at the rate of that day. The donor has agreed to this.", amount=amount)
    confirmation = _asking(
        Action.APPLY_SURPLUS,
        pledge,
        _("Propose to apply money beyond the pledge?"),
        [(taken, True), (how_it_is_split(pledge), True)],
    )
    return _proposed(
        confirmation,
        ActName.APPLY_SURPLUS,
        form,
        lambda **by: propose_to_apply(public_id, reason=form.reason.data or "", **by),
    )


@pledges_bp.route("/<uuid:public_id>/return-surplus", methods=["GET", "POST"])
@access("finance_officer")
def return_surplus(public_id: uuid.UUID) -> Any:
    """Propose that money beyond the pledge goes back."""
    pledge, form = visible_pledge(public_id), ReasonForm()
    amount = format_money(_sum_of(pledge, "unapplied"), pledge.currency)
    confirmation = _asking(
        Action.RETURN_SURPLUS,
        pledge,
        _("Propose to return money beyond the pledge?"),
        [(_("%(amount)s go back to the donor.", amount=amount), False)],
    )
    return _proposed(
        confirmation,
        ActName.RETURN_SURPLUS,
        form,
        lambda **by: propose_to_return(public_id, reason=form.reason.data or "", **by),
    )


@pledges_bp.route("/<uuid:public_id>/refund", methods=["GET", "POST"])
@access("finance_officer")
def refund(public_id: uuid.UUID) -> Any:
    """Propose that unspent money goes back to the donor."""
    pledge, form = visible_pledge(public_id), RefundForm()
    available = format_money(_sum_of(pledge, "available"), FUND_CURRENCY)
    confirmation = _asking(
        Action.REFUND,
        pledge,
        _("Propose to refund unspent money"),
        [
            (_("%(amount)s are available.", amount=available), True),
            (_("The support cost that nothing earned goes back with it."), True),
        ],
    )

    def carry_out(**by: Any) -> str:
        reference, reason = form.external_reference.data or "", form.reason.data or ""
        amount = form.amount_minor
        return propose_refund(public_id, amount_minor=amount, external_reference=reference, reason=reason, **by)

    return _proposed(confirmation, ActName.REFUND, form, carry_out)


@pledges_bp.route("/acts/<uuid:act_id>/reverse", methods=["GET", "POST"])
@access("finance_officer")
def reverse(act_id: uuid.UUID) -> Any:
    """Propose that a step which was recorded wrongly is taken back."""
    step, pledge = queries.get_act(act_id, current_actor())
    form, kind = ReasonForm(), ACTS[step.name]
    name = _("Step %(number)d: %(name)s", number=step.number, name=kind.label)
    again = (_("The same transfers are posted once more, exchanged. Nothing is erased."), True)
    of_request = payment_of(step) is not None
    confirmation = replace(
        _asking(Action.REVERSE, pledge, _("Propose to reverse this step?"), [again], read_by_donor=not of_request),
        subject=f"{pledge.reference} · {name}",
    )
    return _proposed(
        confirmation,
        ActName.REVERSAL,
        form,
        lambda **by: propose_reversal(act_id, reason=form.reason.data or "", **by),
        request=_request_of(step) if of_request else None,
    )


def _request_of(step: Act) -> AssistanceRequest:
    return db.session.get_one(AssistanceRequest, payable_allocation(step, current_actor()).request_id)


def _sum_of(pledge: Pledge, kind: str) -> int:
    return queries.sums_of([pledge.id])[pledge.id][kind]


def _asking(action: Action, pledge: Pledge, title: str, will: Will, *, read_by_donor: bool = True) -> Confirmation:
    """What the page says on which something is proposed: what confirming would do, and who reads the reason."""
    second = _("Nothing moves before another finance officer or a manager confirms it.")
    theirs = _("The donor reads your reason in the ledger of the pledge.")
    ours = _("Your reason stands in the ledger for the office; the donor does not read it.")
    return confirmation_on_pledge(
        action,
        pledge,
        title=title,
        submit=_("Propose it"),
        done=_("Proposed. Another finance officer or a manager confirms or refuses it."),
        will=[(second, True), *will, (theirs if read_by_donor else ours, True)],
        event="pledges.act_proposed",
    )


def _proposed(
    confirmation: Confirmation,
    name: ActName,
    form: KeyedForm,
    carry_out: Callable[..., str],
    *,
    request: AssistanceRequest | None = None,
) -> Any:
    def allowed() -> None:
        if request is None:
            allow(policies.RULES, confirmation.action, rule_facts_of(confirmation.pledge))
        allow(acts.RULES, Step.PROPOSE, acts.facts_of_kind(name))

    about = confirmation.pledge if request is None else request
    facts = {} if request is None else {"request_id": request.id}
    told = audience_in_words(confirmation.event, about, current_actor(), **facts)
    return web_confirmation.confirmed(
        form,
        carry_out,
        allow=allowed,
        page=lambda: render_template("pledges/confirm.html", confirmation=confirmation, form=form, told=told),
        done=confirmation.done,
        lead=lambda proposed: url_for("acts.show", public_id=proposed),
        at_form=AT_FORM,
    )
