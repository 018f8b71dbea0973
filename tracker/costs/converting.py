"""From an amount in any currency to cents of the dollar, in which the fund counts: one rounding, half-even."""

from datetime import date
from decimal import Decimal, localcontext

from tracker import money
from tracker.costs.rates import Rates
from tracker.costs.rule_sets import HUNDRED

Exchange = tuple[Decimal, date, str]


def in_dollars(minor: int, currency: str, rates: Rates, share: Decimal = HUNDRED) -> tuple[int, Exchange | None] | None:
    """Return `share` percent of an amount in cents of the dollar with the rate of exchange that was used (units for
    one dollar, day, source; None for dollars); None where no rate is known."""
    with localcontext(prec=60):
        part = money.to_major(minor, currency) * share / HUNDRED
        if currency == money.FUND_CURRENCY:
            return money.round_to_minor(part, currency), None
        rate = rates.exchange.get(currency)
        if rate is None:
            return None
        cents = money.round_to_minor(part / rate.units_per_usd, money.FUND_CURRENCY)
    return cents, (rate.units_per_usd, rate.valid_from, rate.source)
