"""A note verbale as it comes from a State, with a request or with a message that asks for other terms."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.reference.lifecycle import RESOLUTION_ADOPTED


@dataclass(frozen=True, slots=True)
class Note:
    """Who issued it, its own reference and date, and its file."""

    issuer: str
    reference: str
    dated: date
    file: Any = None


def check_note(note: Note) -> None:
    """Raise Invalid for a date on which no note verbale under the resolution can have been written."""
    if note.dated > today():
        raise Invalid(fields={"dated": lazy("The note verbale cannot be dated in the future.")})
    if note.dated < RESOLUTION_ADOPTED:
        message = lazy(
            "The note verbale cannot be older than resolution 74/247 of %(day)s.", day=format_day(RESOLUTION_ADOPTED)
        )
        raise Invalid(fields={"dated": message})
