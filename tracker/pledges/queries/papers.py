"""The documents of a need that its State agreed to show donors: a list for its page, and one of them to be opened."""

import uuid
from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest, Attachment, Consent
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.files.models import File
from tracker.pledges.queries.needs import readable_by
from tracker.rights.actor import Actor

R = AssistanceRequest


def papers_of_need(number: uuid.UUID, actor: Actor) -> list[Any]:
    """Name, label, kind and size of each document that the actor may open, the first first."""
    columns = (File.public_id, File.name, File.kind, File.size, Attachment.label, R.language)
    return list(db.session.execute(_shown(sa.select(*columns), number, actor).order_by(File.id)))


def paper_of_need(number: uuid.UUID, file_id: uuid.UUID, actor: Actor) -> tuple[File, int]:
    """One document and the id of the request that it is of. Raises NotFound unless the State agrees to it now."""
    wanted = _shown(sa.select(File, R.id), number, actor).where(File.public_id == file_id)
    row = db.session.execute(wanted).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _shown(select: sa.Select[*tuple[Any, ...]], number: uuid.UUID, actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """The documents that the State handed in and that still count, where it agreed to show donors its documents."""
    agreed = sa.exists().where(
        Consent.request_id == R.id,
        Consent.audience == "donors",
        Consent.field == "documents",
        Consent.revoked_at.is_(None),
    )
    return (
        select.select_from(Attachment)
        .join(R, R.id == Attachment.request_id)
        .join(File, File.id == Attachment.file_id)
        .where(
            R.public_number == number,
            readable_by(actor),
            agreed,
            Attachment.internal.is_(False),
            Attachment.struck_at.is_(None),
            File.handed_in_at.is_not(None),
            File.erased_at.is_(None),
        )
    )
