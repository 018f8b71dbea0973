"""The terms of a decision, and what an amendment changes in them. Pure, knows no database."""

from dataclasses import dataclass
from typing import Any

from tracker.i18n import N_

TERM_LABELS = {"amount": N_("Amount"), "scope": N_("Scope"), "conditions": N_("Conditions")}


@dataclass(frozen=True, slots=True)
class Change:
    """One term before and after an amendment: an amount in US cents, or words with their languages."""

    name: str
    before: Any
    after: Any
    before_language: str = ""
    after_language: str = ""


def plain(text: str | None) -> str:
    """Words as they are kept and compared: no spaces around them, one kind of line end (browsers send another)."""
    return "\n".join((text or "").strip().splitlines())


def changes(before: Any, after: Any) -> list[Change]:
    """What differs between two decisions (rows with amount_minor, scope, conditions and their languages)."""
    found = []
    if before.amount_minor != after.amount_minor:
        found.append(Change("amount", before.amount_minor, after.amount_minor))
    for name in ("scope", "conditions"):
        words = getattr(before, name), getattr(after, name)
        if plain(words[0]) != plain(words[1]):
            languages = (getattr(row, f"{name}_language") for row in (before, after))
            found.append(Change(name, *words, *languages))
    return found
