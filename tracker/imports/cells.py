"""Reading single cells: codes, days and amounts, as machines and people in six languages write them.

What could be misread is a fault of the row and is never guessed.
"""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from tracker import money
from tracker.imports.report import Remarks
from tracker.languages.marking import N_
from tracker.languages.seen_text import shows_nothing

EARLIEST, LATEST = date(1945, 1, 1), date(2100, 12, 31)
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)? ?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
# Both figures could be the month.
_EITHER = re.compile(r"(?:0?[1-9]|1[0-2])([/.-])(?:0?[1-9]|1[0-2])\1\d{4}", re.ASCII)
_TWO_WAYS = N_("“%(text)s” can be two days: write YYYY-MM-DD, or say whether the day or the month comes first.")
_NO_DATE = N_("“%(text)s” is no date of the form YYYY-MM-DD.")
_BY_MACHINE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_THOUSANDS_OR_THOUSANDTHS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_LONGEST_AMOUNT = 60


def storable(text: str) -> str:
    """The text without control characters and halves of characters, which no database and no page can hold; empty
    where what is left shows nothing but is no plain blank."""
    kept = _UNSTORABLE.sub("", text)
    return "" if kept.strip() and shows_nothing(kept) else kept


def code(text: str) -> str:
    """A cell that holds a code, a day or a number: without invisible marks, with plain spaces and digits."""
    if text.isascii():
        return text.strip()
    seen = (char for char in text if unicodedata.category(char) != "Cf")
    return "".join(" " if char.isspace() else str(unicodedata.decimal(char, char)) for char in seen).strip()


def read_day(text: str, field: str, remarks: Remarks) -> date | None:
    """The day of a cell (YYYY-MM-DD, also with a time, as it stands there); None when empty or a fault."""
    written = code(text)
    if not written:
        return None
    found = _DAY.fullmatch(written)
    try:
        day = date.fromisoformat(found["day"]) if found else None
    except ValueError:
        day = None
    if day is None:
        remarks.fault(field, _TWO_WAYS if _EITHER.fullmatch(written) else _NO_DATE, text=written[:40])
    elif not EARLIEST <= day <= LATEST:
        remarks.fault(field, N_("The date lies outside the years 1945 to 2100: %(text)s."), text=written[:10])
        return None
    return day


def read_currency(text: str, field: str, remarks: Remarks) -> str | None:
    """The ISO 4217 code of a cell; a missing or unknown one is a fault."""
    currency = code(text).upper()
    if not currency:
        remarks.fault(field, N_("The amount has no currency."))
    elif not money.is_currency(currency):
        remarks.fault(field, N_("The currency is not known: %(text)s."), text=currency[:10])
    else:
        return currency
    return None


def read_amount(text: str, currency: str, field: str, remarks: Remarks, *, language: str | None = None) -> int | None:
    """The amount of a cell in minor units, above zero; None when it is a fault.

    `language` is the language of whoever typed the cell, None when a program wrote it: then a point is always the
    decimal mark. What has more decimals than the currency is rounded half-even, with a remark.
    """
    written = code(text)
    try:
        major = _major(written, currency, language)
    except money.AmountError as error:
        remarks.fault(field, error.message, **error.params)
        return None
    if major <= 0:
        remarks.fault(field, N_("The amount must be above zero; it is %(text)s."), text=written[:40])
        return None
    scaled = major.scaleb(money.digits(currency))
    if not 1 <= scaled <= money.LARGEST:
        remarks.fault(field, N_("The amount is beyond what can be kept: %(text)s."), text=written[:40])
        return None
    minor = scaled.to_integral_value(rounding=ROUND_HALF_EVEN)
    if minor != scaled:
        reason = N_("The amount was rounded to the decimals of its currency: %(text)s.")
        remarks.change(field, reason, text=written[:40])
    return int(minor)


def _major(written: str, currency: str, language: str | None) -> Decimal:
    """The number in a cell. Raises AmountError."""
    if len(written) <= _LONGEST_AMOUNT and _BY_MACHINE.fullmatch(written):
        doubtful = language is not None and money.digits(currency) < 3 and _THOUSANDS_OR_THOUSANDTHS.fullmatch(written)
        if not doubtful:
            return Decimal(written)
        raise money.AmountError(N_("Write the amount with its decimals, so that it cannot be misread"))
    return money.to_major(money.parse_amount(written, currency, language or "en"), currency)
