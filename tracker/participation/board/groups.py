"""Who asked and who was given, by regional group and by list of countries: one rule for the board and for reports.

Every group has a row, States of none too, also where nobody asks. A State on two lists counts in both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tracker.languages.marking import N_
from tracker.participation.board.queries import Board
from tracker.reference.lifecycle import COUNTRY_LISTS, GROUP_NAMES

LISTS = ("ldc", "lldc", "sids")
NO_GROUP, NO_LIST = "none", "none"


@dataclass(frozen=True, slots=True)
class Group:
    """A regional group or a list of countries: its key, its name to be translated, and which rows of a board (or of
    anything else with a State's `group` and lists) are of it."""

    key: str
    label: str
    has: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Share:
    """What a group asked, was given and used: people nominated, seats that stand, seats in which somebody travelled."""

    key: str
    label: str
    asked: int
    given: int
    used: int

    @property
    def without(self) -> int:
        """How many nominated people have no seat."""
        return max(self.asked - self.given, 0)


def _of_group(code: str | None, row: Any) -> bool:
    return bool(row.group == code)


def _on(name: str, row: Any) -> bool:
    return bool(getattr(row, name))


def _on_none(row: Any) -> bool:
    return not any(_on(name, row) for name in LISTS)


REGIONS = tuple(Group(code or NO_GROUP, name, partial(_of_group, code)) for code, name in GROUP_NAMES.items())
"""The regional groups, and States of none."""
SPECIAL = (
    *(Group(name, COUNTRY_LISTS[name].all, partial(_on, name)) for name in LISTS),
    Group(NO_LIST, N_("On none of these"), _on_none),
)
"""The lists of countries in a special situation, and States on none of them."""


def shares(board: Board, groups: tuple[Group, ...]) -> tuple[Share, ...]:
    """What each of these groups asked, was given and used at a session."""
    return tuple(
        Share(
            one.key,
            one.label,
            board.people(one.has),
            board.standing_of(one.has),
            board.travelled_of(one.has),
        )
        for one in groups
    )
