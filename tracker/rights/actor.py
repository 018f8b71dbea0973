"""Who acts: a person under one membership, with roles. Knows no Flask: services, workers and templates use it alike."""

from dataclasses import dataclass, field
from typing import ClassVar

STATE_ROLES = frozenset({"focal_point", "authorising_officer", "state_administrator"})
DONOR_ROLES = frozenset({"donor_officer", "donor_signatory", "donor_administrator"})
OFFICE_ROLES = frozenset(
    {"triage_officer", "programme_manager", "finance_officer", "travel_officer", "administrator", "auditor"}
)

# Groups of roles, each with one name and one meaning wherever roles are asked for: views, rules, reads, who is told.
REQUEST_WRITERS = ("focal_point", "authorising_officer")
"""Who works on the requests of a State."""
REQUEST_OFFICERS = ("triage_officer", "programme_manager")
"""Who works on requests in the office."""
REQUEST_READERS = (*REQUEST_OFFICERS, "finance_officer", "travel_officer", "auditor")
"""Who reads requests in the office, and the money given for them: everybody but its administrators."""
SECRET_READERS = ("programme_manager", "auditor")
"""Who reads every strictly confidential request, and what was opened by those whose reading is recorded."""
TRAVEL_OFFICERS = ("travel_officer", "programme_manager")
"""Who puts seats to their States and looks after the journeys."""
TRAVEL_READERS = (*TRAVEL_OFFICERS, "finance_officer", "auditor")
"""Who reads of the journeys, and of how whoever travels is paid."""
PLEDGE_WRITERS = ("donor_officer", "donor_signatory")
"""Who works on the pledges of a donor."""
MONEY_PLANNERS = ("programme_manager", "finance_officer")
"""Who plans allocations and takes pledges over from files."""
IMPORTERS = (*REQUEST_OFFICERS, "finance_officer", "travel_officer", "administrator")
"""Who takes something over from files: administrators the rates and rules of travel cost, travel officers who
attended a session."""
ORGANISATION_ADMINISTRATORS = ("state_administrator", "donor_administrator", "administrator")
"""Who looks after the people of an organisation, their own or (the office's administrator) every one."""

ROLE_WATCHERS = ("administrator", "auditor")
"""Who is told of every change of roles, and reads them all."""
READ_ON_RECORD = ("auditor",)
"""Whose reading is recorded: each case, file and person that they open."""


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
    stands_in_for: frozenset[int] = field(default_factory=frozenset)
    """People who are away and whose stand-in the actor is: what waits for them stands in the actor's lists, too."""

    system: ClassVar["Actor"]
    anonymous: ClassVar["Actor"]

    def has(self, *roles: str) -> bool:
        """Whether the actor holds at least one of these roles under the present membership."""
        return not self.roles.isdisjoint(roles)

    @property
    def and_whom_they_stand_in_for(self) -> tuple[int | None, ...]:
        """The actor and those for whom they stand in, as people's ids."""
        return self.person_id, *sorted(self.stands_in_for)

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
