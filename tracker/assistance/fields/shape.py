"""What the table of fields says of each: its shape, its words, its columns, and who may see it. Pure."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.assistance.lifecycle import Kind
from tracker.languages.marking import N_

LONGEST_TEXT = 20_000
"""Characters that an import keeps of a text."""


class Shape(enum.Enum):
    """What an answer is: one line or several lines, each in a column of its name, or something of its own."""

    LINE = "line"
    PARAGRAPHS = "paragraphs"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of requests: what it holds in words, and how many characters are kept where it is a text."""

    name: str
    holds: str
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field. Words are message ids.

    `steps` says for each kind of request the step of the form that asks it; "" where it can be questioned but no step
    asks it. `limit` is how many characters the form takes; `needed` is the sentence while it is empty and may not be.
    A change of a `weighty` one is the authority's. `columns` are those of an imported table, `found_by` the columns of
    the request (and "beneficiaries") whose words find it. `consent` is the one with which outsiders may see it; without
    one it stays between the State and the office. `editor` is the endpoint of the page, given the request's public id,
    on which an answer is changed that has no inputs beside its question.
    """

    name: str
    label: str
    steps: Mapping[Kind, str]
    shape: Shape = Shape.OTHER
    hint: str = ""
    limit: int = 0
    needed: str = ""
    optional: bool = False
    weighty: bool = False
    columns: tuple[Column, ...] = ()
    found_by: tuple[str, ...] = ()
    consent: str = ""
    editor: str = ""


def text(
    name: str,
    label: str,
    steps: Mapping[Kind, str],
    *,
    hint: str,
    needed: str = "",
    weighty: bool = False,
    imported: bool = True,
    consent: str = "",
) -> Field:
    """A text of several lines in a column of its name, found by its words; optional without a `needed`."""
    return Field(
        name,
        label,
        steps,
        shape=Shape.PARAGRAPHS,
        hint=hint,
        limit=8_000,
        needed=needed,
        optional=not needed,
        weighty=weighty,
        columns=(Column(name, N_("text"), LONGEST_TEXT),) if imported else (),
        found_by=(name,),
        consent=consent,
    )
