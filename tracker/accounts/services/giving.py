"""Giving roles: what is asked before a place is offered, changed or taken up."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from tracker.accounts import queries
from tracker.accounts.models import Invitation, Membership, Organisation, Person
from tracker.accounts.policies import RULES, Action
from tracker.accounts.roles import ADMINISTRATOR_OF_KIND, ROLES_OF_KIND, clash, in_order
from tracker.accounts.rule_facts import GiftFacts, OrganisationFacts
from tracker.errors import Forbidden, Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import ORGANISATION_ADMINISTRATORS, Actor
from tracker.rights.rules import Refusal, authorize


def checked_roles(
    roles: Iterable[str],
    organisation: Organisation,
    actor: Actor,
    *,
    email: str,
    place: Membership | None = None,
    known: Collection[str] = (),
) -> list[str]:
    """The roles in order, for whoever has this (normal) address. `place` is where they are to be held, `known` what the
    person holds there or was asked for already.

    Raise Invalid when none is chosen, one does not fit the kind or they do not go together, Forbidden when one that
    is not known yet is not the actor's to give, to this person.
    """
    wanted = set(roles)
    if not wanted:
        raise Invalid(fields={"roles": lazy("Choose at least one role.")})
    if not wanted <= ROLES_OF_KIND[organisation.kind]:
        raise Invalid(fields={"roles": lazy("This role does not exist in an organisation of this kind.")})
    gained = wanted - set(known)
    person = queries.person_by_email(email)
    gift = GiftFacts(OrganisationFacts.of(organisation), frozenset(gained), person.id if person else None)
    authorize(RULES, Action.GIVE_ROLES, actor, gift)
    if gained and (sentence := clash_with_other_places(wanted, organisation.kind, email=email, place=place)):
        raise Invalid(fields={"roles": sentence})
    return in_order(wanted)


def clash_with_other_places(
    roles: Iterable[str], kind: str, *, email: str, place: Membership | Invitation | None
) -> object | None:
    """Why somebody cannot hold these roles beside what they hold or are offered elsewhere; None when they can.

    Whoever gets two places at the same moment waits here.
    """
    db.session.execute(sa.select(Person.id).where(Person.email == email).with_for_update())
    others = queries.places_of(email, besides=place)
    held = {role for _kind, theirs in others for role in theirs}
    return clash(held | set(roles), {kind, *(other for other, _theirs in others)})


def keep_an_administrator(membership: Membership, actor: Actor, *, remaining: set[str]) -> None:
    """An organisation's last administrator stays, or nobody could invite; only the office can take a State's away."""
    organisation = membership.organisation
    needed = ADMINISTRATOR_OF_KIND[organisation.kind]
    if needed not in membership.roles & set(ORGANISATION_ADMINISTRATORS) or needed in remaining:
        return
    if organisation.kind != "office" and actor.has("administrator"):
        return
    # Two administrators who end each other at the same moment wait for each other here.
    db.session.execute(sa.select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())
    others = queries.people_with_roles([needed], organisation_id=organisation.id)
    if any(row.membership_id != membership.id for row in others):
        return
    raise Forbidden(
        Refusal("last_administrator", lazy("This is the last administrator. Make somebody else administrator first."))
    )
