"""Who may do what with people and organisations. None means yes, a Refusal carries the sentence for the person."""

from enum import StrEnum
from typing import Any

from tracker.accounts.roles import grantable
from tracker.accounts.rule_facts import (
    AccountRequestFacts,
    GiftFacts,
    OrganisationFacts,
    PersonFacts,
    PlaceFacts,
    ProposalFacts,
)
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal, Rules


class Action(StrEnum):
    """What can be done; whose facts each rule expects is named in RULES."""

    INVITE = "invite"
    MANAGE_OFFICES = "manage_offices"
    RENEW_INVITATION = "renew_invitation"
    REVOKE_INVITATION = "revoke_invitation"
    CHANGE_MEMBERSHIP = "change_membership"
    GIVE_ROLES = "give_roles"
    GIVE_PROPOSED_ROLES = "give_proposed_roles"
    REFUSE_PROPOSED_ROLES = "refuse_proposed_roles"
    END_MEMBERSHIP = "end_membership"
    ADD_ORGANISATION = "add_organisation"
    CHANGE_ORGANISATION = "change_organisation"
    MERGE_ORGANISATION = "merge_organisation"
    CHECK_ACCOUNT_REQUEST = "check_account_request"
    DISABLE_PERSON = "disable_person"
    ENABLE_PERSON = "enable_person"


def is_administrator(actor: Actor, _facts: object) -> Refusal | None:
    """The office's administrator, or a command typed by the operator."""
    if actor.has("administrator") or actor.is_system:
        return None
    return Refusal("administrator", lazy("Only an administrator of the office can do this."))


def manages(actor: Actor, organisation: OrganisationFacts) -> Refusal | None:
    """The organisation's own administrator, or the office's."""
    if grantable(actor, kind=organisation.kind, organisation_id=organisation.id):
        return None
    return Refusal("manages", lazy("Only an administrator of this organisation can do this."))


def manages_place(actor: Actor, place: PlaceFacts) -> Refusal | None:
    """The same, for a membership or invitation; and the actor could have given every role that it carries."""
    may_give = grantable(actor, kind=place.organisation.kind, organisation_id=place.organisation.id)
    if not may_give:
        return manages(actor, place.organisation)
    if may_give >= place.roles:
        return None
    return Refusal("roles", lazy("This person holds roles that you cannot give or take."))


def may_give(actor: Actor, gift: GiftFacts) -> Refusal | None:
    """The roles are the actor's to give in this organisation."""
    if grantable(actor, kind=gift.organisation.kind, organisation_id=gift.organisation.id) >= gift.roles:
        return None
    return Refusal("roles", lazy("You cannot give this role."))


def is_for_somebody_else(actor: Actor, gift: GiftFacts) -> Refusal | None:
    """Nobody gives a role to themselves, in whatever organisation."""
    if not gift.roles or gift.to is None or gift.to != actor.person_id:
        return None
    return Refusal("oneself", lazy("You cannot give a role to yourself. Another administrator can."))


def was_sent(_actor: Actor, place: PlaceFacts) -> Refusal | None:
    """The letter went out; it cannot be sent again before it was sent."""
    if place.sent:
        return None
    return Refusal("unsent", lazy("This invitation waits for a second administrator. It goes out by itself then."))


def still_waits(_actor: Actor, proposal: ProposalFacts) -> Refusal | None:
    """Nobody has given or refused the roles yet."""
    if proposal.status == "waiting":
        return None
    return Refusal("answered", lazy("This has been answered already."))


def was_asked_by_another(actor: Actor, proposal: ProposalFacts) -> Refusal | None:
    """Whoever asks roles for somebody does not give them as well."""
    if proposal.asked_by is None or proposal.asked_by != actor.person_id:
        return None
    return Refusal("second_person", lazy("You asked for these roles yourself. Another administrator gives them."))


def is_not_for_the_actor(actor: Actor, proposal: ProposalFacts) -> Refusal | None:
    """Nobody gives a role to themselves, or confirms their own."""
    if proposal.to is None or proposal.to != actor.person_id:
        return None
    return Refusal("oneself", lazy("You cannot give a role to yourself. Another administrator can."))


def goes_together(_actor: Actor, proposal: ProposalFacts) -> Refusal | None:
    """With the roles in it, all that the person holds goes together."""
    return None if proposal.clash is None else Refusal("together", proposal.clash)


def is_active(_actor: Actor, organisation: OrganisationFacts) -> Refusal | None:
    """The organisation is open; nobody is invited into a closed one."""
    if organisation.active:
        return None
    return Refusal("active", lazy("This organisation is closed. Open it again first."))


def is_a_donor(_actor: Actor, organisation: OrganisationFacts) -> Refusal | None:
    """Only a donor that is no State can be another's second name."""
    if organisation.kind == "donor":
        return None
    return Refusal("kind", lazy("Only a donor that is no State can be merged into another organisation."))


def is_waiting(_actor: Actor, account_request: AccountRequestFacts) -> Refusal | None:
    """The request for an account has not been answered yet."""
    if account_request.status == "waiting":
        return None
    return Refusal("answered", lazy("This request for an account has been answered already."))


def is_not_oneself(actor: Actor, person: PersonFacts) -> Refusal | None:
    """Nobody disables their own account."""
    if actor.person_id != person.id:
        return None
    return Refusal("oneself", lazy("You cannot disable your own account. Another administrator can."))


RULES: Rules[Any] = {
    # The facts are those of an organisation.
    Action.INVITE: (manages, is_active),
    Action.MANAGE_OFFICES: (manages,),
    Action.ADD_ORGANISATION: (is_administrator,),
    Action.CHANGE_ORGANISATION: (is_administrator,),
    Action.MERGE_ORGANISATION: (is_administrator, is_a_donor),
    # Those of a place: an invitation or a membership.
    Action.RENEW_INVITATION: (manages_place, was_sent),
    Action.REVOKE_INVITATION: (manages_place,),
    Action.CHANGE_MEMBERSHIP: (manages_place,),
    Action.END_MEMBERSHIP: (manages_place,),
    # Those of roles that somebody does not hold yet.
    Action.GIVE_ROLES: (may_give, is_for_somebody_else),
    # Those of roles that wait for a second person.
    Action.GIVE_PROPOSED_ROLES: (
        is_administrator,
        still_waits,
        was_asked_by_another,
        is_not_for_the_actor,
        goes_together,
    ),
    Action.REFUSE_PROPOSED_ROLES: (is_administrator, still_waits),
    # Those of a request for an account.
    Action.CHECK_ACCOUNT_REQUEST: (is_administrator, is_waiting),
    # Those of a person.
    Action.DISABLE_PERSON: (is_administrator, is_not_oneself),
    Action.ENABLE_PERSON: (is_administrator,),
}
