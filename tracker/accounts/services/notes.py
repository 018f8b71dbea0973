"""The note verbale on which a first account or the right to sign rests."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class NoteVerbale:
    """A note verbale as it comes in; `file` is an upload or None."""

    reference: str
    date: date
    file: Any = None


@dataclass(frozen=True)
class KeptNote:
    """A note verbale that the office has already, with the id of its file."""

    reference: str
    date: date
    file_id: int
