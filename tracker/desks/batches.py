"""Several acts at once: each row is an act of its own, done whole or refused with its sentence."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.errors import DomainError
from tracker.extensions import db


@dataclass(frozen=True, slots=True)
class Ticked:
    """A row that was ticked: its public id, and the version that the reader saw."""

    public_id: uuid.UUID
    version: int

    def __str__(self) -> str:
        return f"{self.public_id}.{self.version}"


def ticked(values: Sequence[str], most: int = 200) -> list[Ticked]:
    """The rows of a form or an address, each once; what is none is left out."""
    found: dict[uuid.UUID, Ticked] = {}
    for value in values[:most]:
        name, _dot, version = value.partition(".")
        try:
            found[uuid.UUID(name)] = Ticked(uuid.UUID(name), int(version) if version.isdecimal() else 0)
        except ValueError:
            continue
    return list(found.values())


def each(rows: Sequence[Ticked], act: Callable[..., Any], *, key: str) -> dict[uuid.UUID, Any]:
    """Do `act` for every row, given its id, version and a key of its own; gives the refusals by the rows' ids. The same
    form sent again finds what it has done."""
    refused: dict[uuid.UUID, Any] = {}
    for row in rows:
        try:
            act(row.public_id, version=row.version, key=str(uuid.uuid5(uuid.UUID(key), str(row.public_id))))
        except DomainError as problem:
            db.session.rollback()
            refused[row.public_id] = problem.message or next(iter(getattr(problem, "fields", {}).values()), "")
    return refused
