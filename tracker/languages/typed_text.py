"""The language of what a person typed, said in the markup around it."""

import re

from markupsafe import Markup

from tracker.languages.choosing import LANGUAGES, text_direction

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
