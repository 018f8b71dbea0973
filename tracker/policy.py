"""Who acts, and whether a rule lets them. Knows no Flask: services, workers and templates ask the same questions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar, cast

from tracker.errors import Forbidden

STATE_ROLES = frozenset({"focal_point", "authorising_officer", "state_administrator"})
DONOR_ROLES = frozenset({"donor_officer", "donor_signatory", "donor_administrator"})
OFFICE_ROLES = frozenset({"triage_officer", "programme_manager", "finance_officer", "administrator", "auditor"})

# Groups of roles, each with one name and one meaning wherever roles are asked for: views, rules, reads, who is told.
REQUEST_WRITERS = ("focal_point", "authorising_officer")
"""Who works on the requests of a State."""
REQUEST_OFFICERS = ("triage_officer", "programme_manager")
"""Who works on requests in the office."""
REQUEST_READERS = (*REQUEST_OFFICERS, "finance_officer", "auditor")
"""Who reads requests in the office, and the money given for them: everybody but its administrators."""
SECRET_READERS = ("programme_manager", "auditor")
"""Who reads every strictly confidential request, besides the officer who has it."""
PLEDGE_WRITERS = ("donor_officer", "donor_signatory")
"""Who works on the pledges of a donor."""
MONEY_PLANNERS = ("programme_manager", "finance_officer")
"""Who plans allocations and takes pledges over from files."""
IMPORTERS = (*REQUEST_OFFICERS, "finance_officer")
"""Who takes something over from files."""
ORGANISATION_ADMINISTRATORS = ("state_administrator", "donor_administrator", "administrator")
"""Who looks after the people of an organisation, their own or (the office's administrator) every one."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person under one membership, with the rights read from the database at this request."""

    person_id: int | None = None
    membership_id: int | None = None
    organisation_id: int | None = None
    organisation_code: str = ""
    office_id: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    language: str = "en"
    name: str = ""
    timezone: str = "Europe/Vienna"
    is_system: bool = False

    system: ClassVar["Actor"]
    anonymous: ClassVar["Actor"]

    def has(self, *roles: str) -> bool:
        """Whether the actor holds at least one of these roles under the present membership."""
        return not self.roles.isdisjoint(roles)

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def is_staff(self) -> bool:
        """Whether the actor works for the office (UNODC), in whatever role."""
        return not self.roles.isdisjoint(OFFICE_ROLES)

    @property
    def is_state(self) -> bool:
        return not self.roles.isdisjoint(STATE_ROLES)

    @property
    def is_donor(self) -> bool:
        return not self.roles.isdisjoint(DONOR_ROLES)


Actor.system = Actor(name="system", is_system=True)
Actor.anonymous = Actor()


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
