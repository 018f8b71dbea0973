"""What waits for people: the door by which capabilities say what stands in somebody's name, and what waits for whoever
holds a role."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.database.one_statement import Rows
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who goes, and the organisation (of an alias its home) whose work they leave."""

    person_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in one person's name, and whoever has one of `roles` could have it.

    `label` and `then` are message ids: what it is, and what becomes of it without a successor. `number` is the select
    of how much of it somebody has. `hand_over` gives all of it to a successor (a person's id), or to the group when
    that is None; without it there is nothing to give: what `then` says holds for everybody. `endpoint` is the page on
    which it is read, `place` the arguments of its address, from the person's public id.
    """

    name: str
    roles: frozenset[str]
    label: str
    then: str
    number: Callable[[Leaver], sa.ScalarSelect[int]]
    hand_over: Callable[[Leaver, int | None, Actor], None] | None = None
    endpoint: str = ""
    place: Callable[[str], dict[str, Any]] = lambda _person: {}


@dataclass(frozen=True, slots=True)
class RoleWork:
    """What waits for anybody with one of `roles`. `rows` are (organisation_id, number), once for each organisation
    whose people it waits for; the organisation is NULL where that is the office. `label` is a message id."""

    name: str
    roles: frozenset[str]
    label: str
    rows: Callable[[], Rows]


_held: dict[str, Held] = {}
_for_roles: dict[str, RoleWork] = {}


def register(*, held: Iterable[Held] = (), for_roles: Iterable[RoleWork] = ()) -> None:
    """Say what a capability knows of. Called once in create_app."""
    _held.update({kind.name: kind for kind in held})
    _for_roles.update({work.name: work for work in for_roles})


def held_by_roles(lost: Iterable[str], kept: Iterable[str] = ()) -> list[Held]:
    """What somebody can have with the roles that they lose, and could not have with those that they keep."""
    gone, left = set(lost), set(kept)
    return [kind for kind in _held.values() if kind.roles & gone and not kind.roles & left]


def for_roles(lost: Iterable[str] | None = None, kept: Iterable[str] = ()) -> list[RoleWork]:
    """What waits for these roles and not for those that stay; without roles everything that waits for any."""
    if lost is None:
        return list(_for_roles.values())
    gone, left = set(lost), set(kept)
    return [work for work in _for_roles.values() if work.roles & gone and not work.roles & left]
