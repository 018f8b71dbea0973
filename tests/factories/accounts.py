"""People with their organisations, in one line: `person("focal_point", of="KEN")`, `person("triage_officer")`."""

from dataclasses import dataclass
from datetime import date
from itertools import count

import sqlalchemy as sa

from tracker.accounts import passwords, queries
from tracker.accounts.models import Membership, MembershipRole, Office, Organisation, Person
from tracker.accounts.roles import ROLES_OF_KIND
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.reference.models import State
from tracker.reference.names import all_names, read_csv
from tracker.rights.actor import STATE_ROLES, Actor

PASSWORD = "four quiet green boats"
_numbers = count(1)


@dataclass(frozen=True)
class Someone:
    """A person under one membership, as ids and values that outlive any session."""

    person_id: int
    membership_id: int
    organisation_id: int
    office_id: int | None
    code: str
    name: str
    email: str
    public_id: str
    membership_public_id: str
    organisation_public_id: str

    @property
    def actor(self) -> Actor:
        """The actor with today's rights."""
        found = queries.actor_for(self.person_id, self.membership_id)
        db.session.rollback()
        assert found is not None
        return found


def organisation(code: str = "KEN", *, kind: str | None = None, name: str = "", language: str = "en") -> Organisation:
    """The organisation with this code, made when absent; the code tells its kind: a State, UNODC, else a donor."""
    with transaction() as session:
        found = session.scalars(sa.select(Organisation).where(Organisation.code == code)).one_or_none()
        if found is None:
            kind = kind or ("office" if code == "UNODC" else "state" if code in all_names() else "donor")
            if kind == "state":
                state(code)
            found = Organisation(
                code=code,
                kind=kind,
                name=name or (all_names()[code].short["en"] if kind == "state" else code),
                state_iso3=code if kind == "state" else None,
                official_email=f"official@{code.lower()}.example",
                official_language=language,
            )
            session.add(found)
            session.flush()
        session.expunge(found)
    return found


def state(iso3: str) -> None:
    """The State's row of reference data, made from the delivered files when absent."""
    with transaction() as session:
        if session.get(State, iso3) is not None:
            return
        row = next(r for r in [*read_csv("states.csv"), *read_csv("invented_states.csv")] if r["iso3"] == iso3)
        yes = {f"_{name}": row[name] == "Y" for name in ("ldc", "lldc", "sids", "oda_eligible")}
        text = {name: row[name] or None for name in ("m49", "regional_group", "gateway_iata")}
        names = {name: row[name] for name in row if name.startswith("name_") and name != "name_note"}
        invented = row["un_status"] == "invented"
        same = {name: row[name] for name in ("iso2", "un_status", "currency")}
        formal, graduates = row["un_formal_en"], row["ldc_graduation_date"]
        yes["_ldc_graduation_date"] = date.fromisoformat(graduates) if graduates else None
        session.add(State(iso3=iso3, formal_en=formal, invented=invented, **same, **names, **text, **yes))
        session.flush()


def office(of: str, name: str = "Ministry of Justice", *, kind: str = "ministry", is_authority: bool = False) -> Office:
    """An office of the organisation with code `of`, made when absent."""
    owner = organisation(of)
    with transaction() as session:
        found = session.scalars(
            sa.select(Office).where(Office.organisation_id == owner.id, Office.name == name)
        ).one_or_none()
        if found is None:
            found = Office(organisation_id=owner.id, name=name, kind=kind, is_authority=is_authority)
            session.add(found)
            session.flush()
        session.expunge(found)
    return found


def person(
    *roles: str,
    of: str | None = None,
    name: str = "",
    email: str = "",
    language: str = "en",
    in_office: Office | None = None,
    password: str | None = None,
    demonstration: bool = False,
) -> Someone:
    """Somebody with these roles. Without `of`: State roles belong to KEN, donor roles to NORAD, others to UNODC.

    Without `in_office`, authorising officers and administrators of a State sit in its mission (an authority),
    others in a ministry. `password` (see PASSWORD) is only needed to type it in.
    """
    of = of or _organisation_for(roles)
    owner = organisation(of)
    place = in_office or _office_for(owner, roles)
    number = next(_numbers)
    with transaction() as session:
        someone = Person(
            name=name or f"Person {number}",
            email=(email or f"person{number}@{of.lower()}.example").lower(),
            language=language,
            password_hash=passwords.hashed(password) if password else None,
            demonstration=demonstration,
        )
        session.add(someone)
        session.flush()
        return _place(session, someone, owner, place, roles)


def membership(someone: Someone, *roles: str, of: str) -> Someone:
    """Another membership of the same person."""
    owner = organisation(of)
    with transaction() as session:
        row = session.get_one(Person, someone.person_id)
        return _place(session, row, owner, None, roles)


def _place(session, someone: Person, owner: Organisation, place: Office | None, roles: tuple[str, ...]) -> Someone:
    row = Membership(
        person_id=someone.id,
        organisation_id=owner.id,
        office_id=place.id if place else None,
        title="Officer",
        role_rows=[MembershipRole(role=role) for role in roles],
    )
    session.add(row)
    session.flush()
    return Someone(
        person_id=someone.id,
        membership_id=row.id,
        organisation_id=owner.id,
        office_id=place.id if place else None,
        code=owner.code,
        name=someone.name,
        email=someone.email,
        public_id=str(someone.public_id),
        membership_public_id=str(row.public_id),
        organisation_public_id=str(owner.public_id),
    )


def _organisation_for(roles: tuple[str, ...]) -> str:
    role = roles[0] if roles else "focal_point"
    if role in STATE_ROLES:
        return "KEN"
    return "NORAD" if role in ROLES_OF_KIND["donor"] else "UNODC"


def _office_for(owner: Organisation, roles: tuple[str, ...]) -> Office | None:
    if owner.kind != "state":
        return None
    if {"authorising_officer", "state_administrator"} & set(roles):
        return office(owner.code, "Permanent Mission in Vienna", kind="mission", is_authority=True)
    return office(owner.code)
