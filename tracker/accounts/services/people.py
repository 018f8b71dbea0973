"""People and their places: one's own profile, changing and ending memberships, disabling accounts."""

import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts import queries
from tracker.accounts.models import Membership, MembershipRole, Organisation, Person, WebSession
from tracker.accounts.policies import RULES, Action
from tracker.accounts.roles import ADMINISTRATOR_OF_KIND, in_order
from tracker.accounts.rule_facts import PersonFacts, PlaceFacts
from tracker.accounts.services.giving import checked_roles
from tracker.accounts.services.invitations import office_id
from tracker.accounts.services.sessions import end_where
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Forbidden, NotFound, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import ORGANISATION_ADMINISTRATORS, Actor
from tracker.rights.rules import Refusal, authorize


@verb
def change_profile(*, actor: Actor, version: int | None, name: str, language: str, timezone: str) -> None:
    """Change one's own name, language and time zone."""
    person = queries.myself(actor)
    raise_version(Person, person, version, theirs={"name": person.name})
    update_where(Person, Person.id == person.id, name=name.strip(), language=language, timezone=timezone)
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
) -> None:
    """Change what somebody may do and where they sit. Other roles end the sessions held under the membership."""
    membership = queries.get_membership(public_id, actor)
    authorize(RULES, Action.CHANGE_MEMBERSHIP, actor, PlaceFacts.of(membership))
    wanted = checked_roles(roles, membership.organisation, actor, email=membership.person.email, place=membership)
    before = membership.roles
    raise_version(Membership, membership, version, theirs={"title": membership.title})
    place = office_id(office, membership.organisation)
    if set(wanted) == before:
        name = "accounts.membership_changed"
    else:
        name = "accounts.role_changed"
        _keep_an_administrator(membership, actor, remaining=set(wanted))
        db.session.execute(sa.delete(MembershipRole).where(MembershipRole.membership_id == membership.id))
        db.session.execute(
            sa.insert(MembershipRole), [{"membership_id": membership.id, "role": role} for role in wanted]
        )
        end_where(WebSession.membership_id == membership.id)
    update_where(Membership, Membership.id == membership.id, title=title.strip(), office_id=place, deputy=deputy)
    events.record(name, membership, actor=actor, before=in_order(before), after=wanted, person_id=membership.person_id)


@verb
def end_membership(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> str:
    """End somebody's place in an organisation; their sessions under it end at once, what they did stays theirs.
    Gives the organisation's public id."""
    membership = queries.get_membership(public_id, actor)
    authorize(RULES, Action.END_MEMBERSHIP, actor, PlaceFacts.of(membership))
    _keep_an_administrator(membership, actor, remaining=set())
    raise_version(Membership, membership, version)
    if not update_where(Membership, Membership.id == membership.id, Membership.ended_at.is_(None), ended_at=now()):
        raise NotFound
    end_where(WebSession.membership_id == membership.id)
    before = in_order(membership.roles)
    events.record("accounts.membership_ended", membership, actor=actor, person_id=membership.person_id, before=before)
    return str(membership.organisation.public_id)


def _keep_an_administrator(membership: Membership, actor: Actor, *, remaining: set[str]) -> None:
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


@verb
def disable_person(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Disable an account: all its sessions end at once; nothing is deleted."""
    person = queries.get_person(public_id, actor)
    authorize(RULES, Action.DISABLE_PERSON, actor, PersonFacts.of(person))
    raise_version(Person, person, version)
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


def raise_version(model: Any, row: Any, version: int | None, *, theirs: dict[str, Any] | None = None) -> None:
    """Count the row's version up from the one the person saw. Raise Stale when somebody changed it since."""
    if not update_where(model, model.id == row.id, model.version == version, version=model.version + 1):
        raise Stale(lazy("Somebody else changed this meanwhile. Look at it as it is now."), theirs=theirs)
