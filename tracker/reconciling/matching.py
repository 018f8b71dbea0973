"""Which entry there is which step here. Pure.

By the reference; where none has it, by payee, amount and day together. What could be two is nobody's: a person chooses.
"""

import enum
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar


class How(enum.StrEnum):
    """By what an entry and a step were found to be the same."""

    REFERENCE = "reference"
    LIKENESS = "likeness"
    PERSON = "person"


def folded(reference: str) -> str:
    """The form in which references are compared: without spaces, whatever their case; no longer than is kept."""
    return "".join(reference.split()).casefold()[:120]


@dataclass(frozen=True, slots=True)
class Moved:
    """Money out or in, on one side: `id` of the entry or the act, its folded reference, the payee's number or ""."""

    id: int
    folded: str
    day: date
    amount_minor: int
    currency: str
    is_out: bool
    payee: str = ""

    @property
    def figures(self) -> tuple[bool, str, int, date]:
        """What both sides must say alike."""
        return self.is_out, self.currency, self.amount_minor, self.day


@dataclass(frozen=True, slots=True)
class Posted(Moved):
    """A step here. `is_reversed`: it was taken back. `is_matched`: it is an entry of this source already."""

    is_reversed: bool = False
    is_matched: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An entry with the steps that it is, and whether both sides say the same."""

    entry_id: int
    act_ids: tuple[int, ...]
    how: How
    agrees: bool


T = TypeVar("T")


def _by(key: Callable[[T], Hashable], rows: Iterable[T]) -> dict[Hashable, list[T]]:
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def match(entries: Iterable[Moved], posted: Iterable[Posted]) -> list[Found]:
    """What can be matched of entries that have no step yet, in the order of the entries."""
    there, here = list(entries), list(posted)
    known = {one.folded for one in here if one.folded}
    free = [one for one in here if not one.is_matched]
    by_reference = _by(lambda one: one.folded, free)
    found: list[Found] = []
    for reference, group in _by(lambda one: one.folded, (one for one in there if one.folded in known)).items():
        found += _of_one_reference(group, by_reference.get(reference, []))
    theirs = {one.folded for one in there}
    found += _alike(
        [one for one in there if one.folded not in known and one.payee],
        [one for one in free if one.folded not in theirs and one.payee and not one.is_reversed],
    )
    return sorted(found, key=lambda one: one.entry_id)


def _of_one_reference(there: list[Moved], here: list[Posted]) -> list[Found]:
    """Entries and steps under one reference: those that say the same first, then what is left of both."""
    living = [one for one in here if not one.is_reversed]
    found = _pairs(there, living, lambda one: one.figures, How.REFERENCE)
    entries = {one.entry_id for one in found}
    acts = {act for one in found for act in one.act_ids}
    there = [one for one in there if one.id not in entries]
    left = [one for one in living if one.id not in acts] or ([] if found else [one for one in here if one.is_reversed])
    if len(there) != 1 or not left:
        return found
    entry, ids = there[0], tuple(one.id for one in left)
    if len(left) == 1:
        return [*found, Found(entry.id, ids, How.REFERENCE, agrees=False)]
    if _is_sum(entry, left):
        return [*found, Found(entry.id, ids, How.REFERENCE, agrees=True)]
    return found


def _is_sum(entry: Moved, steps: list[Posted]) -> bool:
    """Whether one document there stands for all these steps here."""
    same = all((one.is_out, one.currency, one.day) == (entry.is_out, entry.currency, entry.day) for one in steps)
    return same and not steps[0].is_reversed and sum(one.amount_minor for one in steps) == entry.amount_minor


def _alike(there: list[Moved], here: list[Posted]) -> list[Found]:
    return _pairs(there, here, lambda one: (folded(one.payee), *one.figures), How.LIKENESS)


def _pairs(there: list[Moved], here: list[Posted], key: Callable[[Moved], Hashable], how: How) -> list[Found]:
    """Those of which each side has exactly one."""
    ours = _by(key, here)
    return [
        Found(entries[0].id, (ours[like][0].id,), how, agrees=True)
        for like, entries in _by(key, there).items()
        if len(entries) == 1 and len(ours.get(like, ())) == 1
    ]
