"""What the fonts lack is said in a sentence at the beginning of a document, and never printed as an empty box."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from flask_babel import gettext as _

from tracker.documents.describing import Document, Paragraph

INSTEAD = "\N{REPLACEMENT CHARACTER}"


def printable(document: Document, prints: Callable[[str], bool]) -> Document:
    """The document with a sign in place of each character that does not print, and a sentence that says so."""
    lacking = sorted(char for char in set("".join(_texts(document))) if not prints(f"a{char}a"))
    without: Document = _replaced(document, str.maketrans(dict.fromkeys(lacking, INSTEAD)))
    codes = " ".join(f"U+{ord(char):04X}" for char in lacking)
    sentence = _("Characters that cannot be printed here are shown as %(sign)s.", sign=INSTEAD)
    return replace(without, blocks=(Paragraph(f"{sentence} {codes}".strip()), *without.blocks))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))


def _replaced(part: Any, signs: dict[int, str]) -> Any:
    """The same part with every text in it translated."""
    if isinstance(part, Enum):
        return part
    if isinstance(part, str):
        return part.translate(signs)
    if isinstance(part, tuple):
        return tuple(_replaced(one, signs) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{field.name: _replaced(getattr(part, field.name), signs) for field in fields(part)})
    return part
