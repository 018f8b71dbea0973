"""The people of the demonstration: organisations, offices and people, invited and signed up as everybody is."""

import io
import tomllib
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tracker.accounts import links, queries, services
from tracker.accounts.models import Invitation, Organisation, Person, RoleProposal
from tracker.accounts.services.account_requests import NamedPerson, ask_for_account
from tracker.accounts.services.notes import NoteVerbale
from tracker.calendar.now import today
from tracker.database.transactions import update_where
from tracker.demo.pages import page_of
from tracker.extensions import db
from tracker.rights.actor import Actor

DATA = Path(__file__).parent / "data"


def read(name: str) -> dict[str, Any]:
    """One of the files of data/."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account as `make run` prints it."""

    role: str
    organisation: str
    name: str
    email: str


@dataclass
class Participants:
    """Actors by "CODE.key", where the key is the person's first role unless the file names another."""

    password_hash: str
    strangers_hash: str
    actors: dict[str, Actor] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    def of(self, code: str, *roles: str) -> Actor:
        """The first person of an organisation who holds one of `roles`, tried in this order."""
        return next(self.actors[f"{code}.{role}"] for role in roles if f"{code}.{role}" in self.actors)

    def sign_up(self) -> None:
        """Make every organisation of the file with its offices and people; the office's administrator comes first."""
        for row in read("people")["organisation"]:
            self._found(row)

    def ask_for_an_account(self) -> None:
        """A mission asks for its State's first account, and waits for an administrator."""
        text = read("people")["asks_for_an_account"]
        ask_for_account(
            actor=Actor.anonymous,
            people=[NamedPerson(**person) for person in text["people"]],
            note=NoteVerbale(reference=text["note"], date=today()),
            **text["facts"],
        )

    def invite_a_colleague(self) -> None:
        """A State's administrator invites a deputy who does not answer while the link works."""
        text = read("people")["does_not_answer"]
        state = queries.organisation_of_state(text["state"])
        if state is None:
            raise RuntimeError("The State of the invitation is not there.")
        authority = queries.offices_of(state.id)[0].public_id
        administrator = self[f"{text['state']}.state_administrator"]
        services.invite(state.public_id, actor=administrator, office=authority, deputy=True, **text["person"])

    def ask_for_an_officer(self) -> None:
        """One administrator asks for one more officer, which waits for the other."""
        text = read("people")["waits_for_a_second"]
        office = self["UNODC.administrator"]
        organisation = db.session.scalars(
            sa.select(Organisation).where(Organisation.id == office.organisation_id)
        ).one()
        services.invite(organisation.public_id, actor=office, **text)

    def _give(self, invitation: uuid.UUID, code: str) -> None:
        """The second administrator gives what needs one, to who signs on a page that stands for the note verbale."""
        offered = sa.select(Invitation.id).where(Invitation.public_id == invitation).scalar_subquery()
        waits = RoleProposal.invitation_id == offered, RoleProposal.status == "waiting"
        proposal = db.session.scalars(sa.select(RoleProposal).where(*waits)).one_or_none()
        if proposal is None:
            return
        reference = f"{code}/{today().year}/A-{proposal.id}"
        page = FileStorage(io.BytesIO(page_of("a note verbale", reference)), filename="note verbale.pdf")
        services.give_roles(
            proposal.public_id,
            actor=self["UNODC.second_administrator"],
            version=proposal.version,
            note=NoteVerbale(reference, today(), page),
        )

    def _found(self, row: dict[str, Any]) -> None:
        by = self.actors.get("UNODC.administrator", Actor.system)
        organisation = services.add_organisation(
            actor=by,
            kind=row["kind"],
            code=row["code"],
            name=row.get("name", ""),
            state_iso3=row["code"] if row["kind"] == "state" else None,
            official_email=f"official@{row['code'].lower()}.example",
            official_language=row["language"],
        )
        offices = {
            office["name"]: services.add_office(organisation, actor=by, **office) for office in row.get("offices", [])
        }
        for person in row.get("person", []):
            place = offices.get(person.get("office", ""))
            self._sign_up(row, person, organisation, place)

    def _sign_up(
        self, row: dict[str, Any], person: dict[str, Any], organisation: uuid.UUID, office: uuid.UUID | None
    ) -> None:
        administrator = self.actors.get("UNODC.administrator")
        by = Actor.system if administrator is None or person["roles"] == ["administrator"] else administrator
        shown = person.get("demonstration", False)
        email = f"{person['email']}@{row['code'].lower()}.example"
        language = person.get("language", row["language"])
        invitation = services.invite(
            organisation,
            actor=by,
            email=email,
            name=person["name"],
            language=language,
            roles=person["roles"],
            title=person.get("title", ""),
            office=office,
        )
        self._give(invitation, row["code"])
        token = links.token(db.session.scalars(sa.select(Invitation).where(Invitation.public_id == invitation)).one())
        made = services.accept_invitation(
            token, language=language, password_hash=self.password_hash if shown else self.strangers_hash
        )
        actor = queries.actor_for(made["person"], made["membership"])
        if actor is None:
            raise RuntimeError(f"{person['name']} has no place.")
        self.actors[f"{row['code']}.{person.get('key', person['roles'][0])}"] = actor
        if shown:
            update_where(Person, Person.id == made["person"], demonstration=True)
            self.accounts.append(Account(person["roles"][0], row["code"], person["name"], email))
