"""Money that comes in, what of it is more than was pledged, and what goes back unspent."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from tracker import money
from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.events import record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.pledges import doubts, ledger, queries
from tracker.pledges.actions import Action
from tracker.pledges.ledger import Posting, Slot, Step, fund
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, Instalment, Pledge, Receipt, ReceiptShare
from tracker.pledges.policies import RULES
from tracker.pledges.queries import Rate
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.services.bookings import must_be_new, problem_of_day
from tracker.reference.doubts import unless
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """A credit on the office's account, in minor units of the pledge's currency.

    `charge_minor` is what banks kept on the way: the donor paid it, so it settles the instalment too.
    """

    amount_minor: int
    value_date: date
    external_reference: str
    charge_minor: int = 0
    instalment_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Valued:
    """A credit beside its pledge: what of it was expected (`applied`), also in USD, and what is beyond."""

    applied_minor: int
    surplus_minor: int
    programme_minor: int
    support_minor: int
    rate: Rate


@verb
def record_receipt(public_id: uuid.UUID, *, actor: Actor, money_in: MoneyIn, sure: bool = False) -> str:
    """Record money received at the rate of its value date; gives the receipt's public id.

    What is beyond the expected amount is kept apart until it is applied or returned. Raises Invalid by field, Doubtful
    unless `sure` where the charges are more than what came in.
    """
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.RECORD_RECEIPT, actor, rule_facts_of(pledge))
    ledger.hold(pledge.id)
    expected = ledger.balance(pledge.id, Slot(AccountKind.EXPECTED, pledge.currency))
    _check(money_in, pledge, expected)
    unless(sure, doubts.of_charge(money_in.amount_minor, money_in.charge_minor))
    must_be_new(Receipt, money_in, Receipt.pledge_id == pledge.id)
    valued = _value(pledge, money_in, expected)
    event = _moved("pledges.receipt_recorded", pledge, actor, money_in.amount_minor)
    step = Step("receipt", actor, event, money_in.value_date, money_in.external_reference, rate=valued.rate)
    act = ledger.post(pledge.id, list(_came_in(pledge, money_in, valued)), step)
    receipt = _receipt(act, money_in, valued)
    db.session.add(receipt)
    _settle(pledge.id, act.id, valued.applied_minor + money_in.charge_minor, money_in.instalment_id)
    db.session.flush()
    return str(receipt.public_id)


def _value(pledge: Pledge, money_in: MoneyIn, expected: int) -> _Valued:
    applied = min(money_in.amount_minor, expected - money_in.charge_minor)
    rate = queries.rate_on(pledge.currency, money_in.value_date)
    programme, support = queries.in_fund(pledge, applied, rate.units_per_usd)
    return _Valued(applied, money_in.amount_minor - applied, programme, support, rate)


def _came_in(pledge: Pledge, money_in: MoneyIn, valued: _Valued) -> Iterator[Posting]:
    yield from _brought_in(
        pledge, AccountKind.EXPECTED, valued.applied_minor, (valued.programme_minor, valued.support_minor)
    )
    yield _own(pledge, AccountKind.EXPECTED, AccountKind.LOST, money_in.charge_minor)
    yield _own(pledge, AccountKind.DONOR, AccountKind.UNAPPLIED, valued.surplus_minor)


def _receipt(act: Act, money_in: MoneyIn, valued: _Valued) -> Receipt:
    return Receipt(
        pledge_id=act.pledge_id,
        act_id=act.id,
        amount_minor=money_in.amount_minor,
        applied_minor=valued.applied_minor,
        unapplied_minor=valued.surplus_minor,
        charge_minor=money_in.charge_minor,
        fund_minor=valued.programme_minor + valued.support_minor,
        support_minor=valued.support_minor,
    )


def _check(money_in: MoneyIn, pledge: Pledge, expected: int) -> None:
    problems: dict[str, Any] = {}
    if not 0 < money_in.amount_minor <= money.LARGEST:
        problems["amount"] = lazy("Enter an amount above zero.")
    if not 0 <= money_in.charge_minor <= expected:
        problems["charge"] = lazy("Charges cannot be more than what is expected on the pledge.")
    if (problem := problem_of_day(money_in.value_date, pledge)) is not None:
        problems["value_date"] = problem
    if not shown(money_in.external_reference):
        problems["external_reference"] = lazy("Enter the reference of the finance system or the bank.")
    if problems:
        raise Invalid(fields=problems)


def _own(pledge: Pledge, source: AccountKind, target: AccountKind, amount_minor: int) -> Posting:
    return Posting(Slot(source, pledge.currency), Slot(target, pledge.currency), amount_minor)


def _brought_in(pledge: Pledge, source: AccountKind, amount: int, parts: tuple[int, int]) -> Iterator[Posting]:
    """From the pledge's currency through exchange to what can be allocated and to the support cost."""
    yield _own(pledge, source, AccountKind.EXCHANGE, amount)
    yield Posting(fund(AccountKind.EXCHANGE), fund(AccountKind.AVAILABLE), parts[0])
    yield Posting(fund(AccountKind.EXCHANGE), fund(AccountKind.SUPPORT), parts[1])


def _settle(pledge_id: int, act_id: int, amount_minor: int, first_id: int | None) -> None:
    """Settle the named instalment first, then the others by due date, and keep which part went where."""
    rows = list(
        db.session.scalars(
            sa.select(Instalment)
            .where(Instalment.pledge_id == pledge_id)
            .order_by(Instalment.due_on, Instalment.id)
            .execution_options(populate_existing=True)
        )
    )
    for instalment in sorted(rows, key=lambda row: row.id != first_id):
        part = min(amount_minor, instalment.outstanding_minor)
        if part:
            instalment.received_minor += part
            amount_minor -= part
            db.session.add(ReceiptShare(act_id=act_id, instalment_id=instalment.id, amount_minor=part))


@verb
def apply_surplus(public_id: uuid.UUID, *, actor: Actor) -> None:
    """Take money beyond the pledge as received, with the donor's consent, at the rate of today."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.APPLY_SURPLUS, actor, rule_facts_of(pledge))
    surplus = _surplus(pledge)
    rate = queries.rate_on(pledge.currency, today())
    parts = queries.in_fund(pledge, surplus, rate.units_per_usd)
    event = _moved("pledges.surplus_applied", pledge, actor, surplus)
    postings = list(_brought_in(pledge, AccountKind.UNAPPLIED, surplus, parts))
    ledger.post(pledge.id, postings, Step("apply", actor, event, rate=rate))


@verb
def return_surplus(public_id: uuid.UUID, *, actor: Actor) -> None:
    """Send money beyond the pledge back to the donor."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.RETURN_SURPLUS, actor, rule_facts_of(pledge))
    surplus = _surplus(pledge)
    event = _moved("pledges.surplus_returned", pledge, actor, surplus)
    posting = _own(pledge, AccountKind.UNAPPLIED, AccountKind.DONOR, surplus)
    ledger.post(pledge.id, [posting], Step("return", actor, event))


def _moved(name: str, pledge: Pledge, actor: Actor, amount_minor: int) -> Any:
    return record(name, pledge, actor=actor, amount_minor=amount_minor, currency=pledge.currency)


def _surplus(pledge: Pledge) -> int:
    ledger.hold(pledge.id)
    surplus = ledger.balance(pledge.id, Slot(AccountKind.UNAPPLIED, pledge.currency))
    if not surplus:
        raise Conflict(lazy("There is no money beyond the pledge."))
    return surplus


@verb
def refund(public_id: uuid.UUID, *, actor: Actor, amount_minor: int, external_reference: str) -> None:
    """Give unspent money back: `amount_minor` of what is available (USD) and the support cost that nothing earned.

    Where the pledge has another currency, the money goes back at the average rate at which it came in.
    """
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.REFUND, actor, rule_facts_of(pledge))
    ledger.hold(pledge.id)
    now_there = ledger.balances(pledge.id)
    if not 0 < amount_minor <= now_there[AccountKind.AVAILABLE, money.FUND_CURRENCY]:
        raise Invalid(fields={"amount": lazy("Enter an amount above zero, at most what is available.")})
    support = unearned_support(pledge, now_there, amount_minor)
    event = record(
        "pledges.refunded", pledge, actor=actor, amount_minor=amount_minor + support, currency=money.FUND_CURRENCY
    )
    back = _in_pledge_currency(pledge, now_there, amount_minor + support)
    postings = [
        Posting(fund(AccountKind.AVAILABLE), fund(AccountKind.EXCHANGE), amount_minor),
        Posting(fund(AccountKind.SUPPORT), fund(AccountKind.EXCHANGE), support),
        _own(pledge, AccountKind.EXCHANGE, AccountKind.DONOR, back),
    ]
    step = Step("refund", actor, event, external_reference=external_reference)
    ledger.post(pledge.id, postings, step)


def unearned_support(pledge: Pledge, now_there: dict[tuple[str, str], int], refunded_minor: int) -> int:
    """The support cost that goes back with a refund: what is beyond the rate on all that stays or was paid."""
    usd = money.FUND_CURRENCY
    kinds = (AccountKind.AVAILABLE, AccountKind.HELD, AccountKind.PAID)
    stays = sum(now_there.get((kind, usd), 0) for kind in kinds) - refunded_minor
    earned = money.support_on(stays, Decimal(pledge.support_rate_bp) / 100)
    return max(0, now_there[AccountKind.SUPPORT, usd] - earned)


def _in_pledge_currency(pledge: Pledge, now_there: dict[tuple[str, str], int], fund_minor: int) -> int:
    if pledge.currency == money.FUND_CURRENCY:
        return fund_minor
    came_in = now_there[AccountKind.EXCHANGE, pledge.currency]
    went_on = -now_there[AccountKind.EXCHANGE, money.FUND_CURRENCY]
    return came_in * fund_minor // went_on
