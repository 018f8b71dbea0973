"""One allocation: its page, its approval, its payments."""

import uuid
from typing import Any, cast

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.assistance.lifecycle import CLOSED
from tracker.assistance.lifecycle import Status as RequestStatus
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.events import opened
from tracker.languages.formatting import format_amount, format_money
from tracker.money import FUND_CURRENCY
from tracker.pledges import queries, services
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import finance_bp
from tracker.pledges.forms import ConfirmForm, PaymentForm, ReasonForm, RecoveryForm
from tracker.pledges.lifecycle import AllocationStatus
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.policies import RULES
from tracker.pledges.proposed_acts import queries as acts
from tracker.pledges.proposed_acts.lifecycle import ActName, Step
from tracker.pledges.proposed_acts.policies import RULES as ACT_RULES
from tracker.pledges.proposed_acts.policies import facts_of_kind
from tracker.pledges.proposed_payments import Proposal, proposals_for
from tracker.pledges.queries import Use
from tracker.pledges.rule_facts import AllocationFacts, rule_facts_of
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.pledges.views.confirmation import Confirmation, Will, confirmed
from tracker.rights.actor import MONEY_PLANNERS, REQUEST_READERS
from tracker.rights.rules import can
from tracker.web.access import access, current_actor

ACTIONS = (Action.APPROVE_ALLOCATION, Action.CANCEL_PLAN, Action.RELEASE_ALLOCATION, Action.DISBURSE, Action.RECOVER)


def _visible_allocation(public_id: uuid.UUID) -> tuple[Allocation, Pledge, Use]:
    """The allocation, its pledge and what it pays for, if the actor may see it."""
    found, pledge = queries.get_allocation(public_id, current_actor())
    return found, pledge, queries.use_of(found, current_actor())


def _available(pledge: Pledge) -> int:
    return queries.sums_of([pledge.id])[pledge.id]["available"]


def _on_allocation(action: Action, pledge: Pledge, use: Use, **words: Any) -> Confirmation:
    """The confirmation of an action on an allocation, which leads back to the allocation's page."""
    found = use.allocation
    amount = format_money(found.amount_minor, FUND_CURRENCY)
    return Confirmation(
        action=action,
        on=found,
        pledge=pledge,
        subject=f"{pledge.reference} → {use.request.reference} · {amount}",
        back=url_for("finance.allocation", public_id=found.public_id),
        facts={"request_id": found.request_id, "allocation_id": found.id},
        **words,
    )


@finance_bp.get("/allocations/<uuid:public_id>")
@access(*REQUEST_READERS)
def allocation(public_id: uuid.UUID) -> Any:
    """What was set aside, what was paid, what can be done next."""
    found, pledge, use = _visible_allocation(public_id)
    if opened(found, actor=current_actor(), part_of=(AssistanceRequest, found.request_id)):
        found, pledge, use = _visible_allocation(public_id)
    # To the type checker a table could be any other, so it takes the first overload.
    facts = cast("AllocationFacts", rule_facts_of(found))
    return render_template(
        "pledges/allocation.html",
        allocation=found,
        pledge=pledge,
        use=use,
        request_ended=use.request.status in CLOSED,
        available=_available(pledge),
        payments=queries.payments_of(found),
        **_of_the_seat(found),
        may={action for action in ACTIONS if can(RULES, action, current_actor(), facts) is None},
        unpayable=facts.seat_unpayable if found.status == AllocationStatus.APPROVED else None,
        waits_for_another=_waits_for_another(facts),
        returned_minor=_returned(use),
    )


def _of_the_seat(found: Allocation) -> dict[str, Any]:
    """Its lines, whether the reader may propose a top-up of them, and what waits for a second person."""
    if found.seat_id is None:
        return {"lines": [], "open_lines": [], "proposed": []}
    may = can(ACT_RULES, Step.PROPOSE, current_actor(), facts_of_kind(ActName.TOP_UP)) is None
    return {
        "lines": queries.lines_of(found.id),
        "open_lines": queries.open_lines_of(found.seat_id),
        "may_top_up": may and found.status == AllocationStatus.APPROVED,
        "proposed": acts.waiting_for_seat(found.seat_id, current_actor()),
    }


def _waits_for_another(facts: AllocationFacts) -> str:
    """Why the reader, who planned it, cannot approve it too; empty when that is not what it waits for."""
    refusal = can(RULES, Action.APPROVE_ALLOCATION, current_actor(), facts)
    if refusal is None or refusal.code != "two_persons" or facts.status != AllocationStatus.PLANNED:
        return ""
    return str(refusal.message)


def _returned(use: Use) -> int | None:
    """What went back to the pledge when an approved allocation ended, in minor units; None when all of it was paid."""
    found = use.allocation
    if not found.approved_at or not found.ended_at or found.amount_minor <= use.paid_minor:
        return None
    return found.amount_minor - use.held_minor - use.paid_minor


@finance_bp.route("/allocations/<uuid:public_id>/approve", methods=["GET", "POST"])
@access("finance_officer")
def approve(public_id: uuid.UUID) -> Any:
    """A second person holds the money."""
    found, pledge, use = _visible_allocation(public_id)
    form = ConfirmForm(version=found.version)
    available = format_money(_available(pledge), FUND_CURRENCY)
    confirmation = _on_allocation(
        Action.APPROVE_ALLOCATION,
        pledge,
        use,
        title=_("Approve this allocation?"),
        submit=_("Approve"),
        done=_("Approved: the money is held for the request."),
        will=[
            (_("The amount is held for the request; %(left)s are available on the pledge now.", left=available), True),
            (_("Payments can be recorded from then on."), True),
        ],
        event="pledges.allocation_approved",
    )
    return confirmed(
        confirmation, form, lambda **by: services.approve_allocation(public_id, version=form.version_number, **by)
    )


@finance_bp.route("/allocations/<uuid:public_id>/drop", methods=["GET", "POST"])
@access(*MONEY_PLANNERS)
def drop(public_id: uuid.UUID) -> Any:
    """A plan that will not be approved."""
    found, pledge, use = _visible_allocation(public_id)
    form = ReasonForm(version=found.version)
    confirmation = _on_allocation(
        Action.CANCEL_PLAN,
        pledge,
        use,
        title=_("Drop this plan?"),
        submit=_("Drop the plan"),
        done=_("The plan is dropped."),
        will=[(_("No money moves."), True)],
        event="pledges.allocation_dropped",
        risk=True,
    )
    return confirmed(
        confirmation,
        form,
        lambda **by: services.cancel_plan(public_id, version=form.version_number, reason=form.reason.data or "", **by),
    )


@finance_bp.route("/allocations/<uuid:public_id>/release", methods=["GET", "POST"])
@access("finance_officer")
def release(public_id: uuid.UUID) -> Any:
    """What is held and not paid goes back to the pledge."""
    found, pledge, use = _visible_allocation(public_id)
    form = ReasonForm(version=found.version)
    held = format_money(use.held_minor, FUND_CURRENCY)
    confirmation = _on_allocation(
        Action.RELEASE_ALLOCATION,
        pledge,
        use,
        title=_("Release this allocation?"),
        submit=_("Release"),
        done=_("Released."),
        will=[
            (_("%(amount)s go back to the pledge and can be allocated again.", amount=held), True),
            (_("No further payments can be made from this allocation."), False),
        ],
        event="pledges.allocation_released",
        risk=True,
    )
    return confirmed(
        confirmation,
        form,
        lambda **by: services.release_allocation(
            public_id, version=form.version_number, reason=form.reason.data or "", **by
        ),
    )


@finance_bp.route("/allocations/<uuid:public_id>/pay", methods=["GET", "POST"])
@access("finance_officer")
def pay(public_id: uuid.UUID) -> Any:
    """A payment was made."""
    found, pledge, use = _visible_allocation(public_id)
    proposals = proposals_for(found)
    form = PaymentForm(value_date=today(), **_as_proposed(proposals))
    form.ask_for_line(queries.lines_of(found.id) if found.is_of_a_seat else (), use.held_minor)
    will: Will = [(_("%(amount)s are held and can be paid.", amount=format_money(use.held_minor, FUND_CURRENCY)), True)]
    will += [(f"{LINE_LABELS[one.kind]}: {' '.join(one.reasons)}", True) for one in proposals]
    if use.request.status == RequestStatus.ACCEPTED:
        will.append((_("The first payment starts the delivery of the request."), True))
    confirmation = _on_allocation(
        Action.DISBURSE,
        pledge,
        use,
        title=_("Record a payment"),
        submit=_("Record the payment"),
        done=_("Payment recorded."),
        will=will,
        event="pledges.disbursed",
    )
    return confirmed(confirmation, form, lambda **by: services.disburse(public_id, payment=form.payment(), **by))


def _as_proposed(proposals: list[Proposal]) -> dict[str, str]:
    """The payment that the address names by its line, as it is proposed."""
    for one in proposals:
        if one.amount_minor and str(one.line_id) == request.args.get("line"):
            amount = format_amount(one.amount_minor, FUND_CURRENCY)
            return {"line": str(one.line_id), "part": one.part, "amount": amount}
    return {}


@finance_bp.route("/allocations/<uuid:public_id>/recover", methods=["GET", "POST"])
@access("finance_officer")
def recover(public_id: uuid.UUID) -> Any:
    """Money came back."""
    found, pledge, use = _visible_allocation(public_id)
    form = RecoveryForm(value_date=today())
    form.ask_for_line(queries.lines_of(found.id) if found.is_of_a_seat else (), use.held_minor)
    paid = format_money(use.paid_minor, FUND_CURRENCY)
    confirmation = _on_allocation(
        Action.RECOVER,
        pledge,
        use,
        title=_("Record money recovered"),
        submit=_("Record the recovery"),
        done=_("Recovery recorded."),
        will=[
            (_("%(amount)s were paid so far.", amount=paid), True),
            (_("It is held for the request again, or free again once allocation or request is closed."), True),
        ],
        event="pledges.recovered",
    )
    return confirmed(confirmation, form, lambda **by: services.recover(public_id, payment=form.payment(), **by))
