"""Money out of an allocation, and money that comes back from it."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.assistance.implementation import services as assistance
from tracker.assistance.lifecycle import Status as RequestStatus
from tracker.assistance.models import AssistanceRequest
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.events import record
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.money import FUND_CURRENCY
from tracker.pledges import funding, ledger, payment_doors, queries
from tracker.pledges.actions import Action
from tracker.pledges.ledger import Posting, Step, fund
from tracker.pledges.lifecycle import METHODS, PAYEE_KINDS, AccountKind, AllocationStatus
from tracker.pledges.models import Allocation, Disbursement, Pledge
from tracker.pledges.paying_seats import why_not_paid
from tracker.pledges.policies import RULES
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.services.bookings import must_be_new, must_be_new_for_the_line, problem_of_day
from tracker.pledges.services.lines_paid import line_paid, line_recovered
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as the office's finance system knows it, in the fund's minor units (USD). `seat_line_id` and the `part`
    of that line are said where the allocation is a seat's."""

    amount_minor: int
    value_date: date
    external_reference: str
    payee_kind: str
    method: str
    note: str = ""
    seat_line_id: int | None = None
    part: str = ""


@verb
def disburse(public_id: uuid.UUID, *, actor: Actor, payment: Payment) -> str:
    """Record a payment out of what is held; the first one begins the implementation. Gives its public id.

    For a seat no more than its line can take (`pledges.seat_lines.payable`). Raises Invalid by field.
    """
    allocation, pledge = queries.get_allocation(public_id, actor)
    authorize(RULES, Action.DISBURSE, actor, rule_facts_of(allocation))
    _check(payment, pledge, ledger.balance(pledge.id, fund(AccountKind.HELD, allocation.id)))
    _start_implementation(allocation.request_id, actor)
    funding.pay(allocation.request_id, payment.amount_minor)
    # Nobody else moves the request's money or its seats now, so that what is read here stays true.
    if (why := why_not_paid(allocation.seat_id)) is not None:
        raise Conflict(why)
    line_paid(allocation, payment, ledger.balance(pledge.id, fund(AccountKind.HELD, allocation.id)))
    _must_be_new("paid", payment, allocation)
    posting = Posting(
        fund(AccountKind.HELD, allocation.id), fund(AccountKind.PAID, allocation.id), payment.amount_minor
    )
    return _book("disburse", posting, allocation, pledge, (actor, payment))


@verb
def recover(public_id: uuid.UUID, *, actor: Actor, payment: Payment) -> str:
    """Record money that came back: held for the request again, or free once the allocation or the request closed."""
    allocation, pledge = queries.get_allocation(public_id, actor)
    authorize(RULES, Action.RECOVER, actor, rule_facts_of(allocation))
    _check(payment, pledge, ledger.balance(pledge.id, fund(AccountKind.PAID, allocation.id)))
    funding.hold(allocation.request_id)
    db.session.refresh(allocation)  # whoever held the request before may have closed it
    line_recovered(allocation, payment)
    _must_be_new("recovered", payment, allocation)
    keep = allocation.status == AllocationStatus.APPROVED and funding.is_open(allocation.request_id)
    funding.recover(allocation.request_id, payment.amount_minor, keep=keep, of_seat=allocation.is_of_a_seat)
    target = fund(AccountKind.HELD, allocation.id) if keep else fund(AccountKind.AVAILABLE)
    posting = Posting(fund(AccountKind.PAID, allocation.id), target, payment.amount_minor)
    return _book("recover", posting, allocation, pledge, (actor, payment))


def _book(
    act_name: str, posting: Posting, allocation: Allocation, pledge: Pledge, by_and_what: tuple[Actor, Payment]
) -> str:
    actor, payment = by_and_what
    event = record(
        "pledges.disbursed" if act_name == "disburse" else "pledges.recovered",
        pledge,
        actor=actor,
        also_about=(AssistanceRequest, [allocation.request_id]),
        allocation_id=allocation.id,
        request_id=allocation.request_id,
        seat_line_id=payment.seat_line_id,
        amount_minor=payment.amount_minor,
    )
    step = Step(
        act_name,
        actor,
        event,
        value_date=payment.value_date,
        external_reference=payment.external_reference,
        note=payment.note,
    )
    act = ledger.post(pledge.id, [posting], step)
    row = Disbursement(
        allocation_id=allocation.id,
        act_id=act.id,
        direction="paid" if act_name == "disburse" else "recovered",
        amount_minor=payment.amount_minor,
        payee_kind=payment.payee_kind,
        method=payment.method,
        seat_line_id=payment.seat_line_id,
        part=payment.part if payment.seat_line_id is not None and act_name == "disburse" else None,
    )
    db.session.add(row)
    db.session.flush()
    if row.direction == "paid":
        payment_doors.tell_paid(row, allocation, actor)
    return str(row.public_id)


def _start_implementation(request_id: int, by: Actor) -> None:
    """Money that is spent is an implementation that began. The request's row is taken before any row of money."""
    request = db.session.get_one(AssistanceRequest, request_id, populate_existing=True)
    if request.status == RequestStatus.ACCEPTED:
        assistance.start_implementation(
            request.public_id, actor=Actor.system, version=request.version, paid_by_id=by.person_id
        )


def _must_be_new(direction: str, payment: Payment, allocation: Allocation) -> None:
    """The request's money is held by now, so that nobody else pays from the allocation meanwhile."""
    if payment.seat_line_id is not None:
        must_be_new_for_the_line(direction, payment)
        return
    of_the_same = (Disbursement.allocation_id == allocation.id, Disbursement.direction == direction)
    must_be_new(Disbursement, payment, *of_the_same)


def _check(payment: Payment, pledge: Pledge, most_minor: int) -> None:
    """`most_minor` is what the account has now; that nobody was faster is seen when the act is posted."""
    problems: dict[str, Any] = {}
    if not 0 < payment.amount_minor <= most_minor:
        most = format_money(most_minor, FUND_CURRENCY)
        problems["amount"] = lazy("Enter an amount above zero, at most %(most)s.", most=most)
    if (problem := problem_of_day(payment.value_date, pledge)) is not None:
        problems["value_date"] = problem
    if not shown(payment.external_reference):
        problems["external_reference"] = lazy("Enter the reference of the finance system or the bank.")
    if payment.payee_kind not in PAYEE_KINDS:
        problems["payee_kind"] = lazy("Choose who was paid.")
    if payment.method not in METHODS:
        problems["method"] = lazy("Choose how it was paid.")
    if problems:
        raise Invalid(fields=problems)
