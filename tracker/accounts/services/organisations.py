"""Organisations and their offices."""

import re
import uuid

import sqlalchemy as sa

from tracker import events
from tracker.accounts import queries
from tracker.accounts.models import Office, Organisation
from tracker.accounts.policies import RULES, Action
from tracker.accounts.rule_facts import OrganisationFacts
from tracker.accounts.services.people import raise_version
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.reference.models import State
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

CODE = re.compile("[A-Z0-9]{2,8}")


@verb
def add_organisation(
    *,
    actor: Actor,
    kind: str,
    code: str = "",
    name: str = "",
    state_iso3: str | None = None,
    official_email: str | None = None,
    official_language: str = "en",
) -> uuid.UUID:
    """Add a State (from reference data; its code and name are given there), a donor or the office itself."""
    authorize(RULES, Action.ADD_ORGANISATION, actor, None)
    if kind == "state":
        state = db.session.get(State, state_iso3 or "")
        if state is None:
            raise Invalid(fields={"state": lazy("Choose a State.")})
        code, name = state.iso3, state.name_en
    else:
        state_iso3 = None
        if not CODE.fullmatch(code):
            raise Invalid(fields={"code": lazy("Use 2 to 8 capital letters or digits.")})
        if db.session.get(State, code) is not None:
            raise Invalid(fields={"code": lazy("This is the code of a State. Choose another.")})
    if db.session.scalar(sa.select(sa.exists().where(Organisation.code == code))):
        raise Invalid(fields={"state" if kind == "state" else "code": lazy("This organisation is there already.")})
    organisation = Organisation(
        kind=kind,
        code=code,
        name=name.strip(),
        state_iso3=state_iso3,
        official_email=official_email or None,
        official_language=official_language,
    )
    db.session.add(organisation)
    db.session.flush()
    events.record("accounts.organisation_added", organisation, actor=actor)
    return organisation.public_id


@verb
def change_organisation(
    public_id: uuid.UUID,
    *,
    actor: Actor,
    version: int | None,
    name: str,
    official_email: str | None,
    official_language: str,
    active: bool,
) -> None:
    """Change an organisation's name (not a State's), official address and language; close or open it."""
    organisation = queries.get_organisation(public_id, actor)
    authorize(RULES, Action.CHANGE_ORGANISATION, actor, OrganisationFacts.of(organisation))
    if organisation.id == actor.organisation_id and not active:
        raise Invalid(fields={"active": lazy("You cannot close the organisation that you act for.")})
    theirs = {"name": organisation.name, "official_email": organisation.official_email or ""}
    raise_version(Organisation, organisation, version, theirs=theirs)
    update_where(
        Organisation,
        Organisation.id == organisation.id,
        name=organisation.name if organisation.kind == "state" else name.strip(),
        official_email=official_email or None,
        official_language=official_language,
        active=active,
    )
    events.record("accounts.organisation_changed", organisation, actor=actor, active=active)


@verb
def add_office(organisation: uuid.UUID, *, actor: Actor, name: str, kind: str, is_authority: bool = False) -> uuid.UUID:
    """Add an office; a State's authority is one whose officers may release requests in its name."""
    owner = queries.get_organisation(organisation, actor)
    authorize(RULES, Action.MANAGE_OFFICES, actor, OrganisationFacts.of(owner))
    name = _checked_name(owner, name, is_authority=is_authority)
    office = Office(organisation_id=owner.id, name=name, kind=kind, is_authority=is_authority)
    db.session.add(office)
    db.session.flush()
    events.record("accounts.office_added", office, actor=actor)
    return office.public_id


@verb
def change_office(
    public_id: uuid.UUID, *, actor: Actor, version: int | None, name: str, kind: str, is_authority: bool = False
) -> None:
    """Change an office's name, kind, and whether it is an authority of its State."""
    office = queries.get_office(public_id, actor)
    authorize(RULES, Action.MANAGE_OFFICES, actor, OrganisationFacts.of(office.organisation))
    name = _checked_name(office.organisation, name, is_authority=is_authority, but=office.id)
    raise_version(Office, office, version, theirs={"name": office.name})
    update_where(Office, Office.id == office.id, name=name, kind=kind, is_authority=is_authority)
    events.record("accounts.office_changed", office, actor=actor, is_authority=is_authority)


def _checked_name(owner: Organisation, name: str, *, is_authority: bool, but: int = 0) -> str:
    """The name with single spaces. Raise Invalid when another office has it, or a non-State claims an authority."""
    if is_authority and owner.kind != "state":
        raise Invalid(fields={"is_authority": lazy("Only a State has authorities.")})
    name = " ".join(name.split())
    equal = sa.or_(Office.name == name, sa.func.lower(Office.name) == name.lower())
    if db.session.scalar(sa.select(sa.exists().where(Office.organisation_id == owner.id, Office.id != but, equal))):
        raise Invalid(fields={"name": lazy("An office of this name is there already.")})
    return name
