"""The ledger by itself: transfers give the balances, acts have their numbers and post what their kind posts."""

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.extensions import db
from tracker.pledges.lifecycle import ACTS, AccountKind
from tracker.pledges.models import Act, LedgerAccount, Pledge, Transfer
from tracker.pledges.verification.finding import Finding


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


def _signs() -> Iterator[Finding]:
    """Only an account of exchange has any sign; that of the donor is never above zero, every other never below."""
    account = LedgerAccount
    is_donor, is_exchange = account.kind == AccountKind.DONOR, account.kind == AccountKind.EXCHANGE
    wrong = sa.or_(
        sa.and_(is_donor, account.balance_minor > 0),
        sa.and_(~is_donor, ~is_exchange, account.balance_minor < 0),
    )
    for row in db.session.scalars(sa.select(account).where(wrong).order_by(account.id)):
        yield Finding("ledger_accounts", str(row.id), f"{row.kind} has a balance of {row.balance_minor}")


def _strays() -> Iterator[Finding]:
    """Transfers between currencies, between pledges, for an act of another pledge, or of what is not there."""
    source, target = aliased(LedgerAccount), aliased(LedgerAccount)
    statement = (
        sa.select(Transfer.id)
        .outerjoin(Act, Act.id == Transfer.act_id)
        .outerjoin(source, source.id == Transfer.from_account_id)
        .outerjoin(target, target.id == Transfer.to_account_id)
        .where(
            sa.or_(
                Act.id.is_(None),
                source.currency.is_distinct_from(target.currency),
                source.pledge_id.is_distinct_from(Act.pledge_id),
                target.pledge_id.is_distinct_from(Act.pledge_id),
            )
        )
        .order_by(Transfer.id)
    )
    for transfer_id in db.session.scalars(statement):
        yield Finding("transfers", str(transfer_id), "it crosses currencies or pledges, or belongs to no act")


def _shapes() -> Iterator[Finding]:
    """An act posts transfers of its kind, at least one; those of a reversal are looked at beside its act's."""
    source, target = aliased(LedgerAccount), aliased(LedgerAccount)
    lawful = [(name, *pair) for name, kind in ACTS.items() for pair in kind.postings]
    posted = (
        sa.select(Act.id, Act.name, source.kind, target.kind)
        .outerjoin(Transfer, Transfer.act_id == Act.id)
        .outerjoin(source, source.id == Transfer.from_account_id)
        .outerjoin(target, target.id == Transfer.to_account_id)
        .where(
            sa.or_(
                Transfer.id.is_(None),
                sa.and_(Act.name != "reversal", sa.tuple_(Act.name, source.kind, target.kind).not_in(lawful)),
            )
        )
        .order_by(Act.id)
    )
    for act_id, name, left, came in db.session.execute(posted):
        what = f"money from {left} to {came}" if left else "nothing"
        yield Finding("acts", str(act_id), f"it posts {what}, which is no {name}")


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


CHECKS = (_strays, _balances, _signs, _sums, _numbers, _shapes, _reversals)
