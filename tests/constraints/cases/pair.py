"""Two rows that differ in what one CHECK is about."""

from dataclasses import dataclass

from tests.constraints.rows import Values


@dataclass(frozen=True)
class Pair:
    """A row that passes, as values over the smallest row of the table; and what is changed in it so that one CHECK,
    and no other, refuses it."""

    passes: Values
    breaks: Values


Cases = dict[str, list[Pair]]
"""By the CHECK's full name."""


def at_least(least: int, *columns: str) -> list[Pair]:
    """Pairs at the lower bound of each of these columns."""
    return [Pair({column: least}, {column: least - 1}) for column in columns]


def whole(*columns: str, filled: Values) -> list[Pair]:
    """Pairs for columns that are filled together or not at all: each in turn is the only one that is missing."""
    return [Pair(filled, {column: None}) for column in columns]
