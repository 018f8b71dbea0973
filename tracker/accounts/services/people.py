"""People and their places: one's own profile, changing and ending memberships, disabling accounts."""

import uuid
from collections.abc import Iterable

import sqlalchemy as sa

from tracker import events
from tracker.accounts import queries
from tracker.accounts.models import Membership, MembershipRole, Person, WebSession
from tracker.accounts.policies import RULES, Action
from tracker.accounts.roles import CONFIRMED_ROLES, in_order
from tracker.accounts.rule_facts import PersonFacts, PlaceFacts
from tracker.accounts.services.giving import checked_roles, keep_an_administrator
from tracker.accounts.services.invitations import office_id
from tracker.accounts.services.leaving import pass_on
from tracker.accounts.services.proposals import ask_roles, drop_proposals, narrow_review
from tracker.accounts.services.sessions import end_where
from tracker.accounts.services.versions import raise_version
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.languages.seen_text import one_line
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def change_profile(*, actor: Actor, version: int | None, name: str, language: str, timezone: str) -> None:
    """Change one's own name, language and time zone."""
    person = queries.myself(actor)
    raise_version(Person, person, version, theirs={"name": person.name})
    update_where(Person, Person.id == person.id, name=one_line(name), language=language, timezone=timezone)
    events.record(
        "accounts.profile_changed", person, actor=actor, organisation_id=actor.organisation_id, language=language
    )


@verb
def change_membership(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    roles: Iterable[str],
    title: str = "",
    office: uuid.UUID | None = None,
    deputy: bool = False,
    successor: str | None = None,
    sure: bool = False,
) -> list[str]:
    """Change what somebody may do and where they sit. Other roles end the sessions held under the membership; what
    stands in the person's name and needs a role that they lose passes to the `successor`.

    Gives the roles that wait for a second person: they count once they are given.
    """
    membership = queries.get_membership(public_id, actor)
    authorize(RULES, Action.CHANGE_MEMBERSHIP, actor, PlaceFacts.of(membership))
    before, waiting = membership.roles, queries.waiting_proposal(membership)
    known = before.union(waiting.roles if waiting else ())
    chosen = checked_roles(
        roles, membership.organisation, actor, email=membership.person.email, place=membership, known=known
    )
    raise_version(Membership, membership, version, theirs={"title": membership.title})
    place = office_id(office, membership.organisation)
    asked = in_order(CONFIRMED_ROLES & set(chosen) - before)
    given = [role for role in chosen if role not in asked]
    if set(given) != before:
        pass_on([membership], actor=actor, successor=successor, sure=sure, kept=given)
        _set_roles(membership, given, actor)
    if asked != (waiting.roles if waiting else []):
        drop_proposals(membership, actor, held=False)
        if asked:
            ask_roles(membership, actor=actor, roles=asked)
    update_where(Membership, Membership.id == membership.id, title=one_line(title), office_id=place, deputy=deputy)
    name = "accounts.membership_changed" if set(given) == before else "accounts.role_changed"
    events.record(name, membership, actor=actor, before=in_order(before), after=given, person_id=membership.person_id)
    return asked


def _set_roles(membership: Membership, roles: list[str], actor: Actor) -> None:
    keep_an_administrator(membership, actor, remaining=set(roles))
    db.session.execute(sa.delete(MembershipRole).where(MembershipRole.membership_id == membership.id))
    if roles:
        rows = [{"membership_id": membership.id, "role": role} for role in roles]
        db.session.execute(sa.insert(MembershipRole), rows)
    end_where(WebSession.membership_id == membership.id)
    narrow_review(membership, roles, actor)


@verb
def end_membership(
    public_id: uuid.UUID, *, actor: Actor, version: int | None, successor: str | None = None, sure: bool = False
) -> str:
    """End somebody's place in an organisation; their sessions under it end at once, what they did stays theirs, and
    what waits for them passes to the `successor`. Gives the organisation's public id."""
    membership = queries.get_membership(public_id, actor)
    authorize(RULES, Action.END_MEMBERSHIP, actor, PlaceFacts.of(membership))
    keep_an_administrator(membership, actor, remaining=set())
    raise_version(Membership, membership, version)
    pass_on([membership], actor=actor, successor=successor, sure=sure)
    if not update_where(Membership, Membership.id == membership.id, Membership.ended_at.is_(None), ended_at=now()):
        raise NotFound
    end_where(WebSession.membership_id == membership.id)
    drop_proposals(membership, actor)
    before = in_order(membership.roles)
    events.record("accounts.membership_ended", membership, actor=actor, person_id=membership.person_id, before=before)
    return str(membership.organisation.public_id)


@verb
def disable_person(
    public_id: uuid.UUID, *, actor: Actor, version: int | None, successor: str | None = None, sure: bool = False
) -> None:
    """Disable an account: all its sessions end at once, what waits for the person passes to the `successor`, nothing is
    deleted."""
    person = queries.get_person(public_id, actor)
    authorize(RULES, Action.DISABLE_PERSON, actor, PersonFacts.of(person))
    raise_version(Person, person, version)
    pass_on(queries.memberships_of(person.id), actor=actor, successor=successor, sure=sure)
    update_where(Person, Person.id == person.id, disabled_at=now())
    end_where(WebSession.person_id == person.id)
    events.record("accounts.person_disabled", person, actor=actor)


@verb
def enable_person(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Enable a disabled account again, with the password it had."""
    person = queries.get_person(public_id, actor)
    authorize(RULES, Action.ENABLE_PERSON, actor, PersonFacts.of(person))
    raise_version(Person, person, version)
    update_where(Person, Person.id == person.id, disabled_at=None)
    events.record("accounts.person_enabled", person, actor=actor)
