"""Reading amounts as people write them, in six languages; what could be misread is refused and never guessed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from itertools import pairwise

from tracker.money.arithmetic import to_minor
from tracker.money.currencies import N_, AmountError, digits, too_many_decimals

_GAPS = "   \t\u00a0\u2007\u2008\u2009\u202f'’ʼ"
_INVISIBLE = dict.fromkeys([0x200E, 0x200F, 0x061C, 0x200B, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_ARABIC_MARKS = str.maketrans({"٫": ".", "٬": "_", "،": ",", "．": ".", "，": ","})
_SHAPE = re.compile(r"[0-9][0-9.,_]*|[.,][0-9]+")
_DECIMAL_MARK = {"en": ".", "zh": ".", "ar": ".", "fr": ",", "ru": ",", "es": ","}
_GROUPING_MARK = {"en": ",", "zh": ",", "es": "."}
"""Languages written in one way only; in Arabic a comma groups in Cairo and is the decimal mark in Tunis."""


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
        raise too_many_decimals(currency)
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
        if allowed < 3 and decimals == "000":
            raise _in_doubt() if allowed else _malformed()  # five, or what others write for five thousand?
        return whole, last, decimals
    if allowed >= 3 and _GROUPING_MARK.get(language) != last:
        raise _in_doubt()
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


def _in_doubt() -> AmountError:
    return AmountError(N_("Write the amount with its decimals, so that it cannot be misread"))


def _malformed() -> AmountError:
    return AmountError(N_("Enter the amount in figures, for example 1234.50"))
