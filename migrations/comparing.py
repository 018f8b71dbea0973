"""How models and a schema are compared: what Alembic compares, and the CHECKs, which it leaves out unless told.

By name on both engines, by text where the engine keeps what it was given (SQLite; PostgreSQL uses its own words)."""

from typing import Any

import sqlalchemy as sa
from alembic.operations import ops
from alembic.runtime.plugins import Plugin
from alembic.util import PriorityDispatchResult

from migrations import rendering

TEXTS = "tracker.texts_of_checks"
OPTIONS: dict[str, Any] = {
    "render_item": rendering.render_item,
    "include_object": rendering.include_object,
    "compare_type": rendering.compare_type,
    "autogenerate_plugins": ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname", TEXTS],
}
"""What a MigrationContext needs to know."""


def _compare_texts(
    context: Any, found: ops.ModifyTableOps, schema: str | None, name: str, stored: Any, declared: sa.Table | None
) -> PriorityDispatchResult:
    """Drop and add again each CHECK of the same name that says something else now."""
    if stored is None or declared is None or context.dialect.name != "sqlite":
        return PriorityDispatchResult.CONTINUE
    texts = {check["name"]: check["sqltext"] for check in context.inspector.get_check_constraints(name, schema=schema)}
    for check in sorted(declared.constraints, key=lambda constraint: str(constraint.name)):
        if not isinstance(check, sa.CheckConstraint) or check.name not in texts:
            continue
        before, now = texts[check.name], text_of(check, context.dialect)
        if _plain(before) != _plain(now):
            old = sa.CheckConstraint(sa.text(before), name=check.name, table=stored)
            found.ops.append(ops.DropConstraintOp.from_constraint(old))
            found.ops.append(ops.AddConstraintOp.from_constraint(check))
    return PriorityDispatchResult.CONTINUE


def text_of(check: sa.CheckConstraint, dialect: sa.Dialect) -> str:
    """The condition as the engine is given it."""
    compiler = dialect.statement_compiler(dialect, None)
    return compiler.process(check.sqltext, include_table=False, literal_binds=True)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _add_comparator(plugin: Plugin) -> None:
    plugin.add_autogenerate_comparator(_compare_texts, "table", "texts_of_checks")


_add_comparator(Plugin(TEXTS))
