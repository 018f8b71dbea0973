"""A step that was recorded wrongly is never changed: the same transfers are posted once more, exchanged. One person
proposes it, another confirms it (`proposed_acts.reversal`)."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import update_where
from tracker.errors import Conflict
from tracker.events import record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges import funding, ledger, payment_doors, queries
from tracker.pledges.ledger import InsufficientBalance, Posting, Slot, Step, fund
from tracker.pledges.lifecycle import ACTS, AccountKind, AllocationStatus
from tracker.pledges.models import (
    Act,
    Allocation,
    Disbursement,
    Instalment,
    LedgerAccount,
    Pledge,
    ReceiptShare,
    Transfer,
)
from tracker.pledges.paying_seats import why_not_paid
from tracker.pledges.services.lines_paid import line_allows_reversal
from tracker.rights.actor import Actor


def undo(act: Act, *, actor: Actor, reason: str) -> None:
    """Post the transfers of a step once more, exchanged, in the transaction of whoever asked its rule. Raises Conflict
    with what to take back first."""
    payment = payment_of(act)
    if payment is not None:
        funding.hold(payment[1].request_id)
        db.session.refresh(payment[1])  # whoever held the request before may have closed the allocation
    ledger.hold(act.pledge_id)
    _must_be_the_first(act)
    _undo_facts(act, payment)
    pledge = db.session.get_one(Pledge, act.pledge_id)
    of_request = (AssistanceRequest, [payment[1].request_id]) if payment is not None else None
    event = record("pledges.reversed", pledge, actor=actor, also_about=of_request, act_id=act.id, act=act.name)
    step = Step("reversal", actor, event, reverses_id=act.id, note=reason)
    try:
        ledger.post(pledge.id, _exchanged(act), step)
    except InsufficientBalance as short:
        raise _name_what_is_first(act, short) from short
    if payment is not None:
        payment_doors.tell_reversed(*payment, actor)


def must_be_possible(act: Act) -> None:
    """Raise the Conflict with which `undo` would refuse to take a step back as things stand."""
    _must_be_reversible(act)
    payment = payment_of(act)
    _must_be_the_first(act)
    if payment is not None:
        _payment_can_be_undone(act, *payment)
    try:
        ledger.must_fit(act.pledge_id, _exchanged(act))
    except InsufficientBalance as short:
        raise _name_what_is_first(act, short) from short


def _exchanged(act: Act) -> list[Posting]:
    return [Posting(one.target, one.source, one.amount_minor) for one in queries.postings_of(act.id)]


def _must_be_reversible(act: Act) -> None:
    instead = ACTS[act.name].opposite
    if instead is not None:
        raise Conflict(instead)


def _must_be_the_first(act: Act) -> None:
    if db.session.scalar(sa.select(Act.id).where(Act.reverses_id == act.id)):
        raise Conflict(lazy("This step is reversed already."))


def payment_of(act: Act) -> tuple[Disbursement, Allocation] | None:
    """The payment or recovery that a step books, with the allocation that pays; None for any other step."""
    statement = (
        sa.select(Disbursement, Allocation)
        .join(Allocation, Allocation.id == Disbursement.allocation_id)
        .where(Disbursement.act_id == act.id)
    )
    row = db.session.execute(statement).one_or_none()
    return (row[0], row[1]) if row else None


def _undo_facts(act: Act, payment: tuple[Disbursement, Allocation] | None) -> None:
    """Put the rows beside the ledger back: instalments for a receipt, the request's money for a payment."""
    if act.name == "receipt":
        for share in db.session.scalars(sa.select(ReceiptShare).where(ReceiptShare.act_id == act.id)):
            update_where(
                Instalment,
                Instalment.id == share.instalment_id,
                received_minor=Instalment.received_minor - share.amount_minor,
            )
    elif payment is not None:
        _undo_payment(act, *payment)


def _undo_payment(act: Act, payment: Disbursement, allocation: Allocation) -> None:
    _payment_can_be_undone(act, payment, allocation)
    if act.name == "disburse":
        funding.recover(allocation.request_id, payment.amount_minor, keep=True, of_seat=allocation.is_of_a_seat)
    elif _was_kept(act):
        funding.pay(allocation.request_id, payment.amount_minor)
    else:
        funding.pay_again(allocation.request_id, payment.amount_minor, of_seat=allocation.is_of_a_seat)


def _payment_can_be_undone(act: Act, payment: Disbursement, allocation: Allocation) -> None:
    if act.name == "recover" and (why := why_not_paid(allocation.seat_id, again=True)) is not None:
        raise Conflict(why)
    if act.name == "recover" and not _was_kept(act):
        return
    if allocation.status != AllocationStatus.APPROVED:
        raise Conflict(lazy("The allocation is closed. Record a recovery or a new allocation instead."))
    held = ledger.balance(act.pledge_id, fund(AccountKind.HELD, allocation.id))
    line_allows_reversal(act.name, payment, allocation, held)


def _was_kept(act: Act) -> bool:
    """Whether what was recovered stayed held for the request."""
    return any(posting.target.kind == AccountKind.HELD for posting in queries.postings_of(act.id))


def _took_it_away(act: Act, slot: Slot) -> Any:
    """Number and name of the latest later step that took money from the account and keeps it, or None."""
    reversal, target, held_for = aliased(Act), aliased(LedgerAccount), aliased(Allocation)
    account = sa.select(LedgerAccount.id).where(
        LedgerAccount.pledge_id == act.pledge_id,
        LedgerAccount.kind == slot.kind,
        LedgerAccount.currency == slot.currency,
        LedgerAccount.allocation_id == slot.allocation_id,
    )
    statement = (
        sa.select(Act.number, Act.name)
        .join(Transfer, Transfer.act_id == Act.id)
        .join(target, target.id == Transfer.to_account_id)
        .outerjoin(held_for, held_for.id == target.allocation_id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .where(
            Act.pledge_id == act.pledge_id,
            Act.number > act.number,
            Act.name != "reversal",
            reversal.id.is_(None),
            Transfer.from_account_id.in_(account),
            sa.or_(held_for.status.is_(None), held_for.status != AllocationStatus.RELEASED),
        )
        .order_by(Act.number.desc())
        .limit(1)
    )
    return db.session.execute(statement).first()


def _name_what_is_first(act: Act, short: InsufficientBalance) -> Conflict:
    """The refusal that says which step has to be taken back first, and how."""
    later = _took_it_away(act, short.slot)
    if later is None:
        return short
    kind = ACTS[later.name]
    if kind.opposite is not None:
        return Conflict(
            lazy(
                "The money has gone on with step %(number)d: %(name)s. That step is not reversed. %(instead)s",
                number=later.number,
                name=kind.label,
                instead=kind.opposite,
            )
        )
    return Conflict(
        lazy("The money has gone on. Take back step %(number)d first: %(name)s.", number=later.number, name=kind.label)
    )
