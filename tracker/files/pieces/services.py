"""Uploads in pieces: begun by their first piece, gone an hour after the last, or soon after their form was taken."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import after_commit, delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, TooLarge, Unavailable
from tracker.extensions import db
from tracker.files import checks
from tracker.files.kinds import kind_of_extension
from tracker.files.models import IncomingFile
from tracker.files.pieces.locked import Locked
from tracker.files.pieces.places import STRANGER
from tracker.files.pieces.tickets import Ticket
from tracker.files.store import INCOMING, folder
from tracker.languages.marking import lazy

KEPT_FOR = timedelta(hours=1)
KEPT_ONCE_TAKEN = timedelta(minutes=10)
"""A second press of the same button finds its file for so long."""
MOST_BYTES = 48 * 1024 * 1024
MOST_FILES = 40
"""What may wait of one owner at a time."""
MOST_OF_STRANGERS = 200 * 1024 * 1024
MOST_IN_ALL = 2 * 1024 * 1024 * 1024
"""Bytes of all strangers, and of everybody, so that nobody fills the disk."""
LARGEST_PIECE = 512 * 1024
TOO_MANY = lazy("Too many files wait to be sent. Send the form, or try again in an hour.")
I = IncomingFile  # noqa: E741 - a name for statements, as in the other rooms


def take(ticket: Ticket, key: uuid.UUID, *, name: str, size: int, at: int, piece: bytes) -> int:
    """Take a piece that begins at `at`; gives how many bytes are there, from which the browser goes on.

    The same piece again changes nothing, and one from further on is not taken. With the last one the file is checked
    as one that came in one go. Raises Invalid, TooLarge beyond the limits, Unavailable when the disk refuses.
    """
    if len(piece) > LARGEST_PIECE:
        raise TooLarge(lazy("The piece of the file is too large."))
    _refuse_what_fills_the_disk(ticket, len(piece))
    row = _of(ticket.owner, key) or _begun(ticket, key, name, size)
    if row.size != size or at + len(piece) > size or row.taken_at is not None:
        raise Conflict(lazy("This is another file than the one that was begun."))
    if at != row.received or not piece:
        return row.received
    content = _content(row, key)
    try:
        if content.length() < at:
            raise OSError
        content.write(piece, at)
    except OSError as reason:
        forget(row.id)
        raise Unavailable(lazy("The file could not be stored. Try again in a few minutes.")) from reason
    if at + len(piece) == size:
        _check(ticket, row, content)
    _advance(row.id, at, at + len(piece))
    return at + len(piece)


def waiting(owner: str, key: uuid.UUID) -> tuple[IncomingFile, Locked] | None:
    """The upload of this owner that has arrived whole, with its content; None where there is none any more."""
    row = _of(owner, key)
    if row is None or row.received != row.size:
        return None
    content = _content(row, key)
    return (row, content) if content.length() >= row.size else None


@verb(events=0)
def taken(ids: Collection[int]) -> int:
    """Let uploads whose form was taken count in no limit any more, and go soon."""
    return update_where(I, I.id.in_(ids), I.taken_at.is_(None), taken_at=now())


@verb(events=0)
def forget(incoming_id: int) -> None:
    """Forget an upload that is of no use."""
    _gone(I.id == incoming_id)


@verb(events=0)
def forget_old_pieces() -> int:
    """Delete what nobody went on with, and what was taken; gives the number of files."""
    return _gone(_left())


@verb(events=0)
def _begin(ticket: Ticket, key_hash: str, name: str, size: int) -> None:
    _gone(I.owner == ticket.owner, I.key_hash == key_hash, _left())
    _limit(ticket, size)
    row = I(owner=ticket.owner, key_hash=key_hash, name=name, size=size, received=0, stored_as=uuid.uuid4().hex)
    db.session.add(row)


@verb(events=0)
def _advance(incoming_id: int, at: int, received: int) -> int:
    """What another process has counted meanwhile stays."""
    return update_where(I, I.id == incoming_id, I.received == at, received=received, touched_at=now())


def _begun(ticket: Ticket, key: uuid.UUID, name: str, size: int) -> IncomingFile:
    shown = checks.clean_name(name)
    checks.refuse_unless(kind_of_extension(PurePosixPath(shown).suffix.lower(), ticket.kinds), ticket.kinds)
    if size < 1:
        raise Invalid(lazy("The file is empty."))
    if size > ticket.limit:
        raise TooLarge(lazy("The file is larger than %(size)d MB.", size=ticket.limit // 1024 // 1024))
    try:
        _begin(ticket, _hash(key), shown, size)
    except sa.exc.IntegrityError:  # the same piece was sent twice at once, and the other was first
        db.session.rollback()
    row = _of(ticket.owner, key)
    if row is None:
        raise Unavailable(lazy("The file could not be stored. Try again in a few minutes."))
    return row


def _limit(ticket: Ticket, size: int) -> None:
    waits = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(I.size), 0)).where(_kept(), I.taken_at.is_(None))
    files, of_owner = db.session.execute(waits.where(I.owner == ticket.owner)).one()
    if files >= MOST_FILES or of_owner + size > MOST_BYTES or _bytes(of_strangers=False) + size > MOST_IN_ALL:
        raise TooLarge(TOO_MANY)


def _refuse_what_fills_the_disk(ticket: Ticket, size: int) -> None:
    """Strangers count with what came of them, not with what they say will come: else a few would keep out all."""
    stranger = ticket.owner.startswith(STRANGER)
    if stranger and size and _bytes(of_strangers=True) + size > MOST_OF_STRANGERS:
        raise TooLarge(TOO_MANY)


def _bytes(*, of_strangers: bool) -> int:
    whose = I.owner.startswith(STRANGER)
    counted, which = (I.received, whose) if of_strangers else (sa.case((whose, I.received), else_=I.size), sa.true())
    return db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(counted), 0)).where(_kept(), which)) or 0


def _check(ticket: Ticket, row: IncomingFile, content: Locked) -> None:
    """Read the whole file once, as the form will, so that a wrong one is said while its field is at hand."""
    with NamedTemporaryFile(dir=folder() / INCOMING) as plain:
        content.seek(0)
        while chunk := content.read(LARGEST_PIECE):
            plain.write(chunk)
        plain.flush()
        try:
            checks.kind_of(Path(plain.name), row.name, ticket.kinds)
        except Invalid:
            forget(row.id)
            raise


def _left() -> sa.ColumnElement[bool]:
    return sa.or_(I.touched_at <= now() - KEPT_FOR, I.taken_at <= now() - KEPT_ONCE_TAKEN)


def _kept() -> sa.ColumnElement[bool]:
    """The opposite: a row that the next chore will take counts in no limit."""
    fresh = sa.or_(I.taken_at.is_(None), I.taken_at > now() - KEPT_ONCE_TAKEN)
    return sa.and_(fresh, I.touched_at > now() - KEPT_FOR)


def _of(owner: str, key: uuid.UUID) -> IncomingFile | None:
    mine = sa.select(I).where(
        I.owner == owner,
        I.key_hash == _hash(key),
        _kept(),
    )
    return db.session.scalars(mine).one_or_none()


def _content(row: IncomingFile, key: uuid.UUID) -> Locked:
    incoming = folder() / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    return Locked(incoming / row.stored_as, key, row.size)


def _hash(key: uuid.UUID) -> str:
    return hashlib.sha256(key.bytes).hexdigest()


def _gone(*conditions: sa.ColumnElement[bool]) -> int:
    names = db.session.scalars(sa.select(I.stored_as).where(*conditions)).all()
    paths = [folder() / INCOMING / name for name in names]

    def unlink() -> None:
        for path in paths:
            path.unlink(missing_ok=True)

    after_commit(unlink)
    return delete_where(I, I.stored_as.in_(names)) if names else 0
