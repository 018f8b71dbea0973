"""GET /healthz tells a watchman which part is missing."""

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from tests.factories import assistance as make
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


def test_is_not_kept_by_anybody(client):
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"
