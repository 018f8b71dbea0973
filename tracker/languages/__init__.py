"""Six languages; the words themselves are in tracker/translations."""

from typing import Any

from flask import Flask, request, session
from flask_babel import Domain

from tracker.languages.choosing import (
    LANGUAGE_NAMES,
    LANGUAGES,
    current_language,
    select_language,
    select_timezone,
    text_direction,
    untranslated,
)
from tracker.languages.formatting import (
    format_amount,
    format_day,
    format_days,
    format_moment,
    format_money,
    format_number,
    format_short_day,
    have_cents,
)
from tracker.languages.typed_text import marked, text_language


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
