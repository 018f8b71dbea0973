"""Money that comes in, and what of it is more than was pledged."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import money
from tracker.database.verbs import verb
from tracker.errors import Invalid
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
    yield from brought_in(
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


def brought_in(pledge: Pledge, source: AccountKind, amount: int, parts: tuple[int, int]) -> Iterator[Posting]:
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


def _moved(name: str, pledge: Pledge, actor: Actor, amount_minor: int) -> Any:
    return record(name, pledge, actor=actor, amount_minor=amount_minor, currency=pledge.currency)
