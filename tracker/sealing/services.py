"""Sealing and opening values of sealed columns, and destroying a person's key."""

import hmac
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.sealing import envelopes
from tracker.sealing.columns import SEALED, Purpose
from tracker.sealing.models import SealedKey
from tracker.settings.keys import KeyRing
from tracker.web.application import settings


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose data are sealed: a kind ("delegate") and the id of the row."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands: a column of `columns.SEALED`, and the primary key of its row."""

    table: str
    column: str
    row: int

    @property
    def purpose(self) -> Purpose:
        """What is kept there is for this. Raises KeyError for a column that is not in the list."""
        return SEALED[self.table, self.column]

    def __str__(self) -> str:
        return f"{self.table}|{self.column}|{self.row}"


class Erased(Conflict):
    """The person's key was destroyed: their data are gone, and none are sealed again."""

    def __init__(self) -> None:
        super().__init__(lazy("The data of this person were erased."))


def ring() -> KeyRing:
    """The installation's sealing keys."""
    return settings().key_rings["sealing"]


def seal(place: Place, holder: Holder, value: Any) -> bytes:
    """A value as it is written to its column; makes the holder's key where there is none. Inside a transaction. Raises
    Erased once the key was destroyed."""
    _make_key(holder, place.purpose)
    return envelopes.seal(_key_of(holder, place.purpose), value, str(place))


def unseal(place: Place, holder: Holder, sealed: bytes) -> Any:
    """The value of a column. Raises Erased once the key was destroyed, Unreadable where it does not belong there."""
    return envelopes.unseal(_key_of(holder, place.purpose), sealed, str(place))


def destroy(holder: Holder, purpose: Purpose) -> bool:
    """Destroy a key: nothing sealed under it can be read any more. Gives whether there was one. In a transaction."""
    gone = {"wrapped": None, "key_id": None, "destroyed_at": now()}
    return bool(update_where(SealedKey, *_of(holder, purpose), SealedKey.destroyed_at.is_(None), **gone))


def fingerprint(value: Any) -> str:
    """A mark of a value, for what must be found equal and not be read (`envelopes.fingerprint`)."""
    return envelopes.fingerprint(ring().current, value)


def mark(value: Any) -> str:
    """The same for the record of events, with the id of the key: the record shows later that a row is as it was."""
    return f"{ring().current_id}:{envelopes.fingerprint(ring().current, value)}"


def agrees(value: Any, marked: str) -> bool:
    """Whether a mark is of this value. Raises Unreadable where its key was taken out of the ring."""
    key_id, _colon, found = marked.rpartition(":")
    try:
        return hmac.compare_digest(envelopes.fingerprint(ring().get(key_id), value), found)
    except KeyError:
        raise envelopes.Unreadable from None


def _make_key(holder: Holder, purpose: Purpose) -> None:
    """Write a new key unless there is one, or was."""
    keys = ring()
    values = {
        "holder": holder.kind,
        "holder_id": holder.id,
        "purpose": purpose.value,
        "key_id": keys.current_id,
        "wrapped": envelopes.wrap(keys, envelopes.new_key(), place_of_key(holder, purpose)),
        "made_at": now(),
    }
    insert = postgresql.insert if db.session.connection().dialect.name == "postgresql" else sqlite.insert
    unique = ["holder", "holder_id", "purpose"]
    db.session.execute(insert(SealedKey).values(**values).on_conflict_do_nothing(index_elements=unique))


def _key_of(holder: Holder, purpose: Purpose) -> bytes:
    columns = sa.select(SealedKey.key_id, SealedKey.wrapped).where(*_of(holder, purpose))
    row = db.session.execute(columns).one_or_none()
    if row is None:
        raise envelopes.Unreadable
    if row.wrapped is None:
        raise Erased
    return envelopes.unwrap(ring(), row.key_id, row.wrapped, place_of_key(holder, purpose))


def _of(holder: Holder, purpose: Purpose) -> tuple[sa.ColumnElement[bool], ...]:
    mine = SealedKey.holder == holder.kind, SealedKey.holder_id == holder.id
    return (*mine, SealedKey.purpose == purpose.value)


def place_of_key(holder: Holder, purpose: Purpose) -> str:
    """Where a person's key is wrapped."""
    return f"sealed_keys|wrapped|{holder.kind}|{holder.id}|{purpose.value}"
