"""The search index: folded text per subject, looked up by the database (FTS5 on SQLite, GIN on PostgreSQL).

Both engines are given finished tokens and match the beginnings of tokens, all of which must be there. What a reader
may see is not decided here: a caller joins a clause to its own query, already limited to what is visible. Words with
nothing to search for (marks only) find nothing.

There are two ways to ask the same question. `match_clause` goes from the words to the subjects, by the index: fast
when few have them. `says_clause` goes from a subject to its text: fast when few subjects are asked about.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.functions import FunctionElement

from tracker.database.columns import BigId, pk
from tracker.extensions import db
from tracker.search.folding import fold, query_tokens


class SearchEntry(db.Model):
    """The folded text of one subject; on SQLite the virtual table search_fts follows it by triggers."""

    __tablename__ = "search_entries"
    __table_args__ = (sa.UniqueConstraint("subject_type", "subject_id"),)

    id: Mapped[int] = pk()
    subject_type: Mapped[str] = mapped_column(sa.String(30))
    subject_id: Mapped[int] = mapped_column(BigId)
    folded: Mapped[str] = mapped_column(sa.Text)


def index_text(connection: Any, subject_type: str, subject_id: int, text: str) -> None:
    """Make a subject findable by `text`, replacing what it was found by before.

    `connection` is a connection or session with an open write transaction: the caller's own, so that the index
    never differs from the data.
    """
    index_many(connection, subject_type, [(subject_id, text)])


def index_many(connection: Any, subject_type: str, texts: list[tuple[int, str]]) -> None:
    """Index many subjects of one type at once: pairs of subject id and text."""
    if not texts:
        return
    dialect = connection.get_bind().dialect if hasattr(connection, "get_bind") else connection.dialect
    insert = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert(SearchEntry.__table__)
    statement = statement.on_conflict_do_update(
        index_elements=["subject_type", "subject_id"], set_={"folded": statement.excluded.folded}
    )
    rows = [{"subject_type": subject_type, "subject_id": id_, "folded": fold(text)} for id_, text in texts]
    connection.execute(statement, rows)


def forget_text(connection: Any, subject_type: str, subject_id: int) -> None:
    """Take a subject out of the index."""
    connection.execute(
        sa.delete(SearchEntry.__table__).where(
            SearchEntry.subject_type == subject_type, SearchEntry.subject_id == subject_id
        )
    )


def match_clause(subject_type: str, id_column: Any, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that the subject whose id is in `id_column` is found by what a person typed."""
    return id_column.in_(matching(subject_type, text)) if query_tokens(text) else sa.false()


def matching(subject_type: str, text: str) -> sa.Select[int]:
    """Return a select of the ids of the subjects that are found by what a person typed, by the index."""
    entries, tokens = SearchEntry.__table__, query_tokens(text)
    found = _FoundBy(*_queries(tokens)) if tokens else sa.false()
    return sa.select(entries.c.subject_id).where(entries.c.subject_type == subject_type, found)


def says_clause(subject_type: str, id_column: Any, text: str) -> sa.ColumnElement[bool]:
    """Return the condition of `match_clause`, asked of each subject's own text.

    The subquery gives one value, so both engines leave it where it is: it is asked row by row, in the caller's order.
    """
    entries, tokens = SearchEntry.__table__, query_tokens(text)
    if not tokens:
        return sa.false()
    says = (_Holds(entries.c.folded, sa.literal(f" {token}", sa.Text())) for token in tokens)
    own = entries.c.subject_type == subject_type, entries.c.subject_id == id_column
    return sa.select(sa.and_(sa.true(), *says)).where(*own).scalar_subquery()


def _queries(tokens: list[str]) -> tuple[Any, Any]:
    """Return the same question in both engines' languages; tokens hold letters and digits only."""
    in_fts5 = " AND ".join(f'"{token}" *' for token in tokens)
    in_tsquery = " & ".join(f"'{token}':*" for token in tokens)
    return sa.literal(in_fts5, sa.Text()), sa.literal(in_tsquery, sa.Text())


class _FoundBy(FunctionElement[Any]):
    """A row of search_entries matches: clauses are the question for FTS5 and the one for PostgreSQL.

    It has no type: for a boolean one SQLAlchemy writes `= 1` on SQLite, which hides the condition from the planner.
    """

    type = sa.types.NullType()
    inherit_cache = True


@compiles(_FoundBy, "sqlite")
def _in_fts5(element: Any, compiler: Any, **options: Any) -> str:
    question = compiler.process(next(iter(element.clauses)), **options)
    return f"search_entries.id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH {question})"  # noqa: S608 - a bind


@compiles(_FoundBy, "postgresql")
def _in_tsvector(element: Any, compiler: Any, **options: Any) -> str:
    question = compiler.process(list(element.clauses)[1], **options)
    return f"{TSVECTOR} @@ CAST({question} AS tsquery)"


class _Holds(FunctionElement[Any]):
    """A folded text has a token that begins so: clauses are the text and the beginning after a space."""

    type = sa.types.NullType()
    inherit_cache = True


@compiles(_Holds, "sqlite")
def _by_instr(element: Any, compiler: Any, **options: Any) -> str:
    text, beginning = (compiler.process(clause, **options) for clause in element.clauses)
    return f"instr(' ' || {text}, {beginning}) > 0"


@compiles(_Holds, "postgresql")
def _by_strpos(element: Any, compiler: Any, **options: Any) -> str:
    text, beginning = (compiler.process(clause, **options) for clause in element.clauses)
    return f"strpos(' ' || {text}, {beginning}) > 0"


TSVECTOR = "array_to_tsvector(string_to_array(folded, ' '))"

_FTS5 = (
    "CREATE VIRTUAL TABLE search_fts USING fts5("
    "folded, content='search_entries', content_rowid='id', tokenize='ascii', prefix='2 3', detail='none')"
)
_ADD = "INSERT INTO search_fts(rowid, folded) VALUES (new.id, new.folded);"
_REMOVE = "INSERT INTO search_fts(search_fts, rowid, folded) VALUES ('delete', old.id, old.folded);"
_FOLLOW = {
    "search_entries_added": f"AFTER INSERT ON search_entries BEGIN {_ADD} END",
    "search_entries_changed": f"AFTER UPDATE ON search_entries BEGIN {_REMOVE} {_ADD} END",
    "search_entries_removed": f"AFTER DELETE ON search_entries BEGIN {_REMOVE} END",
}


def install(connection: sa.Connection) -> None:
    """Put the engine's own index behind search_entries; can run again after every migration.

    On SQLite the virtual table is made once and filled, its triggers are made anew (rebuilding a table drops them).
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"CREATE INDEX IF NOT EXISTS ix_search_entries_folded ON search_entries USING gin (({TSVECTOR}))"
        )
        return
    for name, rule in _FOLLOW.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {rule}")
    known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'search_fts'").first()
    if known is None:
        connection.exec_driver_sql(_FTS5)
    connection.exec_driver_sql("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")


def texts_of_triggers(dialect: str) -> dict[str, str]:
    """The statement of each trigger that `install` makes, by name."""
    return {name: f"CREATE TRIGGER {name} {rule}" for name, rule in _FOLLOW.items()} if dialect == "sqlite" else {}


def lacking(connection: sa.Connection) -> list[str]:
    """What `install` made and is gone, in a few words."""
    if connection.dialect.name == "sqlite":
        return [] if sa.inspect(connection).has_table("search_fts") else ["table search_fts is missing"]
    asked = sa.text("SELECT 1 FROM pg_indexes WHERE indexname = 'ix_search_entries_folded'")
    return [] if connection.scalar(asked) else ["index ix_search_entries_folded is missing"]
