"""Currencies of ISO 4217 with their number of decimals, and what is said about an amount that cannot be."""

from __future__ import annotations

from functools import cache

from iso4217 import Currency

FUND_CURRENCY = "USD"
LARGEST = 10**15
"""Minor units. No single amount may be larger; sums of thousands of them still fit a 64-bit column."""


def N_(message: str) -> str:
    """Mark a message for translation; tracker.languages.choosing has the same but formats amounts with this module."""
    return message


class AmountError(ValueError):
    """An amount that cannot be read; `message` is a message id for gettext, `params` its named values."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


@cache
def _exponents() -> dict[str, int]:
    """Return the ISO 4217 currencies that have minor units; metals, testing codes and the like have none."""
    return {currency.code: currency.exponent for currency in Currency if currency.exponent is not None}


def currencies() -> list[str]:
    """Return every currency code an amount may have, in alphabetical order."""
    return sorted(_exponents())


def is_currency(code: str | None) -> bool:
    """Say whether the code is an ISO 4217 currency in which an amount can be written."""
    return code in _exponents()


def digits(currency: str) -> int:
    """Return the number of decimals of a currency by ISO 4217 (USD 2, JPY 0, KWD 3).

    Raises AmountError for a code that is no currency.
    """
    try:
        return _exponents()[currency]
    except KeyError:
        raise AmountError(N_("%(code)s is not a currency code"), code=currency) from None


def too_many_decimals(currency: str) -> AmountError:
    """Return the refusal of an amount with more decimals than its currency has."""
    if digits(currency) == 0:
        return AmountError(N_("%(currency)s has no decimals"), currency=currency)
    return AmountError(N_("%(currency)s has %(digits)s decimals at most"), currency=currency, digits=digits(currency))
