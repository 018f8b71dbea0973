"""Text fields that keep what was typed and lose only what no database can store."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from tracker.web.forms import AtMost

_CONTROLS = {code: None for code in (*range(32), 127) if code not in (9, 10, 13)}


def clean(text: Any) -> str:
    """The text without control characters (PostgreSQL refuses NUL), with plain line ends and no outer blanks."""
    plain = str(text or "").translate(_CONTROLS).replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain.encode("utf-8", "replace").decode("utf-8")


def line(label: Any, limit: int = 200, *, optional: bool = False, **options: Any) -> StringField:
    """One line of text; an `optional` one says so beside its label."""
    return StringField(label, filters=[clean], validators=_validators(limit, optional), **options)


def paragraphs(label: Any, limit: int = 8_000, *, optional: bool = False, **options: Any) -> TextAreaField:
    """Text of several lines."""
    return TextAreaField(label, filters=[clean], validators=_validators(limit, optional), **options)


def _validators(limit: int, optional: bool) -> list[Any]:
    return [Optional(), AtMost(limit)] if optional else [AtMost(limit)]
