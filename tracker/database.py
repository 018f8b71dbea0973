"""Column types and the only commit of the project. Both engines (tracker/engines.py) run the same code."""

import enum
import functools
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, ParamSpec, TypeVar, overload

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from tracker.canonical import canonical
from tracker.engines import install_engine_events
from tracker.errors import KeyReused
from tracker.extensions import db
from tracker.i18n import lazy
from tracker.now import now
from tracker.policy import Actor

P = ParamSpec("P")
R = TypeVar("R")

# --- column types ---------------------------------------------------------------------------------

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Minor = Annotated[int, mapped_column(sa.BigInteger)]
"""An amount in minor units of its currency."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC on both engines (SQLite has no zones of its own)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone was about to be stored.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def pk() -> Mapped[int]:
    """The integer primary key that every table has."""
    return mapped_column(BigId, primary_key=True, autoincrement=True)


def public_id() -> Mapped[uuid.UUID]:
    """The random id that addresses carry; nothing can be guessed from it."""
    return mapped_column(sa.Uuid, unique=True, default=uuid.uuid4)


def moment(**options: Any) -> Mapped[datetime]:
    """A column for an aware moment."""
    return mapped_column(UtcDateTime, **options)


def enum_check(column: str, values: Sequence[str] | type[enum.StrEnum], name: str | None = None) -> sa.CheckConstraint:
    """A CHECK that a text column holds one of `values`."""
    listed = ", ".join("'" + str(getattr(v, "value", v)) + "'" for v in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name or f"{column}_known")


class IdempotencyKey(db.Model):
    """One press of one button: the first outcome is kept 30 days and answers every repetition."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    verb: Mapped[str] = mapped_column(sa.String(120))
    person_id: Mapped[int | None]
    body_hash: Mapped[str] = mapped_column(sa.String(64))
    outcome: Mapped[Any] = mapped_column(Json, nullable=True)
    created_at: Mapped[datetime] = moment(default=now, index=True)


# --- transactions -----------------------------------------------------------------------------------

_DEADLOCKS = 2
"""How often a verb is tried again after a deadlock, before the person reads that it did not work now."""


def in_transaction() -> bool:
    """Whether a write transaction of ours is open in this context."""
    return bool(db.session().info.get("depth"))


@contextmanager
def transaction() -> Iterator[Session]:
    """The only commit of the project. Blocks nest: the outermost commits, or rolls everything back.

    The read snapshot that loading the page opened is ended first, so what the block decides on it
    must read again inside. Unsaved changes made before it are a mistake and raise.
    """
    session = db.session()
    info = session.info
    if info.get("depth"):
        info["depth"] += 1
        try:
            yield session
        finally:
            info["depth"] -= 1
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Unsaved changes before transaction(): they would be lost.")
    session.rollback()
    session.connection(execution_options={"write": True})
    info["depth"] = 1
    info["recorded"] = []
    info["after_commit"] = []
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        info["after_commit"] = []
        raise
    finally:
        info["depth"] = 0
        calls, info["after_commit"] = info["after_commit"], []
    for call in calls:
        call()


def after_commit(call: Callable[[], None]) -> None:
    """Have `call` run once the open transaction has committed; never when it is rolled back."""
    if not in_transaction():
        raise RuntimeError("after_commit() outside a transaction.")
    calls = db.session().info["after_commit"]
    if call not in calls:
        calls.append(call)


@overload
def verb(function: Callable[P, R]) -> Callable[..., R]: ...
@overload
def verb(*, events: int | None = 1) -> Callable[[Callable[P, R]], Callable[..., R]]: ...
def verb(function: Any = None, *, events: int | None = 1) -> Any:
    """Make a service function one act: one transaction, one event, and idempotent under `key=`.

    `events` is how many events the function itself records (None: any number); verbs that it calls
    count their own and join its transaction. The outcome must be JSON: None, a number, a text, a uuid.
    A verb that PostgreSQL chose as the victim of a deadlock is undone whole, so it is tried again.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        name = f"{function.__module__.removeprefix('tracker.')}.{function.__qualname__}"

        def once(args: Any, kwargs: Any, key: str | None) -> Any:
            outermost = not in_transaction()
            with transaction() as session:
                if outermost and key:
                    first = _claim_key(session, key, name, args, kwargs)
                    if first is not None:
                        return first.outcome
                outcome = _perform(session, name, events, lambda: function(*args, **kwargs))
                if outermost and key:
                    session.execute(
                        sa.update(IdempotencyKey).where(IdempotencyKey.key == key).values(outcome=canonical(outcome))
                    )
                return outcome

        @functools.wraps(function)
        def act(*args: Any, key: str | None = None, **kwargs: Any) -> Any:
            for _ in range(0 if in_transaction() else _DEADLOCKS):
                try:
                    return once(args, kwargs, key)
                except sa.exc.OperationalError as problem:
                    if not _is_deadlock(problem):
                        raise
            return once(args, kwargs, key)

        act.is_verb = True  # type: ignore[attr-defined]
        return act

    return decorate if function is None else decorate(function)


def _is_deadlock(problem: sa.exc.OperationalError) -> bool:
    return getattr(problem.orig, "sqlstate", None) == "40P01"


def _perform(session: Session, name: str, events: int | None, body: Callable[[], Any]) -> Any:
    """Run a verb's body and hold it to the number of events that it owes."""
    stack = session.info["recorded"]
    stack.append(0)
    try:
        outcome = body()
        session.flush()
    finally:
        recorded = stack.pop()
    if events is not None and recorded != events:
        raise RuntimeError(f"{name} recorded {recorded} events, not {events}.")
    return outcome


def _claim_key(session: Session, key: str, name: str, args: Any, kwargs: Any) -> IdempotencyKey | None:
    """Insert the key, or give the first outcome. A concurrent holder of the same key is waited for."""
    actor = kwargs.get("actor") or next((a for a in args if isinstance(a, Actor)), Actor.anonymous)
    values = {
        "key": str(key)[:64],
        "verb": name,
        "person_id": actor.person_id,
        "body_hash": hashlib.sha256(json.dumps(canonical([args, kwargs]), sort_keys=True).encode()).hexdigest(),
        "created_at": now(),
    }
    insert = postgresql.insert if session.connection().dialect.name == "postgresql" else sqlite.insert
    # RETURNING tells whether the row is ours; for an INSERT the count of rows is not known on PostgreSQL.
    added = insert(IdempotencyKey).values(**values).on_conflict_do_nothing().returning(IdempotencyKey.key)
    if session.scalar(added) is not None:
        return None
    first = session.scalars(sa.select(IdempotencyKey).where(IdempotencyKey.key == values["key"])).one()
    if (first.verb, first.person_id, first.body_hash) != (name, actor.person_id, values["body_hash"]):
        raise KeyReused(
            lazy("This form was already sent with other answers. Open the page again to see what was saved.")
        )
    return first


def update_where(model: type[Any], *conditions: Any, **values: Any) -> int:
    """A conditional UPDATE inside the open transaction; gives the number of rows it changed.

    This is how money and states move: the condition and the change are one statement, on both engines.
    """
    return _rows(sa.update(model).where(*conditions).values(**values).execution_options(synchronize_session=False))


def delete_where(model: type[Any], *conditions: Any) -> int:
    """A conditional DELETE inside the open transaction; gives the number of rows that are gone."""
    return _rows(sa.delete(model).where(*conditions))


def _rows(statement: sa.Update | sa.Delete) -> int:
    if not in_transaction():
        raise RuntimeError("update_where() or delete_where() outside a transaction.")
    return db.session.execute(statement).rowcount  # type: ignore[attr-defined]  # a Result of these two counts


def init_app(app: Any) -> None:
    """Bind the engine, with our own begin, to the application."""
    db.init_app(app)
    with app.app_context():
        install_engine_events(db.engine)
