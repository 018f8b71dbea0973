"""How it stands with the content of a paper that was filed: removed, to be removed, or there."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tracker.assistance.models import Erasure
from tracker.extensions import db
from tracker.files.models import File


@dataclass(frozen=True, slots=True)
class Removal:
    """How it stands with the content of a paper, for the page on which the paper stands."""

    file_id: uuid.UUID
    erased_at: datetime | None
    waits: bool
    reason: str
    language: str


def removal_of(file_number: int | None) -> Removal | None:
    """The removal of a file's content, done or proposed, and its reason; None without a file."""
    return removals_of([file_number]).get(file_number) if file_number is not None else None


def removals_of(file_numbers: Collection[int]) -> dict[int, Removal]:
    """The same of many files, by their ids. What went by itself has no reason, although somebody proposed it."""
    found = sa.or_(Erasure.confirmed_at.is_not(None), sa.and_(Erasure.dropped_at.is_(None), File.erased_at.is_(None)))
    rows = db.session.execute(
        sa.select(File.id, File.public_id, File.erased_at, Erasure.proposed_at, Erasure.reason, Erasure.language)
        .outerjoin(Erasure, sa.and_(Erasure.file_id == File.id, found))
        .where(File.id.in_(file_numbers))
    )
    return {
        row.id: Removal(
            row.public_id,
            row.erased_at,
            row.proposed_at is not None and row.erased_at is None,
            row.reason or "",
            row.language or "en",
        )
        for row in rows
    }
