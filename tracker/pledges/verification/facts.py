"""The facts beside the ledger: pledges, instalments, receipts, allocations, payments and the money of requests."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.assistance.models import AssistanceRequest, Decision
from tracker.extensions import db
from tracker.pledges.lifecycle import AccountKind, AllocationStatus
from tracker.pledges.models import (
    Act,
    Allocation,
    Disbursement,
    Instalment,
    LedgerAccount,
    Pledge,
    Receipt,
    ReceiptShare,
    RequestFunding,
    Transfer,
)
from tracker.pledges.verification.finding import Finding

K = AccountKind


def _moved(**ways: tuple[tuple[AccountKind, AccountKind], ...]) -> sa.Subquery:
    """What each act moved in the ways named (from one kind of account to another), and for which allocation."""
    source, target = aliased(LedgerAccount), aliased(LedgerAccount)
    sums = [
        sa.func.sum(sa.case((sa.tuple_(source.kind, target.kind).in_(pairs), Transfer.amount_minor), else_=0)).label(
            way
        )
        for way, pairs in ways.items()
    ]
    allocation_id = sa.func.max(sa.func.coalesce(source.allocation_id, target.allocation_id)).label("allocation_id")
    return (
        sa.select(Transfer.act_id, allocation_id, *sums)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .group_by(Transfer.act_id)
        .subquery()
    )


def _receipts() -> Iterator[Finding]:
    """Every receipt says what its act posted, and no act of a receipt is without one."""
    moved = _moved(
        applied=((K.EXPECTED, K.EXCHANGE),),
        unapplied=((K.DONOR, K.UNAPPLIED),),
        charge=((K.EXPECTED, K.LOST),),
        support=((K.EXCHANGE, K.SUPPORT),),
        fund=((K.EXCHANGE, K.AVAILABLE), (K.EXCHANGE, K.SUPPORT)),
    )
    parts = ("applied", "unapplied", "charge", "support", "fund")
    differs = [getattr(Receipt, f"{part}_minor").is_distinct_from(moved.c[part]) for part in parts]
    statement = (
        sa.select(Act.id)
        .outerjoin(Receipt, Receipt.act_id == Act.id)
        .outerjoin(moved, moved.c.act_id == Act.id)
        .where(Act.name == "receipt", sa.or_(Receipt.pledge_id.is_distinct_from(Act.pledge_id), *differs))
        .order_by(Act.id)
    )
    for act_id in db.session.scalars(statement):
        yield Finding("receipts", f"of act {act_id}", "it is missing or not what the act posted")


def _payments() -> Iterator[Finding]:
    """Every payment and recovery says what its act posted for its allocation, and none is missing."""
    moved = _moved(amount=((K.HELD, K.PAID), (K.PAID, K.HELD), (K.PAID, K.AVAILABLE)))
    wrong = sa.or_(
        Disbursement.direction.is_distinct_from(sa.case((Act.name == "disburse", "paid"), else_="recovered")),
        Disbursement.amount_minor.is_distinct_from(moved.c.amount),
        Disbursement.allocation_id.is_distinct_from(moved.c.allocation_id),
    )
    statement = (
        sa.select(Act.id)
        .outerjoin(Disbursement, Disbursement.act_id == Act.id)
        .outerjoin(moved, moved.c.act_id == Act.id)
        .where(Act.name.in_(("disburse", "recover")), wrong)
        .order_by(Act.id)
    )
    for act_id in db.session.scalars(statement):
        yield Finding("disbursements", f"of act {act_id}", "it is missing or not what the act posted")


def _allocations() -> Iterator[Finding]:
    """What was approved for a request was held for it, and nothing is held by what has ended."""
    source, target, held = aliased(LedgerAccount), aliased(LedgerAccount), aliased(LedgerAccount)
    posted = (
        sa.select(target.allocation_id, sa.func.sum(Transfer.amount_minor).label("total"))
        .join(target, target.id == Transfer.to_account_id)
        .join(source, source.id == Transfer.from_account_id)
        .where(source.kind == K.AVAILABLE, target.kind == K.HELD)
        .group_by(target.allocation_id)
        .subquery()
    )
    due = sa.case((Allocation.approved_at.is_not(None), Allocation.amount_minor), else_=0)
    approved = sa.func.coalesce(posted.c.total, 0)
    ended = Allocation.status.in_((AllocationStatus.RELEASED, AllocationStatus.CLOSED))
    statement = (
        sa.select(Allocation.id, due, approved)
        .outerjoin(posted, posted.c.allocation_id == Allocation.id)
        .outerjoin(held, sa.and_(held.allocation_id == Allocation.id, held.kind == K.HELD))
        .where(sa.or_(due != approved, sa.and_(ended, held.balance_minor != 0)))
        .order_by(Allocation.id)
    )
    for allocation_id, said, was_posted in db.session.execute(statement):
        yield Finding("allocations", str(allocation_id), f"{said} approved, {was_posted} posted, or held after its end")


def _promises() -> Iterator[Finding]:
    """A pledge amounts to what was accepted and raised, less what was reduced; what is expected is outstanding."""
    left = Instalment.amount_minor - Instalment.received_minor - Instalment.cancelled_minor
    parts = sa.select(Instalment.pledge_id, sa.func.sum(left).label("total")).group_by(Instalment.pledge_id).subquery()
    signed = sa.case((Act.name == "reduce", -Transfer.amount_minor), else_=Transfer.amount_minor)
    posted = (
        sa.select(Act.pledge_id, sa.func.sum(signed).label("total"))
        .join(Transfer, Transfer.act_id == Act.id)
        .where(Act.name.in_(("accept", "raise", "reduce")))
        .group_by(Act.pledge_id)
        .subquery()
    )
    promised, outstanding = sa.func.coalesce(posted.c.total, 0), sa.func.coalesce(parts.c.total, 0)
    statement = (
        sa.select(Pledge.id, Pledge.amount_minor, promised, LedgerAccount.balance_minor, outstanding)
        .join(LedgerAccount, sa.and_(LedgerAccount.pledge_id == Pledge.id, LedgerAccount.kind == K.EXPECTED))
        .outerjoin(posted, posted.c.pledge_id == Pledge.id)
        .outerjoin(parts, parts.c.pledge_id == Pledge.id)
        .where(sa.or_(Pledge.amount_minor != promised, LedgerAccount.balance_minor != outstanding))
        .order_by(Pledge.id)
    )
    for pledge_id, amount, was_posted, expected, to_come in db.session.execute(statement):
        said = f"it says {amount}, its acts {was_posted}; {expected} is expected, its instalments leave {to_come}"
        yield Finding("pledges", str(pledge_id), said)


def _requests() -> Iterator[Finding]:
    """What is counted as allocated and paid for a request is what the accounts hold, and it is counted."""
    paid = sa.case((LedgerAccount.kind == AccountKind.PAID, LedgerAccount.balance_minor), else_=0)
    sums = (
        sa.select(
            Allocation.request_id,
            sa.func.sum(LedgerAccount.balance_minor).label("allocated"),
            sa.func.sum(paid).label("paid"),
        )
        .join(LedgerAccount, LedgerAccount.allocation_id == Allocation.id)
        .group_by(Allocation.request_id)
        .subquery()
    )
    allocated, paid_out = sa.func.coalesce(sums.c.allocated, 0), sa.func.coalesce(sums.c.paid, 0)
    statement = (
        sa.select(AssistanceRequest.id, RequestFunding.allocated_minor, RequestFunding.paid_minor, allocated, paid_out)
        .outerjoin(RequestFunding, RequestFunding.request_id == AssistanceRequest.id)
        .outerjoin(sums, sums.c.request_id == AssistanceRequest.id)
        .where(
            sa.or_(
                sa.func.coalesce(RequestFunding.allocated_minor, 0) != allocated,
                sa.func.coalesce(RequestFunding.paid_minor, 0) != paid_out,
            )
        )
        .order_by(AssistanceRequest.id)
    )
    for request_id, said, said_paid, held, out in db.session.execute(statement):
        problem = f"it says {said} allocated and {said_paid} paid, the accounts {held} and {out}"
        yield Finding("request_funding", str(request_id), problem)


def _approvals() -> Iterator[Finding]:
    """What a request may get beside its seats is what the decision in force says."""
    beside_seats = RequestFunding.approved_minor - RequestFunding.seats_minor
    statement = (
        sa.select(RequestFunding.request_id, beside_seats, Decision.amount_minor)
        .join(AssistanceRequest, AssistanceRequest.id == RequestFunding.request_id)
        .join(Decision, Decision.id == AssistanceRequest.decision_id)
        .where(beside_seats != sa.func.coalesce(Decision.amount_minor, 0))
        .order_by(RequestFunding.request_id)
    )
    for request_id, approved, said in db.session.execute(statement):
        yield Finding("request_funding", str(request_id), f"{approved} approved, the decision in force says {said}")


def _instalments() -> Iterator[Finding]:
    """What an instalment received is the sum of its shares in receipts that stand."""
    reversal = aliased(Act)
    standing = (
        sa.select(ReceiptShare.instalment_id, sa.func.sum(ReceiptShare.amount_minor).label("total"))
        .outerjoin(reversal, reversal.reverses_id == ReceiptShare.act_id)
        .where(reversal.id.is_(None))
        .group_by(ReceiptShare.instalment_id)
        .subquery()
    )
    total = sa.func.coalesce(standing.c.total, 0)
    statement = (
        sa.select(Instalment.id, Instalment.received_minor, total)
        .join(Pledge, Pledge.id == Instalment.pledge_id)
        .outerjoin(standing, standing.c.instalment_id == Instalment.id)
        .where(Instalment.received_minor != total, Pledge.origin != "imported")
        .order_by(Instalment.id)
    )
    for instalment_id, received, shares in db.session.execute(statement):
        yield Finding("instalments", str(instalment_id), f"{received} received, its receipts give {shares}")


CHECKS = (_receipts, _payments, _allocations, _promises, _instalments, _requests, _approvals)
