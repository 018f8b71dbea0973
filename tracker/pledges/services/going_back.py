"""Money that goes back to a donor unspent, and money beyond a pledge that is applied or returned. One person proposes
each (`proposed_acts.going_back`): what is here is posted when a second person confirms it."""

from decimal import Decimal
from typing import Any

from tracker import money
from tracker.calendar.now import today
from tracker.errors import Conflict, Invalid
from tracker.events import record
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.pledges import ledger, queries
from tracker.pledges.ledger import Posting, Slot, Step, fund
from tracker.pledges.lifecycle import ACTS, AccountKind
from tracker.pledges.models import Pledge
from tracker.pledges.services.receipts import brought_in
from tracker.rights.actor import Actor


def must_stand(pledge: Pledge, act_name: str) -> None:
    """Raise Conflict when a step of this name is not possible while the pledge stands where it is."""
    if pledge.status not in ACTS[act_name].statuses:
        raise Conflict(lazy("Not possible while the pledge stands where it is now."))


def surplus_of(pledge: Pledge) -> int:
    """The money beyond the pledge as it is now, which stays so until the commit. Raises Conflict when there is none."""
    ledger.hold(pledge.id)
    surplus = ledger.balance(pledge.id, Slot(AccountKind.UNAPPLIED, pledge.currency))
    if not surplus:
        raise Conflict(lazy("There is no money beyond the pledge."))
    return surplus


def must_be_the_surplus(pledge: Pledge, amount_minor: int) -> None:
    """Raise Conflict when the money beyond the pledge is another amount by now."""
    surplus = surplus_of(pledge)
    if surplus != amount_minor:
        amount = format_money(surplus, pledge.currency)
        raise Conflict(lazy("%(amount)s is beyond the pledge now: refuse this and propose that amount.", amount=amount))


def apply_surplus(pledge: Pledge, amount_minor: int, *, actor: Actor, reason: str) -> None:
    """Take money beyond the pledge as received, with the donor's consent, at the rate of today."""
    must_be_the_surplus(pledge, amount_minor)
    rate = queries.rate_on(pledge.currency, today())
    parts = queries.in_fund(pledge, amount_minor, rate.units_per_usd)
    event = _moved("pledges.surplus_applied", pledge, actor, amount_minor)
    postings = list(brought_in(pledge, AccountKind.UNAPPLIED, amount_minor, parts))
    ledger.post(pledge.id, postings, Step("apply", actor, event, rate=rate, note=reason))


def return_surplus(pledge: Pledge, amount_minor: int, *, actor: Actor, reason: str) -> None:
    """Send money beyond the pledge back to the donor."""
    must_be_the_surplus(pledge, amount_minor)
    event = _moved("pledges.surplus_returned", pledge, actor, amount_minor)
    unapplied, donor = (Slot(kind, pledge.currency) for kind in (AccountKind.UNAPPLIED, AccountKind.DONOR))
    ledger.post(pledge.id, [Posting(unapplied, donor, amount_minor)], Step("return", actor, event, note=reason))


def _moved(name: str, pledge: Pledge, actor: Actor, amount_minor: int) -> Any:
    return record(name, pledge, actor=actor, amount_minor=amount_minor, currency=pledge.currency)


def must_be_unspent(pledge: Pledge, amount_minor: int) -> dict[tuple[str, str], int]:
    """The balances, which stay so until the commit. Raises Invalid when less than the amount (USD) is unspent."""
    ledger.hold(pledge.id)
    now_there = ledger.balances(pledge.id)
    if not 0 < amount_minor <= now_there[AccountKind.AVAILABLE, money.FUND_CURRENCY]:
        raise Invalid(fields={"amount": lazy("Enter an amount above zero, at most what is available.")})
    return now_there


def refund(pledge: Pledge, amount_minor: int, external_reference: str, *, actor: Actor, reason: str) -> None:
    """Give unspent money back: `amount_minor` of what is available (USD) and the support cost that nothing earned.

    Where the pledge has another currency, the money goes back at the average rate at which it came in.
    """
    now_there = must_be_unspent(pledge, amount_minor)
    support = unearned_support(pledge, now_there, amount_minor)
    event = record(
        "pledges.refunded", pledge, actor=actor, amount_minor=amount_minor + support, currency=money.FUND_CURRENCY
    )
    back = _in_pledge_currency(pledge, now_there, amount_minor + support)
    postings = [
        Posting(fund(AccountKind.AVAILABLE), fund(AccountKind.EXCHANGE), amount_minor),
        Posting(fund(AccountKind.SUPPORT), fund(AccountKind.EXCHANGE), support),
        Posting(Slot(AccountKind.EXCHANGE, pledge.currency), Slot(AccountKind.DONOR, pledge.currency), back),
    ]
    step = Step("refund", actor, event, external_reference=external_reference, note=reason)
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
