"""What `@verb` promises beyond its transaction: a deadlock of two acts costs nobody what was typed."""

import io
import threading
from functools import partial

import pytest
import sqlalchemy as sa

from tests.drills.at_once import at_once, done
from tracker.database.transactions import delete_where, transaction, update_where
from tracker.database.verbs import IdempotencyKey, verb
from tracker.events import Event, record
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.models import File
from tracker.rights.actor import Actor

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def row(key):
    with transaction() as session:
        session.add(IdempotencyKey(key=key, verb="none", person_id=None, body_hash=""))


@verb(events=0)
def write_both(first, second, *, meet, upload):
    """Two rows, one after the other, and a file in between."""
    update_where(IdempotencyKey, IdempotencyKey.key == first, verb=first)
    files.put(upload, name=f"{first}.pdf", actor=Actor.system)
    next(meet, lambda: None)()
    update_where(IdempotencyKey, IdempotencyKey.key == second, verb=first)


class TestADeadlock:
    @pytest.mark.engine("postgresql")
    def test_is_tried_again_with_its_upload(self, app):
        row("one"), row("other")
        barrier = threading.Barrier(2)
        acts = [
            lambda: write_both("one", "other", meet=iter([barrier.wait]), upload=io.BytesIO(PDF)),
            lambda: write_both("other", "one", meet=iter([barrier.wait]), upload=io.BytesIO(PDF)),
        ]
        outcomes = at_once(app, acts)
        assert done(outcomes) == 2, outcomes
        assert sorted(db.session.scalars(sa.select(File.size))) == [len(PDF)] * 2


@pytest.mark.engine("postgresql")
def test_postgresql_compiles_no_statement_and_lets_none_wait_for_ever(app, database):
    names = ("jit", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    assert [db.session.scalar(sa.text(f"SHOW {name}")) for name in names] == ["off", "15s", "10s", "30s"]


@pytest.mark.parametrize("change", [partial(update_where, verb="other"), delete_where])
def test_nothing_is_changed_outside_a_transaction(app, change):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        change(IdempotencyKey, IdempotencyKey.key == "nobody")


class Something:
    """What the events of these tests are about."""

    __event_subject__ = "test"
    id = 1


@verb
def tell(*names):
    """Mark a row as changed and record as many events as there are names."""
    update_where(IdempotencyKey, IdempotencyKey.key == "one", verb="changed")
    for name in names:
        record(name, Something, actor=Actor.system)


@verb
def tell_by_another(*own):
    """Let another verb record its event, and record these."""
    tell("test.inner")
    for name in own:
        record(name, Something, actor=Actor.system)


def kept():
    """The names of the events that are in the record, and what the row says."""
    names = list(db.session.scalars(sa.select(Event.name).order_by(Event.id)))
    return names, db.session.scalar(sa.select(IdempotencyKey.verb).where(IdempotencyKey.key == "one"))


class TestTheEventsOfAVerb:
    @pytest.fixture(autouse=True)
    def there_is_a_row(self, app):
        row("one")

    def test_are_exactly_one(self):
        tell("test.told")
        assert kept() == (["test.told"], "changed")

    @pytest.mark.parametrize("names", [(), ("test.told", "test.told_again")])
    def test_none_or_two_undo_the_act(self, names):
        with pytest.raises(RuntimeError, match=f"recorded {len(names)} events, not 1"):
            tell(*names)
        assert kept() == ([], "none")

    def test_are_its_own_where_it_calls_another(self):
        tell_by_another("test.outer")
        assert kept() == (["test.inner", "test.outer"], "changed")
        with pytest.raises(RuntimeError, match="recorded 0 events, not 1"):
            tell_by_another()

    def test_are_recorded_in_a_transaction_or_not_at_all(self):
        with pytest.raises(RuntimeError, match="recorded outside a transaction"):
            record("test.told", Something, actor=Actor.system)
        assert kept() == ([], "none")
