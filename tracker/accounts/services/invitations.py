"""Inviting people: a place offered by mail, taken up once, renewed or revoked."""

import uuid
from collections.abc import Iterable

import sqlalchemy as sa

from tracker import events
from tracker.accounts import links, queries
from tracker.accounts.lifecycle import INVITATION_HOLDS
from tracker.accounts.models import (
    Invitation,
    Membership,
    MembershipRole,
    Office,
    Organisation,
    Person,
    RoleProposal,
)
from tracker.accounts.policies import RULES, Action
from tracker.accounts.roles import CONFIRMED_ROLES, in_order
from tracker.accounts.rule_facts import OrganisationFacts, PlaceFacts
from tracker.accounts.services.giving import checked_roles, clash_with_other_places
from tracker.accounts.services.proposals import ask_roles, drop_proposals, send_invitation
from tracker.calendar.now import now
from tracker.database.seen import refuse_stale
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import db
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.languages.seen_text import one_line
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def invite(
    organisation: uuid.UUID,
    *,
    actor: Actor,
    email: str,
    name: str,
    language: str,
    roles: Iterable[str],
    title: str = "",
    office: uuid.UUID | None = None,
    deputy: bool = False,
) -> uuid.UUID:
    """Offer a place to an address; gives the invitation's public id.

    Roles of the office and of those who sign wait for a second person, and an invitation into the office is sent only
    then. The operator's command needs nobody.
    Raise Invalid when the address has a place or an open invitation there, or a role does not fit the kind.
    """
    owner = queries.get_organisation(organisation, actor)
    authorize(RULES, Action.INVITE, actor, OrganisationFacts.of(owner))
    _one_at_a_time(owner)
    email = normal_email(email)
    _refuse_second_place(owner.id, email)
    invitation = Invitation(
        organisation_id=owner.id,
        office_id=office_id(office, owner),
        email=email,
        name=one_line(name),
        title=one_line(title),
        deputy=deputy,
        language=language,
        roles=checked_roles(roles, owner, actor, email=email),
        nonce=links.new_nonce(),
        key_id=links.current_key_id(),
        invited_by=actor.membership_id,
        expires_at=now() + INVITATION_HOLDS,
    )
    db.session.add(invitation)
    db.session.flush()
    events.record(_begin(invitation, owner, actor), invitation, actor=actor, after=invitation.roles)
    return invitation.public_id


def _begin(invitation: Invitation, owner: Organisation, actor: Actor) -> str:
    """Let its roles wait for a second person where they must, and its letter where it leads into the office; gives the
    event's name."""
    waits = set() if actor.is_system else CONFIRMED_ROLES & set(invitation.roles)
    at_once = actor.is_system or owner.kind != "office"
    if at_once:
        links.store_token_hash(invitation)
    if waits:
        ask_roles(invitation, actor=actor, roles=waits)
    return "accounts.invited" if at_once else "accounts.invitation_prepared"


def _one_at_a_time(owner: Organisation) -> None:
    """Two invitations of one address at the same moment wait for each other here."""
    db.session.execute(sa.select(Organisation.id).where(Organisation.id == owner.id).with_for_update())


def office_id(public_id: uuid.UUID | None, organisation: Organisation) -> int | None:
    """The id of one of the organisation's own offices. Raise Invalid for any other."""
    if public_id is None:
        return None
    found = db.session.scalar(
        sa.select(Office.id).where(Office.public_id == public_id, Office.organisation_id == organisation.id)
    )
    if found is None:
        raise Invalid(fields={"office": lazy("Choose an office of this organisation.")})
    return found


def _refuse_second_place(organisation_id: int, email: str) -> None:
    member = (
        sa.select(Membership.id)
        .join(Membership.person)
        .where(Person.email == email, Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
    )
    if db.session.scalar(sa.select(member.exists())):
        raise Invalid(fields={"email": lazy("This address belongs to somebody who is in this organisation already.")})
    invited = sa.select(Invitation.id).where(
        Invitation.email == email,
        Invitation.organisation_id == organisation_id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    if db.session.scalar(sa.select(invited.exists())):
        raise Invalid(fields={"email": lazy("This address is invited already. You can send its invitation again.")})


@verb(events=0)
def renew_invitation(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Send an open invitation again, with a new link and new time; the earlier link no longer works."""
    invitation = queries.get_invitation(public_id, actor)
    authorize(RULES, Action.RENEW_INVITATION, actor, PlaceFacts.of(invitation))
    refuse_stale(version, invitation)
    send_invitation(invitation, actor=actor)


@verb
def revoke_invitation(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> str:
    """Take an open invitation back; gives the organisation's public id. Raise NotFound when it was accepted
    meanwhile."""
    invitation = queries.get_invitation(public_id, actor)
    authorize(RULES, Action.REVOKE_INVITATION, actor, PlaceFacts.of(invitation))
    refuse_stale(version, invitation)
    unused = Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
    if not update_where(Invitation, Invitation.id == invitation.id, *unused, revoked_at=now()):
        raise NotFound
    drop_proposals(invitation, actor)
    events.record("accounts.invitation_revoked", invitation, actor=actor, before=invitation.roles)
    return str(invitation.organisation.public_id)


@verb
def accept_invitation(
    token: str, *, name: str = "", language: str, timezone: str = "Europe/Vienna", password_hash: str | None
) -> dict[str, int]:
    """Take the place up; a first password comes hashed, None when the person has proved who they are.

    Gives the ids of person and membership. Raise NotFound when the link was used, revoked or is too old, Conflict when
    the person has got a place meanwhile that does not go together with this one.
    """
    found = queries.invitation_by_token(token)
    if found is None or not update_where(Invitation, Invitation.id == found.id, *_open(), accepted_at=now()):
        raise NotFound
    email = normal_email(found.email)
    if sentence := clash_with_other_places(found.roles, found.organisation.kind, email=email, place=found):
        raise Conflict(sentence)
    person = queries.person_by_email(email)
    if person is None:
        person = Person(email=email, name=one_line(name) or found.name, language=language, timezone=timezone)
        db.session.add(person)
    if person.disabled_at is not None:
        raise NotFound
    if person.password_hash is None:
        if password_hash is None:
            raise Conflict(lazy("Choose a password first."))
        person.password_hash = password_hash
    db.session.flush()
    membership, waits = _join(person.id, found)
    actor = Actor(person_id=person.id, membership_id=membership.id, organisation_id=found.organisation_id)
    _keep_waiting(found, membership, waits, actor)
    given = in_order(membership.roles)
    events.record("accounts.invitation_accepted", membership, actor=actor, invitation_id=found.id, after=given)
    return {"person": person.id, "membership": membership.id}


def _join(person_id: int, invitation: Invitation) -> tuple[Membership, frozenset[str]]:
    """The new membership with the roles that it carries at once, and those that wait for a second person."""
    waits = (CONFIRMED_ROLES & set(invitation.roles)) - queries.roles_given_to(invitation)
    membership = Membership(
        person_id=person_id,
        organisation_id=invitation.organisation_id,
        office_id=invitation.office_id,
        title=invitation.title,
        deputy=invitation.deputy,
        role_rows=[MembershipRole(role=role) for role in invitation.roles if role not in waits],
    )
    db.session.add(membership)
    db.session.flush()
    update_where(Invitation, Invitation.id == invitation.id, membership_id=membership.id)
    return membership, waits


def _keep_waiting(invitation: Invitation, membership: Membership, waits: frozenset[str], actor: Actor) -> None:
    """What waited for the invitation waits for the membership now; for an invitation from before a second person was
    needed it begins to."""
    waiting = RoleProposal.invitation_id == invitation.id, RoleProposal.status == "waiting"
    if waits and not update_where(RoleProposal, *waiting, membership_id=membership.id):
        ask_roles(membership, actor=actor, roles=waits, asked_by=invitation.invited_by)


def _open() -> tuple[sa.ColumnElement[bool], ...]:
    return Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at > now()
