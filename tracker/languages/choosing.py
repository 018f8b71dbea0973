"""Which language: the six, the reader's choice, and the language in which text is being made."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import flask_babel
from flask import g, has_request_context, request, session
from flask_babel import force_locale


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
    has_words = (Path(__file__).parents[1] / "translations" / language).is_dir()
    return "" if has_words or language not in LANGUAGES else LANGUAGES[language].in_english


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
