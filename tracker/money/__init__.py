"""Amounts of money as whole minor units (cents) with their ISO 4217 currency.

The number of decimals comes from the ISO 4217 table, never from CLDR, which shows none for AFN, IQD or LBP.
Nothing here is a float, nothing mixes two currencies, and every rounding is half-even and stands in one place.
"""

from tracker.money.arithmetic import (
    CurrencyMismatch,
    Money,
    convert,
    from_usd,
    round_to_minor,
    split_evenly,
    split_support,
    support_on,
    to_major,
    to_minor,
    to_usd,
    total,
)
from tracker.money.currencies import FUND_CURRENCY, LARGEST, AmountError, currencies, digits, is_currency
from tracker.money.reading import parse_amount, parse_number

__all__ = [
    "FUND_CURRENCY",
    "LARGEST",
    "AmountError",
    "CurrencyMismatch",
    "Money",
    "convert",
    "currencies",
    "digits",
    "from_usd",
    "is_currency",
    "parse_amount",
    "parse_number",
    "round_to_minor",
    "split_evenly",
    "split_support",
    "support_on",
    "to_major",
    "to_minor",
    "to_usd",
    "total",
]
