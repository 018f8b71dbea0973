"""Rows that are written once (record, ledger): the ORM refuses to change them; triggers and grants refuse it again."""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

Model = TypeVar("Model", bound=type[Any])
MODELS: list[type[Any]] = []


class RowsNeverChange(RuntimeError):
    """Code tried to change or delete a row of a table that only grows."""


def append_only(model: Model) -> Model:
    """Make the ORM refuse every UPDATE and DELETE of `model`; migrations/guards.py has the database's own refusal."""
    MODELS.append(model)
    event.listen(model, "before_update", _refuse)
    event.listen(model, "before_delete", _refuse)
    return model


def _refuse(_mapper: Any, _connection: Any, target: Any) -> None:
    raise RowsNeverChange(f"{type(target).__name__} rows are never changed or deleted.")


@event.listens_for(Session, "do_orm_execute")
def _refuse_in_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    if state.bind_mapper.class_ in MODELS:
        raise RowsNeverChange(f"{state.bind_mapper.class_.__name__} rows are never changed or deleted.")


def unguarded(connection: sa.Connection) -> list[str]:
    """Tables that only grow and that the database itself does not protect: their triggers are gone or switched off."""
    if connection.dialect.name == "sqlite":
        there = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        needed = {
            model.__tablename__: {f"{model.__tablename__}_no_{act}" for act in ("update", "delete")} for model in MODELS
        }
    else:
        there = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
        needed = {model.__tablename__: {f"{model.__tablename__}_no_change"} for model in MODELS}
    names = set(connection.execute(sa.text(there)).scalars())
    return sorted(table for table, triggers in needed.items() if not triggers <= names)
