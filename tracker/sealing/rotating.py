"""Changing the installation's sealing key: every person's key is wrapped anew, what it sealed stays as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.sealing import envelopes
from tracker.sealing.columns import Purpose
from tracker.sealing.envelopes import Unreadable
from tracker.sealing.models import SealedKey
from tracker.sealing.services import Holder, place_of_key, ring
from tracker.settings.keys import KeyRing

AT_ONCE = 200
"""How many keys are wrapped anew in one transaction."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many keys were wrapped anew, and the rows of `sealed_keys` that do not open: they stay as they are."""

    done: int
    unreadable: tuple[int, ...]


def rotate(*, at_once: int = AT_ONCE) -> Rotated:
    """Wrap every key that an older key of the ring wraps with the present one. Each stays readable all the while, and
    what was begun is gone on with: keys wrapped already are not touched, one that does not open keeps no other. Raises
    Conflict, before anything is done, where the ring lacks a key that is still needed."""
    if missing := sorted(set(keys_in_use()) - {key_id for key_id, _key in ring().versions}):
        raise Conflict(f"The ring lacks the sealing key {', '.join(missing)}: put it back, then rotate.")
    done, unreadable, after = 0, [], 0
    while found := _rotate_some(ring(), after, at_once):
        tried, wrong = found
        done, after = done + len(tried) - len(wrong), tried[-1]
        unreadable += wrong
    return Rotated(done, tuple(unreadable))


def keys_in_use() -> dict[str, int]:
    """How many people's keys each key of the installation wraps, by its id."""
    used = sa.select(SealedKey.key_id, sa.func.count()).where(SealedKey.key_id.is_not(None))
    counts = {key_id or "": number for key_id, number in db.session.execute(used.group_by(SealedKey.key_id))}
    db.session.rollback()
    return counts


def unreadable() -> dict[str, list[int]]:
    """The rows of `sealed_keys` that do not open, by the key of the ring that should: another text stands there for
    it, or they were changed. All are tried."""
    found: dict[str, list[int]] = {}
    for row in _every(sa.select(SealedKey).where(SealedKey.key_id.is_not(None)), AT_ONCE):
        if not _opens(row):
            found.setdefault(row.key_id or "", []).append(row.id)
    return found


def wrong_keys() -> list[str]:
    """The ids under which the ring has no key, or another one than that which wrapped: the newest row of each tells."""
    newest = sa.select(sa.func.max(SealedKey.id)).where(SealedKey.key_id.is_not(None)).group_by(SealedKey.key_id)
    rows = db.session.scalars(sa.select(SealedKey).where(SealedKey.id.in_(newest)))
    wrong = sorted({row.key_id or "" for row in rows if not _opens(row)})
    db.session.rollback()
    return wrong


def _every(statement: sa.Select[Any], at_once: int) -> Iterator[SealedKey]:
    after = 0
    while rows := db.session.scalars(statement.where(SealedKey.id > after).order_by(SealedKey.id).limit(at_once)).all():
        yield from rows
        after = rows[-1].id
        db.session.rollback()
    db.session.rollback()


def _opens(row: SealedKey) -> bool:
    try:
        _key_in(row, ring())
    except Unreadable:
        return False
    return True


def _key_in(row: SealedKey, keys: KeyRing) -> bytes:
    return envelopes.unwrap(keys, row.key_id or "", row.wrapped or b"", _place_of(row))


def _place_of(row: SealedKey) -> str:
    return place_of_key(Holder(row.holder, row.holder_id), Purpose(row.purpose))


def _rotate_some(keys: KeyRing, after: int, at_once: int) -> tuple[Sequence[int], list[int]] | None:
    """Wrap the next keys; gives the rows that were tried and those that did not open, None where none is left."""
    old = sa.select(SealedKey).where(SealedKey.key_id != keys.current_id, SealedKey.id > after)
    with transaction() as session:
        options = {"populate_existing": True}
        rows = session.scalars(old.order_by(SealedKey.id).limit(at_once).execution_options(**options)).all()
        wrong = []
        for row in rows:
            try:
                key = _key_in(row, keys)
            except Unreadable:
                wrong.append(row.id)
                continue
            same = SealedKey.id == row.id, SealedKey.key_id == row.key_id
            update_where(SealedKey, *same, wrapped=envelopes.wrap(keys, key, _place_of(row)), key_id=keys.current_id)
        return ([row.id for row in rows], wrong) if rows else None
