"""Papers outside requests, as their keepers and those to whom they belong may read of them."""

import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts import queries as accounts
from tracker.accounts.models import AccountRequest, RoleProposal
from tracker.assistance.models import Erasure
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.files.models import File
from tracker.imports.queries import get_first_look
from tracker.pledges.queries import get_visible_by_id
from tracker.rights.actor import Actor
from tracker.triage.papers.kinds import KINDS, PaperFacts


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with the row that it belongs to, and the removal that waits for a second person."""

    file: File
    owner: Any
    erasure: Erasure | None

    @property
    def facts(self) -> PaperFacts:
        """What the rules ask."""
        return PaperFacts.of(self.file.subject_type, is_there=self.file.erased_at is None, waits=self.erasure)

    @property
    def page(self) -> tuple[str, dict[str, Any]]:
        """The endpoint and values of the page on which it stands."""
        if self.file.subject_type == "job":
            return "imports.source_files", {}
        endpoints = {"pledge": "pledges.show", "account_request": "accounts.account_request"}
        return endpoints.get(self.file.subject_type or "", "accounts.role_proposal"), {
            "public_id": self.owner.public_id
        }


def get_paper(file_id: uuid.UUID, actor: Actor) -> Paper:
    """The paper with this id. Raises NotFound for one that is the actor's not to see, or of a request."""
    file = db.session.scalars(
        sa.select(File).where(
            File.public_id == file_id, File.subject_type.in_(list(KINDS)), File.handed_in_at.is_not(None)
        )
    ).one_or_none()
    if file is None:
        raise NotFound
    owner = _owner(file, actor)
    waits = Erasure.file_id == file.id, Erasure.confirmed_at.is_(None), Erasure.dropped_at.is_(None)
    erasure = db.session.scalars(sa.select(Erasure).where(*waits)).one_or_none()
    return Paper(file, owner, erasure if file.erased_at is None else None)


def _owner(file: File, actor: Actor) -> Any:
    number = file.subject_id or 0
    if file.subject_type == "pledge":
        return get_visible_by_id(number, actor)
    if file.subject_type == "job":
        return get_first_look(number, actor)
    if file.subject_type == "account_request":
        asked = db.session.get(AccountRequest, number)
        return accounts.get_account_request(asked.public_id, actor) if asked else _nothing()
    proposal = db.session.get(RoleProposal, number)
    return accounts.get_role_proposal(proposal.public_id, actor) if proposal else _nothing()


def _nothing() -> Any:
    raise NotFound
