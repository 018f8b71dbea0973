"""Organisations and their offices."""

import re
import uuid
from collections.abc import Iterable

import sqlalchemy as sa

from tracker import events
from tracker.accounts import queries
from tracker.accounts.models import Office, Organisation
from tracker.accounts.names import key_of, state_named_by
from tracker.accounts.policies import RULES, Action
from tracker.accounts.presenting import organisation_name
from tracker.accounts.rule_facts import OrganisationFacts
from tracker.accounts.services.versions import raise_version
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy
from tracker.languages.seen_text import one_line
from tracker.reference.models import State
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.search.folding import flatten

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
        _must_be_new(kind, name)
    if db.session.scalar(sa.select(sa.exists().where(Organisation.code == code))):
        raise Invalid(fields={"state" if kind == "state" else "code": lazy("This organisation is there already.")})
    organisation = Organisation(
        kind=kind,
        code=code,
        name=one_line(name),
        state_iso3=state_iso3,
        official_email=normal_email(official_email or "") or None,
        official_language=official_language,
    )
    db.session.add(organisation)
    db.session.flush()
    events.record("accounts.organisation_added", organisation, actor=actor)
    return organisation.public_id


@verb
def merge_organisation(public_id: uuid.UUID, *, actor: Actor, version: int | None, into: str) -> uuid.UUID:
    """Make a donor an alias of the organisation with the code `into`: it has no line of its own any more, and its
    people, pledges and addresses are known under the other. Nothing that points to it is rewritten. Gives the other's
    public id."""
    organisation = queries.get_organisation(public_id, actor)
    authorize(RULES, Action.MERGE_ORGANISATION, actor, OrganisationFacts.of(organisation))
    other = queries.get_other(organisation, into)
    raise_version(Organisation, organisation, version)
    own = sa.or_(Organisation.id == organisation.id, Organisation.merged_into_id == organisation.id)
    update_where(Organisation, own, merged_into_id=other.id, merged_at=now(), active=other.active)
    events.record("accounts.organisation_merged", organisation, actor=actor, into_id=other.id)
    return other.public_id


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
    if organisation.kind == "donor" and key_of(name) != key_of(organisation.name):
        _must_be_new(organisation.kind, name, but=[organisation.id])
    raise_version(Organisation, organisation, version, theirs=theirs)
    update_where(
        Organisation,
        Organisation.id == organisation.id,
        name=organisation.name if organisation.kind == "state" else one_line(name),
        official_email=normal_email(official_email or "") or None,
        official_language=official_language,
        active=active,
    )
    update_where(Organisation, Organisation.merged_into_id == organisation.id, active=active)
    events.record("accounts.organisation_changed", organisation, actor=actor, active=active)


def _must_be_new(kind: str, name: str, *, but: Iterable[int] = ()) -> None:
    """Raise Invalid when a donor of this name is there already, however it is written, or the name is a State's."""
    if kind != "donor":
        return
    known = queries.find_organisation(name, but=but)
    if known is not None:
        said = {"name": organisation_name(known), "code": known.code}
        raise Invalid(fields={"name": lazy("This organisation is there already: %(name)s, %(code)s.", **said)})
    if state_named_by(name):
        raise Invalid(fields={"name": lazy("This is the name of a State. Add it as a State: a State may give, too.")})


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
    if any(office.id != but and flatten(office.name) == flatten(name) for office in queries.offices_of(owner.id)):
        raise Invalid(fields={"name": lazy("An office of this name is there already.")})
    return name
