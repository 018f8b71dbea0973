"""The only commit of the project, and conditional changes inside it. Both engines (`engines`) run the same code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.database import writers
from tracker.extensions import db


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
    calls: list[Callable[[], None]] = []
    with writers.admitted():
        _begin(session)
        info["depth"], info["recorded"], info["after_commit"] = 1, [], calls
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            info["depth"], info["after_commit"] = 0, []
    for call in calls:
        call()


def _begin(session: Session) -> None:
    """Begin to write; what a page writes by the way waits for nobody (`writers`)."""
    hurried = writers.by_the_way.get()
    connection = session.connection(execution_options={"write": True, "hurried": hurried})
    if hurried and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {writers.MILLISECONDS_BY_THE_WAY}")


def after_commit(call: Callable[[], None]) -> None:
    """Have `call` run once the open transaction has committed; never when it is rolled back."""
    if not in_transaction():
        raise RuntimeError("after_commit() outside a transaction.")
    calls = db.session().info["after_commit"]
    if call not in calls:
        calls.append(call)


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
