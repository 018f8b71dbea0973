"""What can be taken over from files: each capability registers its kind of record once, as it does its long work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tracker.imports.reading import Source
from tracker.imports.report import Report
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record that files hold.

    `label`, `files` (which files are read), `lands` (what becomes of new rows) and `whose` (the heading of a sample's
    owner) are message ids; `roles` may import; `read` gives the records of a file and refuses a damaged one
    (`files.damaged`), `examine` says of each what would be done, `take_over` does it and gives the report as data,
    `end` closes a run with its event. `model` are the rows that come of it and `parts` those that come with them;
    when an import is undone `forget` deletes what hangs on some of them (ids), for whoever undoes. `held` gives
    sentences for what rests on the rows of a run (its id) as a whole: while there are any, the import is not undone.
    `columns` are those of our own table, with what each holds; empty where there is no such table. `sessions` gives
    the sessions (code, name) of which a file can be, where it must be said, and `sources` in the same
    way the systems; `touched` gives conditions under which a
    row of the model counts as touched; `undoes` (a message id) says what undoing does where it is more than to delete
    rows.
    """

    name: str
    label: str
    files: str
    lands: str
    whose: str
    roles: tuple[str, ...]
    read: Callable[[Source], Any]
    examine: Callable[..., Report]
    take_over: Callable[..., dict[str, Any]]
    end: Callable[..., None]
    model: type[Any]
    parts: tuple[type[Any], ...] = ()
    forget: Callable[[Sequence[int], Actor], None] = lambda _ids, _actor: None
    held: Callable[[int], Sequence[Any]] = lambda _run_id: ()
    columns: Mapping[str, str] = field(default_factory=dict)
    sessions: Callable[[Actor], Sequence[tuple[str, Any]]] | None = None
    sources: Callable[[Actor], Sequence[tuple[str, Any]]] | None = None
    touched: Callable[[], Sequence[sa.ColumnElement[bool]]] = tuple
    undoes: str = ""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known, in a capability's init_app."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    """The kind of this name. Raises KeyError for one that nobody registered."""
    return _kinds[name]


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which capabilities registered them."""
    return tuple(_kinds.values())


def importable(actor: Actor) -> list[str]:
    """The names of the kinds that the actor may import."""
    return [kind.name for kind in _kinds.values() if actor.has(*kind.roles)]


def label_of(name: str) -> str:
    """The message id of what people call the records; of a kind that is gone its name."""
    return _kinds[name].label if name in _kinds else name
