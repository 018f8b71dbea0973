"""Handing every paper of a request to those who may see the request."""

import uuid
from typing import Any

import sqlalchemy as sa

from tracker.assistance import queries
from tracker.assistance.blueprint import bp
from tracker.assistance.models import Attachment
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.files import queries as files
from tracker.files.sending import send
from tracker.rights.actor import REQUEST_READERS
from tracker.web.access import access, current_actor


@bp.get("/<uuid:public_id>/files/<uuid:file_id>")
@access("state", *REQUEST_READERS)
def file(public_id: uuid.UUID, file_id: uuid.UUID) -> Any:
    """One paper of a request; internal ones are for the office only."""
    actor = current_actor()
    found = queries.get_visible(public_id, actor)
    paper = files.get(file_id, subject=found)
    internal = sa.select(Attachment.id).where(Attachment.file_id == paper.id, Attachment.internal)
    if not actor.is_staff and db.session.scalar(internal) is not None:
        raise NotFound
    return send(paper)
