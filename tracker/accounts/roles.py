"""Roles: which kind of organisation can carry which, who may hand them out, and how they read on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import N_, lazy
from tracker.rights.actor import DONOR_ROLES, OFFICE_ROLES, STATE_ROLES, Actor

KINDS = ("state", "donor", "office")


@dataclass(frozen=True, slots=True)
class Role:
    """The kind of organisation that a role belongs to, what it is called and what its people do. Which roles may do
    the same is said by the groups in `tracker.rights.rules`."""

    kind: str
    label: str
    hint: str


ROLES: dict[str, Role] = {
    "focal_point": Role("state", N_("Focal point"), N_("Drafts requests and answers questions about them.")),
    "authorising_officer": Role(
        "state", N_("Authorising officer"), N_("Releases requests in the State's name, with their note verbale.")
    ),
    "state_administrator": Role(
        "state", N_("Administrator of the State"), N_("Invites, ends and replaces the people of the State.")
    ),
    "donor_officer": Role("donor", N_("Donor officer"), N_("Finds needs that fit and offers pledges.")),
    "donor_signatory": Role("donor", N_("Donor signatory"), N_("Signs pledges.")),
    "donor_administrator": Role(
        "donor", N_("Administrator of the donor"), N_("Invites, ends and replaces the people of the donor.")
    ),
    "triage_officer": Role(
        "office", N_("Triage officer"), N_("Works the queue: verifies, asks, assesses, prepares decisions.")
    ),
    "programme_manager": Role("office", N_("Programme manager"), N_("Signs decisions and prepares rounds.")),
    "finance_officer": Role(
        "office", N_("Finance officer"), N_("Records receipts and payments, approves allocations that others planned.")
    ),
    "travel_officer": Role(
        "office", N_("Travel officer"), N_("Offers seats to their States and looks after the journeys.")
    ),
    "administrator": Role(
        "office", N_("Administrator"), N_("Keeps accounts, reference data and rules; sees no request's content.")
    ),
    "auditor": Role("office", N_("Auditor"), N_("Reads everything, and changes nothing.")),
}
"""Every role, in the order of every page."""

# A State may ask and give, so its organisation carries both families.
ROLES_OF_KIND: dict[str, frozenset[str]] = {
    "state": STATE_ROLES | DONOR_ROLES,
    "donor": DONOR_ROLES,
    "office": OFFICE_ROLES,
}

SIGNING_ROLES = frozenset({"authorising_officer", "donor_signatory"})
"""Who binds a State or a donor: given on its note verbale."""

CONFIRMED_ROLES = OFFICE_ROLES | SIGNING_ROLES
"""Roles that one person asks for somebody, and an administrator of the office who is somebody else gives."""

GO_WITH_ADMINISTRATOR = frozenset({"administrator", "auditor"})
"""What an administrator of the office can be."""

NEEDED_ADMINISTRATORS = 2
"""With fewer in the office nobody can give a role in it."""

ADMINISTRATOR_OF_KIND = {"state": "state_administrator", "donor": "donor_administrator", "office": "administrator"}
"""Who looks after the people of an organisation of each kind."""


def in_order(roles: Iterable[str]) -> list[str]:
    """Roles in the order in which every page shows them."""
    held = set(roles)
    return [role for role in ROLES if role in held]


def grantable(actor: Actor, *, kind: str, organisation_id: int | None) -> frozenset[str]:
    """The roles that `actor` may give or take in an organisation of `kind`; none in somebody else's. The operator's
    command makes administrators of the office and nobody else."""
    if actor.is_system:
        return ROLES_OF_KIND[kind] & {"administrator"}
    if actor.has("administrator"):
        return ROLES_OF_KIND[kind]
    if organisation_id is None or actor.organisation_id != organisation_id:
        return frozenset()
    if actor.has("state_administrator"):
        return ROLES_OF_KIND[kind]
    if actor.has("donor_administrator"):
        return ROLES_OF_KIND[kind] & DONOR_ROLES
    return frozenset()


def clash(roles: Iterable[str], kinds: Iterable[str]) -> Any | None:
    """Why one person cannot hold all these roles in organisations of these kinds, in a sentence; None when they can.

    Whoever gives roles decides and pays nothing, and nobody of the office speaks for a State.
    """
    held, kinds = set(roles), set(kinds)
    if "administrator" in held and held - GO_WITH_ADMINISTRATOR:
        return lazy("An administrator of the office can be its auditor as well, and nothing else.")
    if {"office", "state"} <= kinds:
        return lazy("People of the office hold no place in a State.")
    return None
