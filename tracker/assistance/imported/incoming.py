"""One record of a file, still as text, whatever its format was."""

from dataclasses import dataclass, field
from typing import Any

Said = tuple[str, str, dict[str, Any]]


@dataclass(slots=True)
class Incoming:
    """A request as a source tells it. Everything is text as written; `checking` decides what can be taken.

    `words` are the texts of the request's fields beside the title, by column (see `field_table`). `texts` holds further
    language versions as (field, language, text); `sectors` are IATI sector codes. `faults` and `changes` are what the
    reader of the format has to say, as (field, reason, values). `by_machine` is whether a program wrote the amount.
    """

    row: int
    source: str
    source_id: str
    state: str
    title: str
    kind: str = "technical"
    language: str = "en"
    words: dict[str, str] = field(default_factory=dict)
    areas: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    beneficiaries: list[str] = field(default_factory=list)
    amount: str = ""
    currency: str = ""
    starts_on: str = ""
    ends_on: str = ""
    submitted_on: str = ""
    session: str = ""
    marking: str = "unclassified"
    texts: list[tuple[str, str, str]] = field(default_factory=list)
    by_machine: bool = True
    faults: list[Said] = field(default_factory=list)
    changes: list[Said] = field(default_factory=list)
