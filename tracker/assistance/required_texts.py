"""Refusing an action without the text that it must have, such as a reason."""

from tracker.errors import Invalid
from tracker.languages.marking import lazy


def needed(text: str, field: str = "reason") -> str:
    """The text without blanks around it. Raises Invalid at `field` when it is empty."""
    if not text.strip():
        raise Invalid(fields={field: lazy("Write something here.")})
    return text.strip()


def required(**texts: str) -> None:
    """Raise Invalid for every text that is empty."""
    empty = {name: lazy("Write a few words here.") for name, text in texts.items() if not (text or "").strip()}
    if empty:
        raise Invalid(fields=empty)
