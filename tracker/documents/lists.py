"""Lists that can be taken away as a file: each is registered once by the capability whose page shows it.

`read` gives the rows of that page, limited to its reader and to the filters of the address, without its paging. What
leaves is decided here for all of them: nothing strictly confidential, confidential rows for a reason only.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tracker.documents.describing import Cell, Column, Table
from tracker.errors import Forbidden, NotFound
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal
from tracker.web.access import may_enter

MOST = 10_000
"""As many rows has a file at most; its first lines say when there are more."""
WITH_A_REASON = "confidential"
NEVER = "strictly_confidential"
Filters = Mapping[str, str]
"""The parts of the address of a list's page, without those that turn its pages."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row, and the marking of the request that it is about."""

    cells: tuple[Cell, ...]
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list holds for a reader. `filters` are in words; `titled` names the one thing that it is about."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    filters: tuple[str, ...] = ()
    titled: str = ""

    @property
    def more(self) -> bool:
        """Whether there are more rows than a file takes."""
        return len(self.lines) > MOST

    def marked(self, marking: str) -> int:
        """How many of the rows have a marking."""
        return sum(line.marking == marking for line in self.lines[:MOST])

    def leaving(self, *, with_confidential: bool) -> tuple[Line, ...]:
        """The rows that may leave."""
        held = {NEVER} if with_confidential else {NEVER, WITH_A_REASON}
        return tuple(line for line in self.lines[:MOST] if line.marking not in held)


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list: its name in addresses, what it is called, the page that shows it with its @access, and how it is read.

    `opens` is asked before a list about one thing is shown (`events.on_record`).
    """

    name: str
    label: Any
    endpoint: str
    access: tuple[str, ...]
    read: Callable[[Actor, Filters, int], Listed]
    opens: Callable[[Actor, Filters], object] | None = None
    filters: tuple[str, ...] = field(default=())

    def refuse_others(self, actor: Actor) -> None:
        """Raise Forbidden to whoever may not enter the list's page."""
        if not may_enter(frozenset(self.access), actor):
            raise Forbidden(Refusal("role", lazy("This page is for people with another role.")))

    def narrowed(self, parts: Mapping[str, str]) -> dict[str, str]:
        """The filters of this list among the parts of an address."""
        return {name: parts[name][:200] for name in self.filters if parts.get(name)}

    def listed(self, actor: Actor, parts: Mapping[str, str]) -> Listed:
        """What the list holds for `actor`, one row more than a file takes. Raises Forbidden."""
        self.refuse_others(actor)
        return self.read(actor, self.narrowed(parts), MOST + 1)


_kinds: dict[str, ListKind] = {}


def register(*kinds: ListKind) -> None:
    """Let lists be taken away. Called by capabilities in create_app."""
    _kinds.update((kind.name, kind) for kind in kinds)


def registered() -> list[ListKind]:
    """Every list that can be taken away, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_of(name: str) -> ListKind:
    """The list of this name. Raises NotFound."""
    try:
        return _kinds[name]
    except KeyError:
        raise NotFound from None


def lines(rows: Iterable[tuple[Cell, ...]]) -> tuple[Line, ...]:
    """Rows that are about no request."""
    return tuple(Line(row) for row in rows)


def as_table(kind: ListKind, listed: Listed, leaving: tuple[Line, ...]) -> Table:
    """The rows that leave, under their columns."""
    return Table(str(kind.label), listed.columns, tuple(line.cells for line in leaving))


def hash_of(table: Table) -> str:
    """One hash for the same rows in the same order."""
    return sha256(repr([column.title for column in table.columns]).encode() + repr(table.rows).encode()).hexdigest()
