"""Proves the ledger: replays every transfer and compares what it gives with what is stored."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.assistance.models import AssistanceRequest, Decision
from tracker.extensions import db
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import (
    Act,
    Allocation,
    Instalment,
    LedgerAccount,
    Pledge,
    ReceiptShare,
    RequestFunding,
    Transfer,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that is not what the transfers say."""

    table: str
    row: str
    problem: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was compared, and the first wrong row if there is one."""

    accounts: int
    acts: int
    transfers: int
    first_wrong: Finding | None


def verify() -> Report:
    """Compare everything; reads only."""
    counts = [db.session.scalar(sa.select(sa.func.count()).select_from(m)) or 0 for m in (LedgerAccount, Act, Transfer)]
    return Report(counts[0], counts[1], counts[2], next(findings(), None))


def findings() -> Iterator[Finding]:
    """Every wrong row, the most telling kind first."""
    for check in (_strays, _balances, _sums, _numbers, _reversals, _requests, _approvals, _instalments):
        yield from check()


def _replayed() -> sa.Subquery:
    """Account id and the sum of its transfers."""
    moves = sa.union_all(
        sa.select(Transfer.to_account_id.label("account_id"), Transfer.amount_minor.label("amount")),
        sa.select(Transfer.from_account_id, -Transfer.amount_minor),
    ).subquery()
    return (
        sa.select(moves.c.account_id, sa.func.sum(moves.c.amount).label("total"))
        .group_by(moves.c.account_id)
        .subquery()
    )


def _balances() -> Iterator[Finding]:
    replay = _replayed()
    total = sa.func.coalesce(replay.c.total, 0)
    statement = (
        sa.select(LedgerAccount.id, LedgerAccount.balance_minor, total)
        .outerjoin(replay, replay.c.account_id == LedgerAccount.id)
        .where(LedgerAccount.balance_minor != total)
        .order_by(LedgerAccount.id)
    )
    for account_id, stored, replayed in db.session.execute(statement):
        yield Finding("ledger_accounts", str(account_id), f"the balance is {stored}, its transfers give {replayed}")


def _sums() -> Iterator[Finding]:
    total = sa.func.sum(LedgerAccount.balance_minor)
    statement = (
        sa.select(LedgerAccount.pledge_id, LedgerAccount.currency, total)
        .group_by(LedgerAccount.pledge_id, LedgerAccount.currency)
        .having(total != 0)
        .order_by(LedgerAccount.pledge_id)
    )
    for pledge_id, currency, left in db.session.execute(statement):
        yield Finding("pledges", str(pledge_id), f"the balances in {currency} give {left}, not zero")


def _strays() -> Iterator[Finding]:
    """Transfers between currencies, between pledges, or for an act of another pledge."""
    source, target = aliased(LedgerAccount), aliased(LedgerAccount)
    statement = (
        sa.select(Transfer.id)
        .join(Act, Act.id == Transfer.act_id)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .where(
            sa.or_(
                source.currency != target.currency,
                source.pledge_id != Act.pledge_id,
                target.pledge_id != Act.pledge_id,
            )
        )
        .order_by(Transfer.id)
    )
    for transfer_id in db.session.scalars(statement):
        yield Finding("transfers", str(transfer_id), "it crosses currencies or pledges")


def _numbers() -> Iterator[Finding]:
    """Acts are numbered without a gap, so that one that is missing shows."""
    counted = (
        sa.select(Act.pledge_id, sa.func.count().label("acts"), sa.func.max(Act.number).label("last"))
        .group_by(Act.pledge_id)
        .subquery()
    )
    acts, last = sa.func.coalesce(counted.c.acts, 0), sa.func.coalesce(counted.c.last, 0)
    statement = (
        sa.select(Pledge.id, Pledge.acts_posted, acts, last)
        .outerjoin(counted, counted.c.pledge_id == Pledge.id)
        .where(sa.or_(Pledge.acts_posted != acts, last != acts))
        .order_by(Pledge.id)
    )
    for pledge_id, posted, there, highest in db.session.execute(statement):
        yield Finding(
            "acts", f"of pledge {pledge_id}", f"{posted} were posted, {there} are there, the last is {highest}"
        )


def _reversals() -> Iterator[Finding]:
    """A reversal posts the transfers of its act, exchanged, and nothing else."""
    original, reversal = aliased(Transfer), aliased(Transfer)
    reversed_acts = db.session.execute(
        sa.select(Act.id, Act.reverses_id).where(Act.reverses_id.is_not(None)).order_by(Act.id)
    ).all()
    for act_id, reverses_id in reversed_acts:
        was = sa.select(original.to_account_id, original.from_account_id, original.amount_minor)
        is_now = sa.select(reversal.from_account_id, reversal.to_account_id, reversal.amount_minor)
        before = Counter(map(tuple, db.session.execute(was.where(original.act_id == reverses_id))))
        after = Counter(map(tuple, db.session.execute(is_now.where(reversal.act_id == act_id))))
        if before != after:
            yield Finding("acts", str(act_id), f"it does not mirror act {reverses_id}")


def _requests() -> Iterator[Finding]:
    """What is counted as allocated and paid for a request is what the accounts hold."""
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
        sa.select(RequestFunding, allocated, paid_out)
        .outerjoin(sums, sums.c.request_id == RequestFunding.request_id)
        .where(sa.or_(RequestFunding.allocated_minor != allocated, RequestFunding.paid_minor != paid_out))
        .order_by(RequestFunding.request_id)
    )
    for row, held, out in db.session.execute(statement):
        said = f"{row.allocated_minor} allocated and {row.paid_minor} paid"
        yield Finding("request_funding", str(row.request_id), f"it says {said}, the accounts {held} and {out}")


def _approvals() -> Iterator[Finding]:
    """What a request may get is what the decision in force says."""
    statement = (
        sa.select(RequestFunding.request_id, RequestFunding.approved_minor, Decision.amount_minor)
        .join(AssistanceRequest, AssistanceRequest.id == RequestFunding.request_id)
        .join(Decision, Decision.id == AssistanceRequest.decision_id)
        .where(RequestFunding.approved_minor != Decision.amount_minor)
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
