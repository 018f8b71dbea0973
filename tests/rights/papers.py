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
from tracker.imports import services as importing
from tracker.imports.hints import Hints
from tracker.pledges.models import Pledge
from tracker.triage.papers import services as papers


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


def agreement_of(pledge: uuid.UUID) -> uuid.UUID:
    """The file of a pledge's agreement."""
    owner = sa.select(Pledge.id).where(Pledge.public_id == pledge).scalar_subquery()
    return db.session.scalars(
        sa.select(File.public_id).where(File.subject_type == "pledge", File.subject_id == owner)
    ).one()


def removing(pledge: uuid.UUID, proposer: Any) -> uuid.UUID:
    """The agreement of a pledge, whose content is to go; it waits for a second person."""
    file = agreement_of(pledge)
    papers.propose_removal(file, actor=proposer.actor, ground="malware", reason="quokkapledge: a virus")
    return file


def source(chosen_by: Any) -> uuid.UUID:
    """A file of requests that somebody chose for an import."""
    content, name = table()
    upload = FileStorage(content, filename=name)
    importing.begin_preview(upload, actor=chosen_by.actor, what="requests", hints=Hints())
    return db.session.scalar(sa.select(File.public_id).where(File.subject_type == "job").order_by(File.id.desc()))


def removing_source(chosen_by: Any) -> uuid.UUID:
    """Another, whose content is to go; it waits for a second person."""
    file = source(chosen_by)
    papers.propose_removal(file, actor=chosen_by.actor, ground="personal_data", reason="Names of people.")
    return file


def table() -> tuple[io.BytesIO, str]:
    """A file of requests to be imported."""
    return io.BytesIO(b"title,state\nCourse,KEN\n"), "requests.csv"


def rates() -> tuple[io.BytesIO, str]:
    """A file of rates of exchange."""
    return io.BytesIO(b"currency,units_per_usd,date,source\nXAF,600.5,2026-03-01,Bank\n"), "rates.csv"
