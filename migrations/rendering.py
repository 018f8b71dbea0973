"""How the models are written into a migration and compared with a schema: generic types that both engines take."""

from typing import Any

import sqlalchemy as sa

from tracker.database.columns import UtcDateTime


def render_item(kind: str, item: Any, _autogen_context: Any) -> str | bool:
    """Write our own column types as what the database stores; False leaves the rest to Alembic."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def include_object(_item: Any, name: str | None, kind: str, reflected: bool, counterpart: Any) -> bool:
    """Leave out what no model describes: full-text tables, their shadows and what belongs to the engine itself."""
    if not reflected or counterpart is not None or name is None:
        return True
    if kind == "table":
        return not ("_fts" in name or name.startswith("sqlite_"))
    return not (kind in ("index", "column") and ("_fts" in name or name == "ix_search_entries_folded"))


def compare_type(_context: Any, _column: Any, _metadata_column: Any, inspected: Any, declared: Any) -> bool | None:
    """Whether a column's type changed; None leaves the answer to Alembic."""
    if isinstance(declared, UtcDateTime):
        return not isinstance(inspected, sa.DateTime)
    return None
