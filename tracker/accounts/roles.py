"""Roles: which kind of organisation can carry which, who may hand them out, and how they read on a page."""

from collections.abc import Iterable

from tracker.i18n import N_
from tracker.policy import DONOR_ROLES, OFFICE_ROLES, STATE_ROLES, Actor

KINDS = ("state", "donor", "office")
ADMINISTRATOR_ROLES = frozenset({"state_administrator", "donor_administrator", "administrator"})

# A State may ask and give, so its organisation carries both families.
ROLES_OF_KIND: dict[str, frozenset[str]] = {
    "state": STATE_ROLES | DONOR_ROLES,
    "donor": DONOR_ROLES,
    "office": OFFICE_ROLES,
}

# The order is the order on every page.
ROLE_LABELS: dict[str, str] = {
    "focal_point": N_("Focal point"),
    "authorising_officer": N_("Authorising officer"),
    "state_administrator": N_("Administrator of the State"),
    "donor_officer": N_("Donor officer"),
    "donor_signatory": N_("Donor signatory"),
    "donor_administrator": N_("Administrator of the donor"),
    "triage_officer": N_("Triage officer"),
    "programme_manager": N_("Programme manager"),
    "finance_officer": N_("Finance officer"),
    "administrator": N_("Administrator"),
    "auditor": N_("Auditor"),
}
ROLE_HINTS: dict[str, str] = {
    "focal_point": N_("Drafts requests and answers questions about them."),
    "authorising_officer": N_("Releases requests in the State's name, with their note verbale."),
    "state_administrator": N_("Invites, ends and replaces the people of the State."),
    "donor_officer": N_("Finds needs that fit and offers pledges."),
    "donor_signatory": N_("Signs pledges."),
    "donor_administrator": N_("Invites, ends and replaces the people of the donor."),
    "triage_officer": N_("Works the queue: verifies, asks, assesses, prepares decisions."),
    "programme_manager": N_("Signs decisions and prepares rounds."),
    "finance_officer": N_("Records receipts and payments, approves allocations that others planned."),
    "administrator": N_("Keeps accounts, reference data and rules; sees no request's content."),
    "auditor": N_("Reads everything but sealed personal data; the reading is recorded."),
}


def in_order(roles: Iterable[str]) -> list[str]:
    """Roles in the order in which every page shows them."""
    held = set(roles)
    return [role for role in ROLE_LABELS if role in held]


def grantable(actor: Actor, *, kind: str, organisation_id: int | None) -> frozenset[str]:
    """The roles that `actor` may give or take in an organisation of `kind`; none in somebody else's."""
    if actor.has("administrator") or actor.is_system:
        return ROLES_OF_KIND[kind]
    if organisation_id is None or actor.organisation_id != organisation_id:
        return frozenset()
    if actor.has("state_administrator"):
        return ROLES_OF_KIND[kind]
    if actor.has("donor_administrator"):
        return ROLES_OF_KIND[kind] & DONOR_ROLES
    return frozenset()
