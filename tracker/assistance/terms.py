"""The terms of a decision, and what an amendment changes in them. Pure, knows no database."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Parts = list[tuple[bool, str]]
"""Pieces of a text in order; those marked are on this side only."""
# Words, spaces, and each Chinese character for itself: Chinese is written without spaces.
_PIECE = re.compile(r"\s+|[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Change:
    """One term before and after an amendment: an amount in US cents, or words with their languages."""

    name: str
    before: Any
    after: Any
    before_language: str = ""
    after_language: str = ""

    @property
    def sides(self) -> tuple[Parts, Parts]:
        """Both texts with what differs marked, word by word."""
        return difference(plain(self.before), plain(self.after))


def plain(text: str | None) -> str:
    """Words as they are kept and compared: no spaces around them, one kind of line end (browsers send another)."""
    return "\n".join((text or "").strip().splitlines())


def changes(before: Any, after: Any) -> list[Change]:
    """What differs between two decisions (rows with an amount, and words with their languages)."""
    found = []
    if before.amount_minor != after.amount_minor:
        found.append(Change("amount", before.amount_minor, after.amount_minor))
    for name in ("scope", "human_rights", "conditions"):
        words = getattr(before, name), getattr(after, name)
        if plain(words[0]) != plain(words[1]):
            languages = (getattr(row, f"{name}_language") for row in (before, after))
            found.append(Change(name, *words, *languages))
    return found


def difference(before: str, after: str) -> tuple[Parts, Parts]:
    """Both texts in pieces, those marked that the other text does not have at that place."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    sides: tuple[Parts, Parts] = ([], [])
    for kind, *ends in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, pieces, (start, end) in ((sides[0], old, ends[:2]), (sides[1], new, ends[2:])):
            if start < end:
                side.append((kind != "equal", "".join(pieces[start:end])))
    return sides
