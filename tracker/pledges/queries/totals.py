"""What donors promised and what became of it: all of them for everyone to see, one of them for itself."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.money import FUND_CURRENCY, to_usd
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, Pledge, RequestFunding
from tracker.pledges.queries.unspent import gives_money
from tracker.pledges.queries.visible import visible_to
from tracker.reference.models import ExchangeRate
from tracker.reference.queries import NoRate, Rate, rate_among
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class PublicTotals:
    """In US cents, support cost included: what came counts at the rates it came by, what is expected at today's, of
    which `rates_of` is the day of the oldest (None without any). `donors` is how many organisations gave or owe it."""

    pledged_minor: int
    donors: int
    allocated_minor: int
    rates_of: date | None


def select_public_totals() -> dict[str, sa.Select[*tuple[Any, ...]]]:
    """The lists behind `as_public_totals`, for a page that gathers more with them."""
    account, rate = LedgerAccount, ExchangeRate
    # What is held and paid stands in accounts of the allocations, and is their requests' `allocated` together.
    of_pledges = account.allocation_id.is_(None)
    expected = sa.and_(of_pledges, account.kind == AccountKind.EXPECTED, account.balance_minor > 0)
    owing = sa.and_(of_pledges, account.kind == AccountKind.DONOR, account.balance_minor < 0)
    return {
        "expected": sa.select(account.currency, sa.func.sum(account.balance_minor).label("total"))
        .where(expected)
        .group_by(account.currency),
        "unused": sa.select(sa.func.coalesce(sa.func.sum(account.balance_minor), 0).label("total")).where(
            of_pledges, account.kind.in_((AccountKind.AVAILABLE, AccountKind.SUPPORT))
        ),
        "donors": sa.select(sa.func.count(sa.distinct(Pledge.donor_id)).label("number"))
        .join(account, account.pledge_id == Pledge.id)
        .where(owing),
        "allocated": sa.select(sa.func.coalesce(sa.func.sum(RequestFunding.allocated_minor), 0).label("total")),
        "rates": sa.select(
            rate.id, rate.currency, rate.units_per_usd, rate.valid_from, rate.ended_on, rate.source
        ).where(rate.currency.in_(sa.select(account.currency).where(expected))),
    }


def as_public_totals(found: dict[str, list[Any]]) -> PublicTotals:
    """What donors gave or owe, and approved allocations. Pledges taken over from other funds' lists do not count."""
    rates = {row.currency: _rate(row.currency, found["rates"]) for row in found["expected"]}
    days = [rate.valid_from for currency, rate in rates.items() if rate and currency != FUND_CURRENCY]
    allocated = int(found["allocated"][0].total)
    to_come = sum(_in_usd(int(row.total), rates[row.currency]) for row in found["expected"])
    return PublicTotals(
        pledged_minor=int(found["unused"][0].total) + allocated + to_come,
        donors=found["donors"][0].number,
        allocated_minor=allocated,
        rates_of=min(days, default=None),
    )


def _rate(currency: str, rates: list[Any]) -> Rate | None:
    try:
        return rate_among([row for row in rates if row.currency == currency], currency, today(), nearest=True)
    except NoRate:
        return None


def _in_usd(minor: int, rate: Rate | None) -> int:
    return to_usd(minor, rate.currency, rate.units_per_usd) if rate else 0


@dataclass(frozen=True, slots=True)
class DonorTotals:
    """What one donor's accepted pledges come to: `pledged` by currency, the rest in the fund's minor units.

    `free_minor` can be allocated, `unspent_minor` is due back: its pledges give no more. `used` is what was paid for
    each kind of request, the largest first; the kind is "" where the donor may not know it.
    """

    pledged: dict[str, int]
    free_minor: int
    unspent_minor: int
    support_minor: int
    held_minor: int
    paid_minor: int
    used: list[tuple[str, int]]

    @property
    def allocated_minor(self) -> int:
        """What was set aside for requests, paid out or not."""
        return self.held_minor + self.paid_minor

    @property
    def received_minor(self) -> int:
        """What came in and was not refunded, with the support cost in it."""
        return self.free_minor + self.unspent_minor + self.support_minor + self.allocated_minor


def select_totals(actor: Actor) -> dict[str, sa.Select[*tuple[Any, ...]]]:
    """The lists behind `as_totals`, for a page that gathers more with them."""
    return {"accounts": _by_account(actor), "used": _by_kind_of_request(actor)}


def as_totals(found: dict[str, list[Any]]) -> DonorTotals:
    """Over all pledges of one donor, from the gathered lists of `select_totals`.

    Pledged is what the donor owes or gave: a pledge counts less what was withdrawn, reduced or refunded.
    """
    sums: dict[tuple[str, str], int] = defaultdict(int)
    sums |= {(row.kind, row.currency): int(row.total) for row in found["accounts"]}
    free = sum(int(row.giving) for row in found["accounts"] if row.kind == AccountKind.AVAILABLE)
    pledged = {
        currency: -total - sums.get((AccountKind.UNAPPLIED, currency), 0)
        for (kind, currency), total in sorted(sums.items())
        if kind == AccountKind.DONOR and total
    }
    used: dict[str, int] = defaultdict(int)
    for row in found["used"]:
        used["" if row.marking == Marking.STRICTLY_CONFIDENTIAL else row.kind] += int(row.total)
    return DonorTotals(
        pledged=pledged,
        free_minor=free,
        unspent_minor=sums[AccountKind.AVAILABLE, FUND_CURRENCY] - free,
        support_minor=sums[AccountKind.SUPPORT, FUND_CURRENCY],
        held_minor=sums[AccountKind.HELD, FUND_CURRENCY],
        paid_minor=sums[AccountKind.PAID, FUND_CURRENCY],
        used=sorted(((kind, total) for kind, total in used.items() if total), key=lambda row: -row[1]),
    )


def _by_account(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    account = LedgerAccount
    giving = sa.case((gives_money(), account.balance_minor), else_=0)
    return (
        sa.select(
            account.kind,
            account.currency,
            sa.func.sum(account.balance_minor).label("total"),
            sa.func.sum(giving).label("giving"),
        )
        .join(Pledge, Pledge.id == account.pledge_id)
        .where(visible_to(actor), account.kind != AccountKind.EXCHANGE)
        .group_by(account.kind, account.currency)
    )


def _by_kind_of_request(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    r = AssistanceRequest
    return (
        sa.select(r.kind, r.marking, sa.func.sum(LedgerAccount.balance_minor).label("total"))
        .join(Allocation, Allocation.request_id == r.id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .join(LedgerAccount, LedgerAccount.allocation_id == Allocation.id)
        .where(visible_to(actor), LedgerAccount.kind == AccountKind.PAID)
        .group_by(r.kind, r.marking)
    )
