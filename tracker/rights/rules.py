"""Whether a rule lets an actor do something; services, pages and templates ask the same question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from tracker.errors import Forbidden
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: a stable code for tests and logs, a (lazily translated) sentence for the person."""

    code: str
    message: Any


class Facts:
    """What rules are asked about: a frozen value without defaults, built whole in one place. Never a row, which can
    lack what nobody loaded."""

    __slots__ = ()


Asked = TypeVar("Asked", bound=Facts)
Predicate = Callable[[Actor, Asked], Refusal | None]
Rules = Mapping[Any, tuple[Predicate[Asked], ...]]


def can(rules: Rules[Asked], action: Any, actor: Actor, facts: Asked | None) -> Refusal | None:
    """None when the actor may do `action` to what `facts` tell of, else the first refusal in the rules' order.

    `facts` are None for an act that has no subject yet; a rule that asks for one then fails. An action without rules
    is a programming error and raises KeyError, anything but facts TypeError: nothing is allowed by forgetting.
    """
    if facts is not None and not isinstance(facts, Facts):
        raise TypeError(f"Rules are asked about facts, not about {type(facts).__name__}.")
    for predicate in rules[action]:
        refusal = predicate(actor, cast("Asked", facts))
        if refusal is not None:
            return refusal
    return None


def authorize(rules: Rules[Asked], action: Any, actor: Actor, facts: Asked | None) -> None:
    """Raise Forbidden with the refusal's sentence unless every rule of `action` holds."""
    refusal = can(rules, action, actor, facts)
    if refusal is not None:
        raise Forbidden(refusal)
