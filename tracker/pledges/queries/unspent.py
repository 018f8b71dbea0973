"""Money of pledges that give no more: it came in, nobody spent it, and it is due back to the donor."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation
from tracker.calendar.now import VIENNA, today
from tracker.pledges.lifecycle import AccountKind, Status
from tracker.pledges.models import LedgerAccount, Pledge
from tracker.pledges.queries.donors import donor_name

PAGE = 50


@dataclass(frozen=True, slots=True)
class ToGiveBack:
    """A pledge that gives no more and still holds money: `unspent_minor` in the fund's currency, and `surplus_minor`,
    which came in beyond it, in its own. `total_minor` and `of_all` are the sum and the length of the whole list."""

    public_id: uuid.UUID
    reference: str
    status: str
    currency: str
    donor: str
    over_since: date
    unspent_minor: int
    surplus_minor: int
    total_minor: int
    of_all: int


def gives_money() -> sa.ColumnElement[bool]:
    """Whether the row's pledge can still be allocated from today; `Pledge.gives_on` says the same of a loaded one."""
    return sa.and_(Pledge.status == Status.ACCEPTED, sa.or_(Pledge.ends_on.is_(None), Pledge.ends_on >= today()))


def select_to_give_back(limit: int = PAGE) -> sa.Select[*tuple[Any, ...]]:
    """The statement behind `as_to_give_back`: pledges that give no more and still hold money, those over longest."""
    unspent, surplus = aliased(LedgerAccount), aliased(LedgerAccount)
    last_day = sa.func.coalesce(sa.func.date(Pledge.ended_at), sa.func.date(Pledge.ends_on))
    return (
        sa.select(
            Pledge.id,
            Pledge.public_id,
            Pledge.reference,
            Pledge.status,
            Pledge.currency,
            Pledge.ended_at,
            Pledge.ends_on,
            Organisation.name,
            Organisation.state_iso3,
            unspent.balance_minor.label("unspent_minor"),
            surplus.balance_minor.label("surplus_minor"),
            sa.func.sum(unspent.balance_minor).over().label("total_minor"),
            sa.func.count().over().label("of_all"),
        )
        .select_from(Pledge)
        .join(Organisation, Organisation.id == Pledge.donor_id)
        .join(unspent, _account_of_pledge(unspent, AccountKind.AVAILABLE))
        .join(surplus, _account_of_pledge(surplus, AccountKind.UNAPPLIED))
        .where(~gives_money(), sa.or_(unspent.balance_minor > 0, surplus.balance_minor > 0))
        .order_by(last_day, Pledge.id)
        .limit(limit)
    )


def _account_of_pledge(account: Any, kind: AccountKind) -> sa.ColumnElement[bool]:
    return sa.and_(account.pledge_id == Pledge.id, account.kind == kind, account.allocation_id.is_(None))


def as_to_give_back(rows: Iterable[Any]) -> list[ToGiveBack]:
    """Lines of Finance's list from rows of `select_to_give_back`, those over longest first."""
    lines = [(_over_since(row), row.id, row) for row in rows]
    return [_as_line(over_since, row) for over_since, _id, row in sorted(lines, key=lambda line: line[:2])]


def _over_since(row: Any) -> date:
    return row.ended_at.astimezone(VIENNA).date() if row.ended_at else row.ends_on


def _as_line(over_since: date, row: Any) -> ToGiveBack:
    return ToGiveBack(
        public_id=row.public_id,
        reference=row.reference,
        status=row.status,
        currency=row.currency,
        donor=donor_name(row.name, row.state_iso3),
        over_since=over_since,
        unspent_minor=row.unspent_minor,
        surplus_minor=row.surplus_minor,
        total_minor=int(row.total_minor),
        of_all=row.of_all,
    )
