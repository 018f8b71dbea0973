"""The kinds of acts that take two persons. A capability above registers its own, since this room cannot see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class ActKind:
    """One kind of act: `label` on the pages, who proposes it and who confirms it (roles).

    `describe` gives the sentence of each of these acts by its id, in one statement at most. `check` raises Conflict or
    Invalid when the act could not be confirmed as things stand. `run` does it, in the transaction of the confirmation,
    and raises Moved (`pledges.services.seats`) when something moved. `does` says before it what confirming will do.
    `of_both`: it changes what a donor promised, so it takes the yes of both sides and not one answer (`ActYes`); then
    the donor reads it while it waits.
    """

    name: ActName
    label: Any
    proposers: tuple[str, ...]
    confirmers: tuple[str, ...]
    describe: Callable[[Sequence[ProposedAct]], Mapping[int, Any]]
    check: Callable[[ProposedAct], None]
    run: Callable[[ProposedAct, Actor], None]
    does: tuple[Any, ...]
    of_both: bool = False

    @property
    def events(self) -> str:
        """What the names of its events begin with."""
        return "pledges.change" if self.of_both else "pledges.act"


_kinds: dict[str, ActKind] = {}


def register(*several: ActKind) -> None:
    """Let acts of these kinds be proposed. Called once in create_app."""
    _kinds.update({kind.name: kind for kind in several})


def named(name: str) -> ActKind:
    """The kind of this name. Raises KeyError for one that nobody registered."""
    return _kinds[name]


def kinds() -> list[ActKind]:
    """Every kind, in the order of their names."""
    return [_kinds[name] for name in ActName if name in _kinds]


def names_of_both() -> list[str]:
    """The names of the kinds that take the yes of both sides."""
    return [kind.name.value for kind in kinds() if kind.of_both]


def sentences(acts: Sequence[ProposedAct]) -> dict[int, Any]:
    """What each act would do, by its id."""
    found: dict[int, Any] = {}
    for kind in kinds():
        mine = [act for act in acts if act.kind == kind.name]
        if mine:
            found |= kind.describe(mine)
    return found
