"""Refusing an act that lacks the words somebody is owed."""

from tracker.errors import Invalid
from tracker.languages.marking import lazy


def needed(text: str, field: str = "reason") -> str:
    """The text without its outer blanks. Raises Invalid when nothing is left."""
    if not text.strip():
        raise Invalid(fields={field: lazy("Write something here.")})
    return text.strip()


def required(**texts: str) -> None:
    """Raise Invalid for every text that is empty."""
    empty = {name: lazy("Write a few words here.") for name, text in texts.items() if not (text or "").strip()}
    if empty:
        raise Invalid(fields=empty)
