"""The note verbale beside what an officer decides about it."""

from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest, NoteVerbale
from tracker.extensions import db
from tracker.files.models import File


def note_of(assistance_request: AssistanceRequest) -> Any:
    """The note verbale that counts now, with its file, or None."""
    columns = (NoteVerbale.issuer, NoteVerbale.reference, NoteVerbale.dated, NoteVerbale.paper, NoteVerbale.filed_at)
    return db.session.execute(
        sa.select(*columns, File.public_id.label("file_public_id"), File.name.label("file_name"), File.size, File.kind)
        .outerjoin(File, File.id == NoteVerbale.file_id)
        .where(NoteVerbale.id == assistance_request.note_id)
    ).one_or_none()
