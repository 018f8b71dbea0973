"""Refusing an action without the text that it must have, such as a reason."""

from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown


def needed(text: str, field: str = "reason") -> str:
    """The text without blanks around it. Raises Invalid at `field` when it shows nothing."""
    if not shown(text):
        raise Invalid(fields={field: lazy("Write something here.")})
    return shown(text)


def required(**texts: str) -> None:
    """Raise Invalid for every text that shows nothing."""
    empty = {name: lazy("Write a few words here.") for name, text in texts.items() if not shown(text)}
    if empty:
        raise Invalid(fields=empty)
