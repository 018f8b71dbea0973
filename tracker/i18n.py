"""Six languages: marking, choosing and formatting. The words themselves are in tracker/translations."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import flask_babel
from flask import Flask, g, has_request_context, request, session
from flask_babel import Domain, force_locale
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from tracker import money


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the United Nations: its own name, its CLDR locale (with Western digits in Arabic, simplified
    Chinese), the script that tells it, its direction, and what is said where the interface has no words in it yet."""

    name: str
    locale: str
    script: str = ""
    direction: str = "ltr"
    in_english: str = ""


# fmt: off
LANGUAGES: dict[str, Language] = {
    "ar": Language("العربية", "ar_EG", "ARABIC", "rtl",
                   "لم تُترجم واجهة هذه الخدمة إلى العربية بعد، وهي معروضة بالإنكليزية."),
    "zh": Language("中文", "zh_Hans_CN", "CJK", "ltr", "本服务的界面尚未译成中文，暂以英文显示。"),
    "en": Language("English", "en_GB"),
    "fr": Language("Français", "fr_FR"),
    "ru": Language("Русский", "ru_RU", "CYRILLIC", "ltr",
                   "Интерфейс этой службы ещё не переведён на русский язык и показан на английском."),
    "es": Language("Español", "es_ES", "", "ltr",
                   "La interfaz de este servicio aún no está traducida al español y se muestra en inglés."),
}
# fmt: on
LANGUAGE_NAMES = {code: language.name for code, language in LANGUAGES.items()}


@cache
def untranslated(language: str) -> str:
    """What to tell a reader whose language has no catalogue: that the words are English; nothing when it has one."""
    has_words = (Path(__file__).parent / "translations" / language).is_dir()
    return "" if has_words or language not in LANGUAGES else LANGUAGES[language].in_english


def N_(message: str) -> str:
    """Mark a message for translation where it is only a constant; it is translated when shown."""
    return message


class _Waiting(LazyString):
    """A message that waits for its reader. It is text: Flask-Babel's own passes for markup, and so would the names in
    it that people typed."""

    def __html__(self) -> Markup:
        return escape(str(self))


def lazy(message: str, **values: Any) -> Any:
    """A message that is translated when it is shown, in the language of whoever looks."""
    return _Waiting(flask_babel.gettext, message, **values)


def text_direction(language: str) -> str:
    """ "rtl" for Arabic, else "ltr"."""
    return LANGUAGES[language].direction if language in LANGUAGES else "ltr"


def select_language() -> str:
    """The language of this request: asked for, chosen in this browser, the person's own, or what it prefers."""
    if not has_request_context():
        return "en"
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return chosen
    actor = g.get("actor")
    if actor is not None and actor.signed_in and actor.language in LANGUAGES:
        return actor.language
    return request.accept_languages.best_match([*LANGUAGES]) or "en"


def select_timezone() -> str | None:
    actor = g.get("actor") if has_request_context() else None
    return actor.timezone if actor is not None and actor.signed_in else "Europe/Vienna"


def current_language() -> str:
    """The two-letter language in which text is being made right now."""
    locale = flask_babel.get_locale()
    return locale.language if locale is not None else "en"


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Make text for a reader of `language` inside the block (mails, previews)."""
    with force_locale(language):
        yield


def words_language() -> str:
    """The language of the sentences that are being made: English where the reader's has no catalogue yet. Dates and
    names of languages stand inside sentences, so they follow it; numbers and names of States are the reader's."""
    language = current_language()
    return "en" if untranslated(language) else language


def words_locale() -> str:
    """The CLDR locale of `words_language()`."""
    return LANGUAGES.get(words_language(), LANGUAGES["en"]).locale


def _locale() -> str:
    return LANGUAGES.get(current_language(), LANGUAGES["en"]).locale


def format_day(value: date | datetime | None, style: str = "long") -> str:
    """A calendar day in the reader's way ("26 January 2026"); moments count as days in Vienna."""
    from babel.dates import format_date

    from tracker.now import VIENNA

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

    from tracker.now import VIENNA

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


_ENGLISH = {"the", "of", "on", "for", "and", "to", "with", "from", "session", "sessions", "ceremony", "consultation"}
_SPANISH = {"el", "la", "los", "las", "de", "del", "al", "en", "y", "e", "o", "un", "una", "para", "por", "con",
            "sobre", "sesión", "reunión"}  # fmt: skip


def text_language(text: str | None, language: str) -> str:
    """The language to mark a text with. A request may be titled by its session, whose titles are English or French
    only: a text without a letter of its language's script, or Spanish by none of its words, is marked as English."""
    import unicodedata

    if not text:
        return ""
    if language == "es":
        words = frozenset(re.findall(r"\w+", text.casefold()))
        return "en" if words & _ENGLISH and not words & _SPANISH else "es"
    if language not in LANGUAGES or not LANGUAGES[language].script:
        return language
    letters = (unicodedata.name(letter, "") for letter in text if letter.isalpha())
    return language if any(name.startswith(LANGUAGES[language].script) for name in letters) else "en"


def marked(text: str | None, language: str) -> Markup:
    """The attributes that say in which language and direction a text is written."""
    shown = text_language(text, language)
    return Markup('lang="{}" dir="{}"').format(shown, text_direction(shown)) if shown else Markup("")


class _Catalogues(Domain):
    """The words of each language, found by its two letters: Flask-Babel would spell out the reader's whole locale
    again for every single word of a page."""

    def get_translations(self) -> Any:
        language = current_language()
        if language not in self.cache:
            self.cache[language] = super().get_translations()
        return self.cache[language]


def init_app(app: Flask) -> None:
    from tracker.extensions import babel

    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    babel.init_app(app, locale_selector=select_language, timezone_selector=select_timezone)
    babel.domain_instance = _Catalogues()
    app.jinja_env.filters.update(
        day=format_day,
        days=format_days,
        short_day=format_short_day,
        moment=format_moment,
        money=format_money,
        amount=format_amount,
        number=format_number,
    )
    app.jinja_env.globals.update(
        current_language=current_language,
        text_direction=text_direction,
        text_language=text_language,
        untranslated=untranslated,
        have_cents=have_cents,
        marked=marked,
        LANGUAGE_NAMES=LANGUAGE_NAMES,
    )

    @app.before_request
    def keep_asked_language() -> None:
        asked = request.args.get("lang")
        if asked in LANGUAGES:
            session["language"] = asked
