"""Arithmetic with amounts: converting, splitting and adding, each with its one rounding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from tracker.money.currencies import FUND_CURRENCY, LARGEST, N_, AmountError, digits, too_many_decimals


class CurrencyMismatch(ValueError):
    """Arithmetic was tried on two different currencies."""


def to_major(minor: int, currency: str) -> Decimal:
    """Turn minor units into the amount people write, exactly: (12345, "USD") is Decimal("123.45")."""
    return Decimal(minor).scaleb(-digits(currency))


def to_minor(major: Decimal, currency: str) -> int:
    """Turn a written amount into minor units.

    Raises AmountError when it has more decimals than the currency or is beyond LARGEST: an amount that
    somebody stated is never rounded.
    """
    scaled = major.scaleb(digits(currency))
    if not scaled.is_finite() or abs(scaled) > LARGEST:
        raise AmountError(N_("The amount is too large"))
    if scaled != scaled.to_integral_value():
        raise too_many_decimals(currency)
    return int(scaled)


def round_to_minor(major: Decimal, currency: str) -> int:
    """Turn a computed amount into minor units, rounding half-even."""
    return int(major.scaleb(digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def convert(minor: int, currency: str, to: str, rate: Decimal) -> int:
    """Convert minor units of one currency into another's; `rate` is units of `to` for one unit of `currency`.

    Rounded once, half-even. Raises ValueError when the rate is not above zero.
    """
    _check_rate(rate)
    with localcontext(prec=60):
        return round_to_minor(to_major(minor, currency) * rate, to)


def to_usd(minor: int, currency: str, units_per_usd: Decimal) -> int:
    """Convert into cents of the dollar by a dated rate (units of the currency for one dollar), half-even."""
    _check_rate(units_per_usd)
    with localcontext(prec=60):
        return round_to_minor(to_major(minor, currency) / units_per_usd, FUND_CURRENCY)


def from_usd(cents: int, currency: str, units_per_usd: Decimal) -> int:
    """Convert cents of the dollar into minor units of a currency by a dated rate, half-even."""
    return convert(cents, FUND_CURRENCY, currency, units_per_usd)


def _check_rate(rate: Decimal) -> None:
    if not (rate.is_finite() and rate > 0):
        raise ValueError("a rate of exchange is above zero")


def split_support(minor: int, rate: Decimal) -> tuple[int, int]:
    """Split money that came in as 100 : rate into (for programmes, programme support cost).

    With a rate of 13, 60.00 gives 53.10 and 6.90. The support cost is rounded half-even and the programme's part
    is what is left, so that the two always add up to what came in.
    """
    if rate < 0:
        raise ValueError("a support rate is not below zero")
    with localcontext(prec=60):
        support = int((minor * rate / (100 + rate)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    return minor - support, support


def support_on(minor: int, rate: Decimal) -> int:
    """Return the programme support cost earned by money paid: 13 on 100, rounded half-even."""
    if rate < 0:
        raise ValueError("a support rate is not below zero")
    with localcontext(prec=60):
        return int((minor * rate / 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def split_evenly(minor: int, parts: int) -> list[int]:
    """Split an amount into parts that differ by at most one minor unit and add up; the first parts are the larger."""
    if parts < 1:
        raise ValueError("an amount is split into at least one part")
    share, left = divmod(minor, parts)
    return [share + (position < left) for position in range(parts)]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its currency; adding or comparing two currencies raises CurrencyMismatch."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        digits(self.currency)

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} cannot be put together")
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.currency} {self.major}"

    @property
    def major(self) -> Decimal:
        """The amount as people write it."""
        return to_major(self.minor, self.currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Add up amounts of one currency; nothing to add is zero. Raises CurrencyMismatch for any other currency."""
    return sum(amounts, start=Money(0, currency))
