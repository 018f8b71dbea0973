"""Roles that need a second person: asked by one, given or refused by an administrator of the office."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts import links, queries
from tracker.accounts.lifecycle import INVITATION_HOLDS
from tracker.accounts.models import Invitation, Membership, MembershipRole, RoleProposal, WebSession
from tracker.accounts.policies import RULES, Action
from tracker.accounts.roles import SIGNING_ROLES, in_order
from tracker.accounts.rule_facts import ProposalFacts
from tracker.accounts.services.giving import clash_with_other_places, keep_an_administrator
from tracker.accounts.services.leaving import GROUP, pass_on
from tracker.accounts.services.notes import KeptNote, NoteVerbale
from tracker.accounts.services.sessions import end_where
from tracker.accounts.services.versions import raise_version
from tracker.calendar.now import now, today
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.files import services as file_services
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def ask_roles(
    place: Membership | Invitation, *, actor: Actor, roles: Iterable[str], asked_by: int | None = None
) -> None:
    """Ask a second person to give `roles`. `asked_by` is the membership of whoever asked, if that is not the actor."""
    proposal = RoleProposal(
        organisation_id=place.organisation_id, roles=in_order(roles), asked_by=asked_by or actor.membership_id
    )
    if isinstance(place, Membership):
        proposal.membership_id = place.id
    else:
        proposal.invitation_id = place.id
    db.session.add(proposal)
    db.session.flush()
    events.record("accounts.role_asked", proposal, actor=actor, after=proposal.roles)


@verb
def give_on_kept_note(invitation: uuid.UUID, *, actor: Actor, note: KeptNote) -> None:
    """Give what waits for an invitation on a note verbale that came from outside and that the office has checked. Who
    wrote it asked, so that the one who checked it is the second person."""
    proposal = queries.waiting_proposal(queries.get_invitation(invitation, actor))
    if proposal is None:
        raise NotFound
    values: dict[str, Any] = {"note_reference": note.reference, "note_date": note.date, "note_file_id": note.file_id}
    _answer(proposal, actor, proposal.version, status="given", asked_by=None, **values)
    events.record("accounts.role_given", proposal, actor=actor, after=proposal.roles)


@verb
def give_roles(public_id: uuid.UUID, *, actor: Actor, version: int | None, note: NoteVerbale | None = None) -> None:
    """Give what another person asked. Who signs for a State or a donor does so on its note verbale, with the file.

    Raise Forbidden when the actor asked it or would get it, or the roles no longer go together with others.
    """
    proposal = queries.get_role_proposal(public_id, actor)
    authorize(RULES, Action.GIVE_PROPOSED_ROLES, actor, proposal_facts(proposal))
    kept = _checked_note(note) if SIGNING_ROLES & set(proposal.roles) else None
    _answer(proposal, actor, version, status="given")
    if kept is not None:
        file = file_services.put(kept.file, actor=actor, subject=proposal)
        values: dict[str, Any] = {"note_reference": kept.reference.strip(), "note_date": kept.date}
        update_where(RoleProposal, RoleProposal.id == proposal.id, note_file_id=file.id, **values)
    _hand_over(proposal, actor)
    events.record("accounts.role_given", proposal, actor=actor, after=proposal.roles, asked_by=proposal.asked_by)


@verb
def refuse_roles(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str, sure: bool = False) -> None:
    """Say no, with the reason. Roles that were held already are taken away, and what waited for them in the person's
    name passes to the group."""
    proposal = queries.get_role_proposal(public_id, actor)
    authorize(RULES, Action.REFUSE_PROPOSED_ROLES, actor, proposal_facts(proposal))
    _answer(proposal, actor, version, status="refused", reason=reason.strip())
    place = proposal.place
    left = set(place.roles) - set(proposal.roles)
    if isinstance(place, Membership):
        if proposal.held:
            keep_an_administrator(place, actor, remaining=left)
            pass_on([place], actor=actor, successor=GROUP, sure=sure, kept=left)
            _take(place, proposal.roles)
    else:
        gone = {} if left else {"revoked_at": now()}
        update_where(Invitation, Invitation.id == place.id, roles=in_order(left), **gone)
    events.record("accounts.role_refused", proposal, actor=actor, before=proposal.roles, asked_by=proposal.asked_by)


def proposal_facts(proposal: RoleProposal) -> ProposalFacts:
    """What the rules ask of a proposal that was loaded whole."""
    place = proposal.place
    person = place.person if isinstance(place, Membership) else queries.person_by_email(normal_email(place.email))
    roles = {*place.roles, *proposal.roles}
    return ProposalFacts(
        status=proposal.status,
        asked_by=proposal.asker.person_id if proposal.asker else None,
        to=person.id if person else None,
        clash=clash_with_other_places(roles, place.organisation.kind, email=proposal.email, place=place),
    )


def drop_proposals(place: Membership | Invitation, actor: Actor, *, held: bool | None = None) -> None:
    """Take back what waits for a place: all where it ends, with `held` False what was asked for it; inside a verb."""
    column = RoleProposal.membership_id if isinstance(place, Membership) else RoleProposal.invitation_id
    kind = [] if held is None else [RoleProposal.held.is_(held)]
    answered = {"answered_at": now(), "answered_by": actor.membership_id}
    update_where(
        RoleProposal, column == place.id, RoleProposal.status == "waiting", *kind, status="dropped", **answered
    )


def narrow_review(membership: Membership, roles: Collection[str], actor: Actor) -> None:
    """Let nobody look over what somebody no longer holds; inside a verb."""
    mine = RoleProposal.membership_id == membership.id, RoleProposal.status == "waiting", RoleProposal.held.is_(True)
    review = db.session.scalars(sa.select(RoleProposal).where(*mine)).one_or_none()
    if review is None:
        return
    left = in_order(set(review.roles) & set(roles))
    if left:
        update_where(RoleProposal, RoleProposal.id == review.id, roles=left)
    else:
        drop_proposals(membership, actor, held=True)


def _checked_note(note: NoteVerbale | None) -> NoteVerbale:
    if note is None or not note.reference.strip():
        raise Invalid(fields={"note_reference": lazy("Enter the reference of the note verbale.")})
    if note.date > today():
        raise Invalid(fields={"note_date": lazy("This day is still to come.")})
    if not note.file:
        raise Invalid(fields={"note_file": lazy("Add the note verbale: these roles rest on it.")})
    return note


def _answer(proposal: RoleProposal, actor: Actor, version: int | None, **values: Any) -> None:
    raise_version(RoleProposal, proposal, version)
    answered = {"answered_at": now(), "answered_by": actor.membership_id}
    update_where(RoleProposal, RoleProposal.id == proposal.id, **answered, **values)


def _hand_over(proposal: RoleProposal, actor: Actor) -> None:
    """Let the membership carry the roles; an invitation that waited for them is sent now."""
    place = proposal.place
    if isinstance(place, Membership):
        gained = set(proposal.roles) - place.roles
        if gained:
            db.session.execute(
                sa.insert(MembershipRole), [{"membership_id": place.id, "role": role} for role in sorted(gained)]
            )
            end_where(WebSession.membership_id == place.id)
    elif place.token_hash is None:
        send_invitation(place, actor=actor)


@verb
def send_invitation(invitation: Invitation, *, actor: Actor) -> None:
    """Send an invitation, for the first time or again, with a new link and new time."""
    invitation.nonce, invitation.key_id = links.new_nonce(), links.current_key_id()
    invitation.invited_at, invitation.expires_at = now(), now() + INVITATION_HOLDS
    links.store_token_hash(invitation)
    events.record("accounts.invited", invitation, actor=actor, after=invitation.roles)


def _take(place: Membership, roles: Iterable[str]) -> None:
    mine = MembershipRole.membership_id == place.id, MembershipRole.role.in_(list(roles))
    db.session.execute(sa.delete(MembershipRole).where(*mine))
    end_where(WebSession.membership_id == place.id)
