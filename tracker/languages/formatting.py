"""Days, moments, numbers and amounts in the reader's way."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker import money
from tracker.languages.choosing import LANGUAGES, current_language, select_timezone, words_language, words_locale


def _locale() -> str:
    return LANGUAGES.get(current_language(), LANGUAGES["en"]).locale


def format_day(value: date | datetime | None, style: str = "long") -> str:
    """A calendar day in the reader's way ("26 January 2026"); moments count as days in Vienna."""
    from babel.dates import format_date

    from tracker.calendar.now import VIENNA

    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(VIENNA).date()
    if style == "long" and words_language() == "en":
        return format_date(value, "d MMMM y", locale=words_locale())
    return _with_first(value, format_date(value, style, locale=words_locale()))


def _with_first(day: date, words: str) -> str:
    """In French the first day of a month is "1er"."""
    return re.sub(r"\b1(?=\s\D)", "1er", words, count=1) if day.day == 1 and current_language() == "fr" else words


def format_days(start: date | None, end: date | None) -> str:
    """From one day to another, saying month and year once where they are the same ("26–30 January 2026")."""
    from babel.dates import format_date, format_interval

    if start is None or end is None or start == end:
        return format_day(start or end)
    if words_language() not in ("en", "fr"):
        return format_interval(start, end, "yMMMMd", locale=words_locale())
    if start.year != end.year:
        return f"{format_day(start)} – {format_day(end)}"
    if start.month != end.month:
        return f"{_with_first(start, format_date(start, 'd MMMM', locale=words_locale()))} – {format_day(end)}"
    first = "1er" if start.day == 1 and current_language() == "fr" else start.day
    return f"{first}–{format_day(end)}"


def format_short_day(value: date | datetime) -> str:
    """A day near today without its year ("21 Nov"), for chips and dense tables; moments count as days in Vienna."""
    from babel.dates import format_skeleton

    from tracker.calendar.now import VIENNA

    if isinstance(value, datetime):
        value = value.astimezone(VIENNA).date()
    return _with_first(value, format_skeleton("MMMd", value, locale=words_locale()))


def format_moment(value: datetime | None, zone: str | None = None) -> str:
    """Date and time in the reader's zone (or `zone`), to the minute."""
    from babel.dates import format_datetime

    if value is None:
        return ""
    try:
        tz = ZoneInfo(zone or select_timezone() or "Europe/Vienna")
    except (ZoneInfoNotFoundError, ValueError):
        tz = ZoneInfo("Europe/Vienna")
    pattern = "d MMM y, HH:mm" if words_language() != "zh" else "y年M月d日 HH:mm"
    local = value.astimezone(tz)
    return _with_first(local, format_datetime(local, pattern, locale=words_locale()))


def format_number(value: int | float | Decimal | None, places: int = 3) -> str:
    """A number with the reader's separators and at most so many decimals."""
    from babel.numbers import format_decimal

    if value is None:
        return ""
    pattern = "#,##0." + "#" * places
    return format_decimal(value, pattern, locale=_locale(), numbering_system="latn")


def have_cents(minors: Iterable[int | None], currency: str) -> bool:
    """Whether any amount of a column has cents, so that all of them are to be written with them."""
    return any((minor or 0) % 10 ** money.digits(currency) for minor in minors)


def format_amount(minor: int | None, currency: str, whole: bool = False, cents: bool = False) -> str:
    """An amount without its currency: whole units when there are no cents, else ISO 4217's digits.

    `whole` rounds to units, for lists of amounts that are estimates anyway; `cents` writes them though they are none,
    for columns in which another amount has some.
    """
    from babel.numbers import format_decimal

    if minor is None:
        return ""
    digits = money.digits(currency)
    major = money.to_major(minor, currency)
    places = 0 if whole or (major == major.to_integral_value() and not cents) else digits
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(major, pattern, locale=_locale(), numbering_system="latn")


def format_money(minor: int | None, currency: str | None) -> str:
    """An amount of minor units with its ISO 4217 code first ("USD 35,000"), joined by a no-break space."""
    if minor is None or not currency:
        return ""
    return f"{currency}\u00a0{format_amount(minor, currency)}"
