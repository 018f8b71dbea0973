"""Papers and files that the people of the rights' tests hand in."""

import io
import uuid
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.factories import assistance
from tests.files.samples import PDF
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.handling import services as handling
from tracker.assistance.incoming_note import Note
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.files.models import File


def paper(name: str = "paper.pdf") -> FileStorage:
    """A small document to be handed in."""
    return FileStorage(io.BytesIO(PDF), filename=name)


def note() -> Note:
    """The note verbale with which a request is submitted."""
    return Note(issuer="quokkastate mission", reference="quokkastate 17", dated=today(), file=paper("quokkastate.pdf"))


def file_of(case: assistance.Case, name: str = "") -> uuid.UUID:
    """The first file of a request, or that of a name."""
    wanted = sa.select(File.public_id).where(File.subject_type == "request", File.subject_id == case.now.id)
    return db.session.scalars((wanted.where(File.name == name) if name else wanted).order_by(File.id)).first()


def erasing(people: assistance.People, said: dict[str, Any]) -> assistance.Case:
    """A request with a note verbale whose content is to go, which waits for a second person."""
    case = assistance.awaiting_authorisation(people, **said)
    authorisation.submit(case.public_id, actor=case.authority, version=case.version, note=note())
    what = {"file_public_id": file_of(case), "ground": "personal_data", "reason": "quokkanote: a passport"}
    handling.propose_erasure(case.public_id, actor=case.officer, version=None, **what)
    return case


def table() -> tuple[io.BytesIO, str]:
    """A file of requests to be imported."""
    return io.BytesIO(b"title,state\nCourse,KEN\n"), "requests.csv"


def rates() -> tuple[io.BytesIO, str]:
    """A file of rates of exchange."""
    return io.BytesIO(b"currency,units_per_usd,date,source\nXAF,600.5,2026-03-01,Bank\n"), "rates.csv"
