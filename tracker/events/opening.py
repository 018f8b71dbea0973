"""What an auditor opens stands in the record before it is shown: once for each thing, person and day."""

from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.errors import Unavailable
from tracker.events import services
from tracker.events.models import Event
from tracker.events.sentences import Sentence
from tracker.extensions import db
from tracker.languages.marking import N_, lazy
from tracker.rights.actor import READ_ON_RECORD, Actor

OPENED = "audit.opened"
FILE_OPENED = "audit.file_opened"
SHOWN_TO_DONOR = "audit.shown_to_donor"
SENTENCES = {
    OPENED: Sentence(N_("Opened by an auditor"), counted=True),
    FILE_OPENED: Sentence(N_("A document was opened by an auditor"), counted=True),
    SHOWN_TO_DONOR: Sentence(
        N_("A donor opened a document that the State agreed to show"),
        N_("A donor opened a document that your State agreed to show"),
    ),
}
Found = TypeVar("Found")


def on_record(load: Callable[[], Found], *, actor: Actor) -> Found:
    """What `load` finds for a page about one case or person, once it is written down that the actor opens it."""
    found = load()
    return load() if opened(found, actor=actor) else found


def opened(subject: Any, *, actor: Actor, part_of: tuple[type[Any], int] | None = None) -> bool:
    """Write down that the actor opens `subject`, a row that they may see, if theirs is reading that is recorded. Gives
    whether something was written: what was loaded before is to be loaded again.

    Every page about one case, file or person asks it before anything is shown. `part_of` is the model and the id of
    the row in whose history it stands too. Nothing is shown where it cannot be done: raises Unavailable.
    """
    if not actor.has(*READ_ON_RECORD):
        return False
    name = FILE_OPENED if subject.__event_subject__ == "file" else OPENED
    return _written(name, subject, actor, part_of)


def shown_to_donor(document: Any, *, actor: Actor, part_of: tuple[type[Any], int]) -> bool:
    """Write down that a donor opens a document which a State agreed to show: the State reads that it was opened."""
    return _written(SHOWN_TO_DONOR, document, actor, part_of)


def _written(name: str, subject: Any, actor: Actor, part_of: tuple[type[Any], int] | None) -> bool:
    once_key = f"opened:{subject.__event_subject__}:{subject.id}:{actor.person_id}:{today().isoformat()}"
    if _stands(once_key):
        return False
    try:
        services.record_opening(subject, name, actor=actor, once_key=once_key, part_of=part_of)
    except sa.exc.SQLAlchemyError as reason:
        # the same person may have opened it in another window at this moment
        if not (isinstance(reason, sa.exc.IntegrityError) and _stands(once_key)):
            raise Unavailable(
                lazy("What is opened here is written down first, and that is not possible right now. Try again later.")
            ) from reason
    return True


def _stands(once_key: str) -> bool:
    return db.session.scalar(sa.select(Event.id).where(Event.once_key == once_key)) is not None
