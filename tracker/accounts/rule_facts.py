"""What the rules ask of organisations, places in them, people and requests for accounts: values made of whole rows."""

from dataclasses import dataclass

from tracker.accounts.models import AccountRequest, Invitation, Membership, Organisation, Person
from tracker.rights.rules import Facts


@dataclass(frozen=True, slots=True)
class OrganisationFacts(Facts):
    """An organisation: its kind ("state", "donor" or "office"), and whether it is open; of an alias its home's."""

    id: int
    kind: str
    active: bool

    @classmethod
    def of(cls, organisation: Organisation) -> "OrganisationFacts":
        """The facts of a loaded row; no statement."""
        home = organisation.home
        return cls(id=home.id, kind=home.kind, active=home.active)


@dataclass(frozen=True, slots=True)
class PlaceFacts(Facts):
    """A membership or an invitation: where it is, the roles that it carries, and whether it was sent to the person or
    waits for a second administrator still."""

    organisation: OrganisationFacts
    roles: frozenset[str]
    sent: bool

    @classmethod
    def of(cls, place: Membership | Invitation) -> "PlaceFacts":
        """The facts of a row loaded with its organisation and roles; no statement."""
        sent = isinstance(place, Membership) or place.sent
        return cls(organisation=OrganisationFacts.of(place.organisation), roles=frozenset(place.roles), sent=sent)


@dataclass(frozen=True, slots=True)
class GiftFacts(Facts):
    """Roles that somebody does not hold yet in an organisation, and to whom they would go: a person's id, or None for
    an address that nobody has an account with."""

    organisation: OrganisationFacts
    roles: frozenset[str]
    to: int | None


@dataclass(frozen=True, slots=True)
class ProposalFacts(Facts):
    """Roles that wait for a second person: who asked them and whom they are for, as ids of people (None: the operator
    or a mission; nobody with an account yet), and why they do not go together with other roles, if so."""

    status: str
    asked_by: int | None
    to: int | None
    clash: object | None


@dataclass(frozen=True, slots=True)
class PersonFacts(Facts):
    """A person."""

    id: int

    @classmethod
    def of(cls, person: Person) -> "PersonFacts":
        """The facts of a loaded row; no statement."""
        return cls(id=person.id)


@dataclass(frozen=True, slots=True)
class AccountRequestFacts(Facts):
    """A mission's request for its State's first account, and whether it was answered."""

    status: str

    @classmethod
    def of(cls, account_request: AccountRequest) -> "AccountRequestFacts":
        """The facts of a loaded row; no statement."""
        return cls(status=account_request.status)
