"""How far a request is funded: one row a request, changed by conditional UPDATEs together with the ledger.

The row is taken before the pledge's and the accounts', always in this order, so that two acts never wait for
each other. It is shut in the transaction that ends the request.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.database.transactions import update_where
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, Pledge, RequestFunding

F = RequestFunding


def approve(request_id: int, approved_minor: int) -> None:
    """Set what a request may get (USD) beside its seats, when it is accepted or its decision is amended.

    Raises Conflict, with the sentence of `shortfall`, when more is allocated already.
    """
    session = db.session()
    insert = postgresql.insert if session.connection().dialect.name == "postgresql" else sqlite.insert
    added = session.execute(
        insert(F)
        .values(request_id=request_id, approved_minor=approved_minor, allocated_minor=0, paid_minor=0, open=True)
        .on_conflict_do_nothing()
        .returning(F.request_id)
    )
    if added.first() is not None:
        return
    changed = update_where(
        F,
        F.request_id == request_id,
        F.allocated_minor - F.seats_minor <= approved_minor,
        approved_minor=F.seats_minor + approved_minor,
        open=True,
    )
    if not changed:
        raise Conflict(shortfall(request_id, approved_minor) or lazy("Money moved meanwhile: open the page again."))


def shortfall(request_id: int, approved_minor: int) -> Any:
    """The sentence that refuses to approve less (USD) than is allocated, naming what to release; None when it fits."""
    beside_seats = F.allocated_minor - F.seats_minor
    money = db.session.execute(
        sa.select(beside_seats.label("allocated_minor"), F.paid_minor).where(F.request_id == request_id)
    ).first()
    if money is None or money.allocated_minor <= approved_minor:
        return None
    if money.paid_minor > approved_minor:
        return lazy(
            "%(paid)s is paid already: the amount cannot be less.", paid=format_money(money.paid_minor, FUND_CURRENCY)
        )
    held = [f"{reference} ({format_money(amount, FUND_CURRENCY)})" for reference, amount in _held_by(request_id)]
    return lazy(
        "%(allocated)s is allocated already: the amount cannot be less. "
        "Release at least %(over)s first of what is held: %(held)s.",
        allocated=format_money(money.allocated_minor, FUND_CURRENCY),
        over=format_money(money.allocated_minor - approved_minor, FUND_CURRENCY),
        held=", ".join(held),
    )


def _held_by(request_id: int) -> list[tuple[str, int]]:
    """What each pledge holds for the request and has not paid, by the pledge's reference."""
    rows = db.session.execute(
        sa.select(Pledge.reference, sa.func.sum(LedgerAccount.balance_minor).label("held"))
        .join(Allocation, Allocation.pledge_id == Pledge.id)
        .join(LedgerAccount, LedgerAccount.allocation_id == Allocation.id)
        .where(
            Allocation.request_id == request_id,
            LedgerAccount.kind == AccountKind.HELD,
            LedgerAccount.balance_minor > 0,
        )
        .group_by(Pledge.id, Pledge.reference)
        .order_by(Pledge.id)
    )
    return [(row.reference, int(row.held)) for row in rows]


def hold(request_id: int) -> None:
    """Keep other acts on the request's money waiting until the commit."""
    db.session.execute(sa.select(F.request_id).where(F.request_id == request_id).with_for_update())


def hold_all(request_ids: Collection[int]) -> None:
    """The same for several requests, in the order of their ids; one statement."""
    rows = sa.select(F.request_id).where(F.request_id.in_(request_ids)).order_by(F.request_id)
    db.session.execute(rows.with_for_update()).all()


def shut(request_id: int) -> None:
    """The request ended: nothing more is allocated to it or paid for it."""
    update_where(F, F.request_id == request_id, open=False)


def allocate(request_id: int, amount_minor: int) -> None:
    """Count an allocation in. Raises Conflict when the request ended or would get more than was approved."""
    after = F.allocated_minor + amount_minor
    if not update_where(F, F.request_id == request_id, F.open, after <= F.approved_minor, allocated_minor=after):
        raise Conflict(
            lazy("The request takes no money now, or would get more than was approved. Plan a smaller allocation.")
        )


def give_seats(request_id: int, amount_minor: int) -> bool:
    """Approve and allocate money for seats of a request in one step; False when the request takes none any more."""
    more = _with_seats(amount_minor) | {"allocated_minor": F.allocated_minor + amount_minor}
    return update_where(F, F.request_id == request_id, F.open, **more) == 1


def _with_seats(amount_minor: int) -> dict[str, Any]:
    """What is held and paid for seats is approved with them, neither more nor less."""
    return {"approved_minor": F.approved_minor + amount_minor, "seats_minor": F.seats_minor + amount_minor}


def give_back(request_id: int, amount_minor: int, *, of_seat: bool) -> None:
    """Count released money out."""
    change = {"allocated_minor": F.allocated_minor - amount_minor} | (_with_seats(-amount_minor) if of_seat else {})
    _one(update_where(F, F.request_id == request_id, **change))


def pay(request_id: int, amount_minor: int) -> None:
    """Count a payment in. Raises Conflict when the request ended."""
    after = F.paid_minor + amount_minor
    if not update_where(F, F.request_id == request_id, F.open, after <= F.allocated_minor, paid_minor=after):
        raise Conflict(lazy("The request takes no payments now, or this is more than is held for it."))


def recover(request_id: int, amount_minor: int, *, keep: bool, of_seat: bool) -> None:
    """Count recovered money out of what was paid; it stays allocated when `keep`."""
    change: dict[str, Any] = {"paid_minor": F.paid_minor - amount_minor}
    if not keep:
        change["allocated_minor"] = F.allocated_minor - amount_minor
        change |= _with_seats(-amount_minor) if of_seat else {}
    _one(update_where(F, F.request_id == request_id, F.paid_minor >= amount_minor, **change))


def pay_again(request_id: int, amount_minor: int, *, of_seat: bool) -> None:
    """A recovery that had gone back to the pledge is reversed: it is allocated and paid once more."""
    after = F.allocated_minor + amount_minor
    changed = update_where(
        F,
        F.request_id == request_id,
        sa.true() if of_seat else after <= F.approved_minor,
        allocated_minor=after,
        paid_minor=F.paid_minor + amount_minor,
        **(_with_seats(amount_minor) if of_seat else {}),
    )
    if not changed:
        raise Conflict(lazy("The request would get more than was approved."))


def is_open(request_id: int) -> bool:
    """Whether the request can still get money."""
    return bool(db.session.scalar(sa.select(F.open).where(F.request_id == request_id)))


def _one(changed: int) -> None:
    if changed != 1:
        raise Conflict(lazy("That is more than was paid."))
