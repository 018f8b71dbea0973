"""`@verb` makes a service function one act: one transaction, one event, idempotent under the key of its form."""

import functools
import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, overload

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.calendar.now import now
from tracker.database.canonical import canonical
from tracker.database.columns import Json, moment
from tracker.database.transactions import in_transaction, transaction
from tracker.errors import KeyReused
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")


class IdempotencyKey(db.Model):
    """One press of one button: the first outcome is kept 30 days and answers every repetition."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    verb: Mapped[str] = mapped_column(sa.String(120))
    person_id: Mapped[int | None]
    body_hash: Mapped[str] = mapped_column(sa.String(64))
    outcome: Mapped[Any] = mapped_column(Json, nullable=True)
    created_at: Mapped[datetime] = moment(default=now, index=True)


_DEADLOCKS = 2
"""How often a verb is tried again after a deadlock, before the person reads that it did not work now."""


@overload
def verb(function: Callable[P, R]) -> Callable[..., R]: ...
@overload
def verb(*, events: int | None = 1) -> Callable[[Callable[P, R]], Callable[..., R]]: ...
def verb(function: Any = None, *, events: int | None = 1) -> Any:
    """Make a service function one act: one transaction, one event, and idempotent under `key=`.

    `events` is how many events the function itself records (None: any number); verbs that it calls
    count their own and join its transaction. The outcome must be JSON: None, a number, a text, a uuid.
    Keys are kept under the verb's name, "capability.function": it stays the same when a file moves.
    A verb that PostgreSQL chose as the victim of a deadlock is undone whole, so it is tried again.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        name = f"{function.__module__.removeprefix('tracker.').partition('.')[0]}.{function.__qualname__}"

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
    """Run a verb's body. Raises when it did not record the number of events that it must."""
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
