"""Marking messages for translation; they are translated when somebody reads them."""

from collections.abc import Iterable
from typing import Any

import flask_babel
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape


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


def one_text(sentences: Iterable[Any]) -> Any:
    """Several messages one after the other, each translated when it is shown."""
    several = tuple(sentences)
    return _Waiting(lambda: " ".join(map(str, several)))
