"""GET /healthz tells a watchman which part is missing."""

import shutil
import socket
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
import redis
import sqlalchemy as sa
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy.exc import OperationalError

from tests.factories import assistance as make
from tracker.extensions import db
from tracker.notifications import queries


def test_is_well_with_database_and_broker(client, broker):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "database": "up", "broker": "up", "oldest_due_delivery_seconds": 0}


def test_works_on_when_only_the_broker_is_gone(client, broker):
    broker.kill()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["broker"]) == ("degraded", "down")


def test_acts_are_done_though_no_wake_up_arrives(app, broker, capsys):
    broker.kill()
    case = make.submitted()
    assert case.now.status == "submitted"
    assert "wake-up not sent" in capsys.readouterr().err


def test_is_unavailable_without_its_database(client, monkeypatch):
    def gone():
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(queries, "oldest_due_delivery_seconds", gone)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json["database"] == "down"


def test_says_that_another_database_took_the_place_of_its_own(client, owner, database):
    database.forget()
    owner.execute(sa.text("UPDATE alembic_version SET version_num = 'v9_9_9'"))
    owner.commit()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert (answer.json["status"], answer.json["database"]) == ("down", "of another revision")


@pytest.fixture
def closed_to_changes(app):
    """Every connection made from now on may only read."""
    wish = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}

    def close(connection, _record):
        connection.execute(wish[db.engine.dialect.name])
        connection.commit()

    db.session.remove()
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", close)
    yield
    sa.event.remove(db.engine, "connect", close)
    db.session.remove()
    db.engine.dispose()


def test_is_unavailable_when_its_database_takes_no_changes(client, broker, closed_to_changes):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert (answer.json["status"], answer.json["database"]) == ("down", "takes no changes")


@pytest.mark.engine("sqlite")
def test_is_unavailable_when_the_disk_of_its_database_is_full(client, broker, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=4096))
    assert client.get("/healthz").json["database"] == "takes no changes"


@pytest.mark.engine("sqlite")
def test_is_well_while_another_writes_for_long(client, broker, settings):
    with closing(sqlite3.connect(settings.sqlite_path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert client.get("/healthz").status_code == 200
        writer.execute("ROLLBACK")


def test_changes_nothing(client, owner):
    before = owner.execute(sa.text("SELECT count(*) FROM marks")).scalar()
    client.get("/healthz")
    assert owner.execute(sa.text("SELECT count(*) FROM marks")).scalar() == before


def test_is_not_kept_by_anybody(client):
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("socket_of", [redis.UnixDomainSocketConnection, redis.Connection])
def test_a_broker_that_dies_is_a_lost_connection_by_whatever_socket(socket_of):
    """What Celery's worker does when its broker is gone: end the connection for good, and count that."""
    ours, its = socket.socketpair()
    connection = socket_of(retry=Retry(NoBackoff(), 0))
    connection._sock = ours
    its.close()
    connection.disconnect(error=redis.ConnectionError("gone"), failure_count=1)
    assert connection._sock is None
