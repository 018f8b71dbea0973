"""The dated facts that money needs, as sentences for whoever records it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.reference import queries as reference
from tracker.reference.queries import NoRate, Rate


def rate_on(currency: str, day: date) -> Rate:
    """The rate in force on a day. Raises Invalid (at the value date) when there is none."""
    try:
        return reference.rate_for(currency, day)
    except NoRate as none:
        raise _missing(currency) from none


def rates_near(currencies: Iterable[str], day: date) -> dict[str, Rate]:
    """By currency the rate in force on a day or the one nearest to it, in one statement where any is asked for: for
    estimates, never for money that moves."""
    wanted = set(currencies)
    histories = reference.rate_histories() if wanted - {FUND_CURRENCY} else {}
    return {currency: _near(currency, histories.get(currency, []), day) for currency in wanted}


def _near(currency: str, history: Sequence[Any], day: date) -> Rate:
    try:
        return reference.rate_among(history, currency, day, nearest=True)
    except NoRate as none:
        raise _missing(currency) from none


def _missing(currency: str) -> Invalid:
    message = lazy("There is no rate of exchange for %(currency)s on that day.", currency=currency)
    return Invalid(message, fields={"value_date": message})


def currencies_on(day: date) -> list[str]:
    """Currencies in which a pledge can be made: the fund's own first, then those with a rate in force."""
    rated = {row.currency for row in reference.rates_in_force(day)} - {FUND_CURRENCY}
    return [FUND_CURRENCY, *sorted(rated)]


def has_rate(currency: str, day: date) -> bool:
    """Whether money in this currency can be valued on a day."""
    return currency in currencies_on(day)


def support_rate_bp(day: date) -> int:
    """The programme support cost in force on a day, in hundredths of a percent."""
    return int(reference.support_rate(day) * 100)
