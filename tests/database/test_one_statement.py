"""Many lists in one statement, each value with the type that its column has."""

import uuid
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from tracker.database.columns import Json, UtcDateTime
from tracker.database.one_statement import read_in_one_statement
from tracker.database.transactions import transaction
from tracker.database.verbs import IdempotencyKey
from tracker.reference.models import Holiday

MOMENT = datetime(2026, 3, 1, 23, 30, 15, 120000, tzinfo=UTC)


def test_gives_back_what_was_stored_with_its_type(app):
    with transaction() as session:
        for n in range(2):
            session.add(
                IdempotencyKey(key=f"k{n}", verb="v", body_hash="h", outcome={"é": [n, None]}, created_at=MOMENT)
            )
        session.add(
            Holiday(
                day=date(2026, 12, 25),
                name_en='Christmas "Day"\n',
                name_fr="Noël",
                added_at=MOMENT + timedelta(microseconds=7),
            )
        )
    known = uuid.uuid4()
    found = read_in_one_statement(
        keys=sa.select(IdempotencyKey.key, IdempotencyKey.outcome, IdempotencyKey.created_at),
        days=sa.select(Holiday.day, Holiday.name_en, Holiday.added_at, Holiday.ended_at),
        odds=sa.select(sa.literal(known, sa.Uuid).label("id"), (Holiday.id > 0).label("yes"), sa.null().label("none")),
        nothing=sa.select(Holiday.id).where(Holiday.name_en == "no such day"),
    )
    assert sorted(found["keys"]) == [("k0", {"é": [0, None]}, MOMENT), ("k1", {"é": [1, None]}, MOMENT)]
    assert found["days"][0].day == date(2026, 12, 25)
    assert found["days"][0].name_en == 'Christmas "Day"\n'
    assert found["days"][0].added_at == MOMENT + timedelta(microseconds=7)
    assert found["days"][0].ended_at is None
    assert found["odds"] == [(known, True, None)]
    assert found["nothing"] == []


def test_a_json_column_that_is_empty_is_none(app):
    with transaction() as session:
        session.execute(sa.insert(IdempotencyKey).values(key="k", verb="v", body_hash="h", created_at=MOMENT))
    found = read_in_one_statement(keys=sa.select(sa.type_coerce(IdempotencyKey.outcome, Json).label("outcome")))
    assert found["keys"] == [(None,)]
    assert isinstance(IdempotencyKey.created_at.type, UtcDateTime)
