"""The dated facts that money needs, as sentences for whoever records it."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY, to_usd
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import LedgerAccount
from tracker.reference import queries as reference
from tracker.reference.lifecycle import in_force_or_nearest
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


def revalued(currency: str, units_per_usd: Decimal, valid_from: date) -> list[Any]:
    """What a new rate moves: pledges of which money is still expected, valued at the rate of today. What came in keeps
    its own rate. Nothing is said where a newer rate holds."""
    day = max(today(), valid_from)
    holds = in_force_or_nearest(reference.rate_history(currency), day)
    if holds is None or holds.valid_from > valid_from:
        return []
    expected = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(LedgerAccount.balance_minor), 0)).where(
        LedgerAccount.kind == AccountKind.EXPECTED, LedgerAccount.currency == currency, LedgerAccount.balance_minor > 0
    )
    count, minor = db.session.execute(expected).one()
    if not count:
        return []
    before, after = (
        format_money(to_usd(int(minor), currency, units), FUND_CURRENCY)
        for units in (holds.units_per_usd, units_per_usd)
    )
    return [
        lazy(
            "Pledges of which money is still expected: %(count)d. At the rate before it comes to %(before)s, "
            "at this one to %(after)s.",
            count=count,
            before=before,
            after=after,
        )
    ]


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
