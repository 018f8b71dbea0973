"""Papers that the people of the rights' tests hand in."""

import io

from werkzeug.datastructures import FileStorage

from tests.files.samples import PDF
from tracker.assistance.incoming_note import Note
from tracker.calendar.now import today


def paper(name: str = "paper.pdf") -> FileStorage:
    """A small document to be handed in."""
    return FileStorage(io.BytesIO(PDF), filename=name)


def note() -> Note:
    """The note verbale with which a request is submitted."""
    return Note(issuer="quokkastate mission", reference="quokkastate 17", dated=today(), file=paper("quokkastate.pdf"))
