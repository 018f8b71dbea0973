"""Sealed values open at their place and nowhere else, survive a change of keys, and go with theirs."""

import secrets
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tracker.database.transactions import transaction
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.participation.papers.models import DelegatePapers
from tracker.sealing import rotating, services
from tracker.sealing.columns import SEALED, Purpose
from tracker.sealing.envelopes import Unreadable
from tracker.sealing.models import SealedKey
from tracker.sealing.services import Erased, Holder, Place, seal, unseal
from tracker.settings.keys import KeyRing
from tracker.setup import checks

VALUE = {"number": "XK7710042", "name": "Awa Ken"}
AWA, BEN = Holder("delegate", 1), Holder("delegate", 2)


def place(column: str = "passport", row: int = 1) -> Place:
    return Place("delegate_papers", column, row)


def sealed(holder: Holder = AWA, at: Place | None = None) -> bytes:
    with transaction():
        return seal(at or place(row=holder.id), holder, VALUE)


@pytest.fixture
def change_keys(app, monkeypatch):
    """Gives a function that puts these texts in place of the sealing keys: `change_keys("2:…,1:…")`."""

    def change(text: str) -> None:
        settings = app.extensions["tracker_settings"]
        rings = {**settings.key_rings, "sealing": KeyRing.parse(text)}
        monkeypatch.setitem(app.extensions, "tracker_settings", replace(settings, key_rings=rings))

    return change


def test_what_is_sealed_opens_at_its_place_and_nowhere_else(app):
    text = sealed()
    assert b"XK77" not in text
    assert unseal(place(), AWA, text) == VALUE
    for other in (place("visa"), place(row=2)):
        with pytest.raises(Unreadable):
            unseal(other, AWA, text)
    sealed(BEN)
    with pytest.raises(Unreadable):
        unseal(place(), BEN, text)
    with pytest.raises(Unreadable):
        unseal(place(), AWA, text[:-1] + bytes([text[-1] ^ 1]))
    with pytest.raises(KeyError):
        sealed(at=place("name"))


def test_equal_values_are_not_seen_to_be_equal_nor_how_long_they_are(app):
    first, again = sealed(), sealed()
    assert first[13:] != again[13:]
    with transaction():
        longer = seal(place(), AWA, {**VALUE, "name": "Awa Ken of a much longer name"})
    assert len(first) == len(again) == len(longer)


def test_each_person_and_purpose_has_a_key_of_its_own(app):
    text, other = sealed(), sealed(BEN)
    with transaction():
        proof = seal(place("evidence"), AWA, VALUE)
        assert services.destroy(AWA, Purpose.JOURNEY)
    with pytest.raises(Erased):
        unseal(place(), AWA, text)
    with pytest.raises(Erased):
        sealed()
    assert unseal(place(row=2), BEN, other) == VALUE
    assert unseal(place("evidence"), AWA, proof) == VALUE
    with transaction():
        assert not services.destroy(AWA, Purpose.JOURNEY)


def test_a_rotation_that_is_cut_short_loses_nothing(app, change_keys, monkeypatch):
    old, new = secrets.token_urlsafe(40), secrets.token_urlsafe(40)
    change_keys(f"1:{old}")
    texts = {number: sealed(Holder("delegate", number)) for number in range(1, 8)}
    change_keys(f"2:{new},1:{old}")

    def all_open() -> bool:
        return all(unseal(place(row=n), Holder("delegate", n), text) == VALUE for n, text in texts.items())

    assert all_open()
    done = []

    def cut(*at: object) -> int:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(rotate_some(*at))
        return done[-1]

    rotate_some = rotating._rotate_some
    monkeypatch.setattr(rotating, "_rotate_some", cut)
    with pytest.raises(KeyboardInterrupt):
        rotating.rotate(at_once=2)
    monkeypatch.undo()
    change_keys(f"2:{new},1:{old}")
    assert rotating.keys_in_use() == {"1": 3, "2": 4}
    assert all_open()
    sealed(Holder("delegate", 9))
    assert rotating.rotate(at_once=2).done == 3
    change_keys(f"2:{new}")
    assert rotating.keys_in_use() == {"2": 8}
    assert all_open()
    assert rotating.rotate() == rotating.Rotated(0, ())


def test_a_key_that_is_needed_is_missed_before_anything_is_done(app, change_keys):
    old, new = secrets.token_urlsafe(40), secrets.token_urlsafe(40)
    change_keys(f"1:{old}")
    text = sealed()
    change_keys(f"2:{new}")
    with pytest.raises(Unreadable):
        unseal(place(), AWA, text)
    with pytest.raises(Conflict, match="lacks the sealing key 1"):
        rotating.rotate()
    said = app.test_cli_runner().invoke(args=["sealing", "rotate"])
    assert said.exit_code == 1
    assert "lacks the sealing key 1" in said.output
    assert (
        "1 keys are wrapped with key 1, which is missing"
        in app.test_cli_runner().invoke(args=["sealing", "status"]).output
    )
    change_keys(f"2:{new},1:{old}")
    assert "1 keys were wrapped" in app.test_cli_runner().invoke(args=["sealing", "rotate"]).output


def test_a_key_that_does_not_open_keeps_no_other_and_is_named(app, change_keys):
    """One row was damaged; then the ring has another text under the right id."""
    old, new = secrets.token_urlsafe(40), secrets.token_urlsafe(40)
    change_keys(f"1:{old}")
    texts = {number: sealed(Holder("delegate", number)) for number in range(1, 6)}
    with transaction() as session:
        damaged = session.scalars(sa.select(SealedKey).where(SealedKey.holder_id == 2)).one()
        damaged.wrapped, row = damaged.wrapped[:-1] + bytes([damaged.wrapped[-1] ^ 1]), damaged.id
    run = app.test_cli_runner().invoke
    change_keys(f"2:{new},1:{old}")
    said = run(args=["sealing", "status"])
    assert (said.exit_code, f"does not open 1 keys (sealed_keys {row})" in said.output) == (1, True)
    said = run(args=["sealing", "rotate"])
    assert said.exit_code == 1
    assert "4 keys were wrapped" in said.output
    assert f"1 keys (sealed_keys {row}) did not open" in said.output
    assert all(unseal(place(row=n), Holder("delegate", n), texts[n]) == VALUE for n in (1, 3, 4, 5))
    with transaction() as session:
        session.execute(sa.delete(SealedKey).where(SealedKey.id == row))
    assert run(args=["sealing", "status"]).exit_code == 0
    assert checks.sealed_data() == "what is sealed opens"
    change_keys(f"2:{secrets.token_urlsafe(40)}")
    said = run(args=["sealing", "status"])
    assert (said.exit_code, "Key 2 of SEALING_KEY does not open 4 keys" in said.output) == (1, True)
    with pytest.raises(checks.Failed, match="key 2"):
        checks.sealed_data()


def test_a_key_that_was_swapped_for_another_opens_nothing(app):
    sealed()
    text = sealed(BEN)
    with transaction() as session:
        theirs = session.scalars(sa.select(SealedKey.wrapped).where(SealedKey.holder_id == 1)).one()
        session.execute(sa.update(SealedKey).where(SealedKey.holder_id == 2).values(wrapped=theirs))
    with pytest.raises(Unreadable):
        unseal(place(row=2), BEN, text)


def test_every_column_of_bytes_is_in_the_list_of_what_is_sealed():
    """A new one is sealed, or is said here to be none."""
    tables = db.metadata.tables.values()
    found = {(t.name, column.name) for t in tables for column in t.columns if isinstance(column.type, sa.LargeBinary)}
    assert found == {*SEALED, ("sealed_keys", "wrapped"), ("issued_statements", "pdf")}
    assert DelegatePapers.__tablename__ in {table for table, _column in SEALED}
