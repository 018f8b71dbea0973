"""Amounts of money as whole minor units (cents) with their ISO 4217 currency.

The number of decimals comes from the ISO 4217 table, never from CLDR, which shows none for AFN, IQD or LBP.
Nothing here is a float, nothing mixes two currencies, and every rounding is half-even and stands in one place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import cache
from itertools import pairwise

from iso4217 import Currency

FUND_CURRENCY = "USD"
LARGEST = 10**15
"""Minor units. No single amount may be larger; sums of thousands of them still fit a 64-bit column."""

_GAPS = "   \t\u00a0\u2007\u2008\u2009\u202f'’ʼ"
_INVISIBLE = dict.fromkeys([0x200E, 0x200F, 0x061C, 0x200B, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_ARABIC_MARKS = str.maketrans({"٫": ".", "٬": "_", "،": ",", "．": ".", "，": ","})
_SHAPE = re.compile(r"[0-9][0-9.,_]*|[.,][0-9]+")
_DECIMAL_MARK = {"en": ".", "zh": ".", "ar": ".", "fr": ",", "ru": ",", "es": ","}
_GROUPING_MARK = {"en": ",", "zh": ",", "es": "."}
"""Languages written in one way only; in Arabic a comma groups in Cairo and is the decimal mark in Tunis."""


def N_(message: str) -> str:
    """Mark a message for translation; tracker.i18n has the same but formats amounts with this module."""
    return message


class AmountError(ValueError):
    """An amount that cannot be read; `message` is a message id for gettext, `params` its named values."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


class CurrencyMismatch(ValueError):
    """Arithmetic was tried on two different currencies."""


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
        raise _too_many_decimals(currency)
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


def parse_amount(text: str, currency: str, language: str = "en") -> int:
    """Read an amount as a person wrote it and return minor units.

    Accepts 1,234.50 · 1 234,50 · 1.234,50 · 1'234.50 · Arabic, Persian and full-width digits · every kind of space,
    the currency's code before or after. One mark alone followed by three digits is read by the person's language;
    where that leaves a doubt, the amount is refused and never guessed. Raises AmountError.
    """
    allowed = digits(currency)
    plain = _plain_digits(text)
    if plain.upper().startswith(currency):
        plain = plain[3:].strip()
    elif plain.upper().endswith(currency):
        plain = plain[:-3].strip()
    whole, decimals = _parts(plain, allowed, language)
    if len(decimals.rstrip("0")) > allowed:
        raise _too_many_decimals(currency)
    return to_minor(Decimal(f"{whole}.{decimals}"), currency)


def parse_number(text: str, places: int, language: str = "en") -> Decimal:
    """Read a number that is no amount (a rate, a per cent) as a person wrote it, with so many decimals at most.

    The same ways of writing as for amounts. Raises AmountError.
    """
    whole, decimals = _parts(_plain_digits(text), places, language)
    if len(decimals.rstrip("0")) > places:
        raise AmountError(N_("Use %(digits)s decimals at most"), digits=places)
    return Decimal(f"{whole}.{decimals}")


def _plain_digits(text: str) -> str:
    """Return the text with ASCII digits and marks, without what cannot be seen."""
    plain = text.translate(_INVISIBLE).translate(_ARABIC_MARKS)
    return "".join(str(unicodedata.decimal(char, char)) for char in plain).strip()


def _parts(plain: str, allowed: int, language: str) -> tuple[str, str]:
    """Return the whole part and the decimals, both digits only. Raises AmountError."""
    if not plain:
        raise AmountError(N_("Enter an amount"))
    if plain[0] in "-−–(" or plain[-1] == "-":
        raise AmountError(N_("The amount cannot be negative"))
    if len(plain) > 60:
        raise AmountError(N_("The amount is too large"))
    number = "".join("_" if char in _GAPS else char for char in plain.strip(_GAPS))
    if not _SHAPE.fullmatch(number):
        raise _malformed()
    whole, _, decimals = _cut_at_decimal_mark(number, allowed, language)
    return _without_groups(whole) or "0", decimals or "0"


def _cut_at_decimal_mark(number: str, allowed: int, language: str) -> tuple[str, str, str]:
    """Return (whole part, decimal mark or "", decimals), deciding which of the marks is the decimal one."""
    marks = [char for char in number if char in ".,"]
    if not marks:
        return number, "", ""
    last = marks[-1]
    if len(set(marks)) == 2 or "_" in number:
        if marks.count(last) > 1:
            raise _malformed()
        return _cut(number, last)
    if len(marks) > 1:
        return number, "", ""
    whole, _, decimals = _cut(number, last)
    if len(decimals) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0"):
        return whole, last, decimals
    if last == _DECIMAL_MARK.get(language, "."):
        return whole, last, decimals
    if allowed >= 3 and _GROUPING_MARK.get(language) != last:
        raise AmountError(N_("Write the amount with its decimals, so that it cannot be misread"))
    return number, "", ""


def _cut(number: str, mark: str) -> tuple[str, str, str]:
    whole, _, decimals = number.rpartition(mark)
    if not decimals.isdigit():
        raise _malformed()
    return whole, mark, decimals


def _without_groups(whole: str) -> str:
    """Drop the grouping marks: one kind, a last group of three, the others of three or (as in lakhs) two."""
    marks = {char for char in whole if not char.isdigit()}
    if not marks:
        return whole
    groups = whole.split(marks.pop())
    sizes = [len(group) for group in groups[1:-1]]
    regular = len(groups[-1]) == 3 and 1 <= len(groups[0]) <= 3 and all(a == b for a, b in pairwise(sizes))
    if marks or not regular or not set(sizes) <= {2, 3}:
        raise _malformed()
    return "".join(groups)


def _malformed() -> AmountError:
    return AmountError(N_("Enter the amount in figures, for example 1234.50"))


def _too_many_decimals(currency: str) -> AmountError:
    if digits(currency) == 0:
        return AmountError(N_("%(currency)s has no decimals"), currency=currency)
    return AmountError(N_("%(currency)s has %(digits)s decimals at most"), currency=currency, digits=digits(currency))
