"""The ledger of a pledge: every step is an act, an act posts transfers, a balance is the sum of its transfers.

One act changes each account it touches by one conditional UPDATE, in the order of account ids, after it took the
pledge's next act number. That UPDATE of the pledge also holds other acts on it off until the commit, so that a
status that allows an act cannot change under it. The CHECKs on the balances say the same once more.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.database.transactions import in_transaction, update_where
from tracker.errors import Conflict
from tracker.events import Event
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges.lifecycle import (
    ACCOUNT_LABELS,
    ACTS,
    IN_FUND_CURRENCY,
    IN_PLEDGE_CURRENCY,
    OF_ALLOCATION,
    AccountKind,
)
from tracker.pledges.models import Act, LedgerAccount, Pledge, Transfer
from tracker.reference.queries import Rate
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Slot:
    """Which account of the pledge is meant; `currency` tells the two exchange and donor accounts apart."""

    kind: AccountKind
    currency: str
    allocation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount in minor units on its way from one account to another of the same currency."""

    source: Slot
    target: Slot
    amount_minor: int

    def __post_init__(self) -> None:
        if self.source.currency != self.target.currency:
            raise ValueError("A transfer never changes the currency.")


@dataclass(frozen=True, slots=True)
class Step:
    """What an act says about itself, beside its transfers."""

    name: str
    actor: Actor
    event: Event
    value_date: date | None = None
    external_reference: str | None = None
    reverses_id: int | None = None
    note: str | None = None
    rate: Rate | None = None


class InsufficientBalance(Conflict):
    """An account holds too little for the act; `slot` says which."""

    def __init__(self, message: Any, slot: Slot) -> None:
        super().__init__(message)
        self.slot = slot


def fund(kind: AccountKind, allocation_id: int | None = None) -> Slot:
    """An account in the fund's currency."""
    return Slot(kind, FUND_CURRENCY, allocation_id)


def open_accounts(pledge: Pledge) -> None:
    """The accounts of a pledge that is being accepted, all at zero."""
    slots = {(kind, pledge.currency) for kind in IN_PLEDGE_CURRENCY}
    slots |= {(kind, FUND_CURRENCY) for kind in IN_FUND_CURRENCY}
    db.session.add_all(
        LedgerAccount(pledge_id=pledge.id, kind=kind, currency=currency) for kind, currency in sorted(slots)
    )
    db.session.flush()


def open_allocation_accounts(pledge_id: int, allocation_id: int) -> None:
    """Where the money of one allocation is held, and what of it was paid."""
    db.session.add_all(
        LedgerAccount(pledge_id=pledge_id, kind=kind, currency=FUND_CURRENCY, allocation_id=allocation_id)
        for kind in OF_ALLOCATION
    )
    db.session.flush()


def post(pledge_id: int, postings: Sequence[Posting], step: Step) -> Act:
    """Post one act. Raises Conflict with a sentence when the pledge's status or an account's balance forbids it.

    Postings of zero are left out; at least one must remain. Balances are judged by the act's whole effect.
    """
    if not in_transaction():
        raise RuntimeError("An act was posted outside a transaction.")
    postings = _of_the_act(step.name, postings)
    number = take_number(pledge_id, step.name)
    accounts = _accounts(pledge_id, postings)
    _move(accounts, postings)
    act = Act(
        pledge_id=pledge_id,
        number=number,
        name=step.name,
        actor_person_id=step.actor.person_id,
        event_id=step.event.id,
        value_date=step.value_date or today(),
        external_reference=step.external_reference or None,
        reverses_id=step.reverses_id,
        note=step.note or None,
        rate=step.rate and step.rate.units_per_usd,
        rate_date=step.rate and step.rate.valid_from,
        rate_source=step.rate and step.rate.source,
    )
    db.session.add(act)
    db.session.flush()
    rows = [
        {
            "act_id": act.id,
            "from_account_id": accounts[posting.source].id,
            "to_account_id": accounts[posting.target].id,
            "amount_minor": posting.amount_minor,
        }
        for posting in postings
    ]
    db.session.execute(sa.insert(Transfer), rows)
    return act


def _of_the_act(act_name: str, postings: Sequence[Posting]) -> list[Posting]:
    """The postings that move something. Raises ValueError when there are none, or ones that the act does not make."""
    moving = [posting for posting in postings if posting.amount_minor]
    if not moving or any(posting.amount_minor < 0 for posting in moving):
        raise ValueError("An act posts amounts above zero.")
    lawful = ACTS[act_name].postings
    if lawful and any((posting.source.kind, posting.target.kind) not in lawful for posting in moving):
        raise ValueError(f"That is no {act_name}.")
    return moving


def hold(pledge_id: int) -> None:
    """Keep other acts on the pledge waiting until the commit, so that balances read from now on stay true."""
    db.session.execute(sa.select(Pledge.id).where(Pledge.id == pledge_id).with_for_update())


def take_number(pledge_id: int, act_name: str) -> int:
    """The pledge's next act number, if its status allows the act; holds the pledge's row until the commit."""
    statement = (
        sa.update(Pledge)
        .where(Pledge.id == pledge_id, Pledge.status.in_(ACTS[act_name].statuses))
        .values(acts_posted=Pledge.acts_posted + 1)
        .returning(Pledge.acts_posted)
        .execution_options(synchronize_session=False)
    )
    number = db.session.execute(statement).scalar_one_or_none()
    if number is None:
        raise Conflict(
            lazy("The pledge does not stand where this step is possible. Open it again to see what changed.")
        )
    return number


def _accounts(pledge_id: int, postings: Sequence[Posting]) -> dict[Slot, Any]:
    """The pledge's own accounts and those of the allocations that are touched, however many others it has."""
    touched = {slot.allocation_id for posting in postings for slot in (posting.source, posting.target)} - {None}
    columns = (LedgerAccount.id, LedgerAccount.kind, LedgerAccount.currency, LedgerAccount.allocation_id)
    whose = sa.or_(LedgerAccount.allocation_id.is_(None), LedgerAccount.allocation_id.in_(touched))
    rows = db.session.execute(sa.select(*columns).where(LedgerAccount.pledge_id == pledge_id, whose))
    return {Slot(AccountKind(row.kind), row.currency, row.allocation_id): row for row in rows}


def _move(accounts: dict[Slot, Any], postings: Sequence[Posting]) -> None:
    """Change each touched balance once, in account-id order, only where the balance allows it."""
    net = _net(postings)
    for slot in sorted(net, key=lambda slot: accounts[slot].id):
        if net[slot] and not _change_balance(accounts[slot].id, slot.kind, net[slot]):
            raise short_of(slot, accounts[slot].id)


def _net(postings: Sequence[Posting]) -> dict[Slot, int]:
    net: dict[Slot, int] = defaultdict(int)
    for posting in postings:
        net[posting.source] -= posting.amount_minor
        net[posting.target] += posting.amount_minor
    return net


def must_fit(pledge_id: int, postings: Sequence[Posting]) -> None:
    """Raise the InsufficientBalance with which these postings would be refused as things stand; moves nothing."""
    for slot, change in _net(postings).items():
        after = balance(pledge_id, slot) + change
        if (after > 0) if slot.kind == AccountKind.DONOR else (after < 0 and slot.kind != AccountKind.EXCHANGE):
            raise short_of(slot, _accounts(pledge_id, [Posting(slot, slot, 0)])[slot].id)


def _change_balance(account_id: int, kind: AccountKind, change: int) -> bool:
    after = LedgerAccount.balance_minor + change
    conditions = [LedgerAccount.id == account_id]
    if kind == AccountKind.DONOR:
        conditions.append(after <= 0)
    elif kind != AccountKind.EXCHANGE:
        conditions.append(after >= 0)
    return update_where(LedgerAccount, *conditions, balance_minor=after) == 1


def short_of(slot: Slot, account_id: int) -> InsufficientBalance:
    """The refusal for an account that holds too little, with what it holds now."""
    if slot.kind == AccountKind.DONOR:
        return InsufficientBalance(lazy("More would go back to the donor than it gave."), slot)
    left = db.session.scalar(sa.select(LedgerAccount.balance_minor).where(LedgerAccount.id == account_id))
    sentence = lazy(
        "There is not enough under “%(account)s”: %(left)s is there now.",
        account=ACCOUNT_LABELS[slot.kind],
        left=format_money(left, slot.currency),
    )
    return InsufficientBalance(sentence, slot)


def balances(pledge_id: int) -> dict[tuple[str, str], int]:
    """Balance by (kind, currency); `held` and `paid` are the sums over the pledge's allocations."""
    statement = (
        sa.select(LedgerAccount.kind, LedgerAccount.currency, sa.func.sum(LedgerAccount.balance_minor))
        .where(LedgerAccount.pledge_id == pledge_id)
        .group_by(LedgerAccount.kind, LedgerAccount.currency)
    )
    return {(kind, currency): int(total) for kind, currency, total in db.session.execute(statement)}


def balance(pledge_id: int, slot: Slot) -> int:
    """The balance of one account; zero when there is none."""
    statement = sa.select(LedgerAccount.balance_minor).where(
        LedgerAccount.pledge_id == pledge_id,
        LedgerAccount.kind == slot.kind,
        LedgerAccount.currency == slot.currency,
        LedgerAccount.allocation_id == slot.allocation_id,  # IS NULL when the account is no allocation's
    )
    return db.session.scalar(statement) or 0
