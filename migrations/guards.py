"""What the database itself refuses: rows of the tables named here are never changed or deleted, or not once signed.

One list for both engines, put in place after every migration, because rebuilding a table drops its triggers."""

import sqlalchemy as sa

# Tables that only grow. A table named here may not exist yet; the guard comes with the migration that makes it.
APPEND_ONLY = (
    "events",
    "event_links",
    "acts",
    "transfers",
    "receipts",
    "disbursements",
    "given_reasons",
    "messages",
    "message_answers",
    "papers_handed_in",
    "disclosed_people",
    "issued_statements",
)

REFUSAL = "is append-only: rows are never changed or deleted"
# Tables whose rows are final from the moment on that this column is filled.
FINAL_ONCE = {
    "decisions": "signed_at",
    "file_erasures": "confirmed_at",
    "paper_openings": "shown_at",
    "disclosures": "taken_at",
}
# Tables whose rows stay from the moment on that this column is filled, and in them what never changes any more.
KEPT_ONCE = {
    "files": ("handed_in_at", ("name", "size", "sha256")),
    "paper_openings": ("opened_at", ("opened_at", "opened_by_id", "delegate_id", "papers", "reason")),
    "disclosures": (
        "made_at",
        ("made_at", "made_by_id", "session_id", "recipient", "recipient_name", "reason", "how", "fields"),
    ),
}


def install(connection: sa.Connection, *, application_role: str | None) -> None:
    """Put every guard in place, anew; grant the application its rights where it has a role of its own."""
    tables = set(sa.inspect(connection).get_table_names())
    guarded = [table for table in APPEND_ONLY if table in tables]
    for table in guarded:
        for statement in triggers(table, connection.dialect.name):
            connection.exec_driver_sql(statement)
    for table in sorted(FINAL_ONCE.keys() & tables):
        for statement in final_once(table, FINAL_ONCE[table], connection.dialect.name):
            connection.exec_driver_sql(statement)
    for table in sorted(KEPT_ONCE.keys() & tables):
        if KEPT_ONCE[table][0] not in {column["name"] for column in sa.inspect(connection).get_columns(table)}:
            continue  # an earlier revision
        for statement in kept_once(table, *KEPT_ONCE[table], connection.dialect.name):
            connection.exec_driver_sql(statement)
    if application_role and connection.dialect.name == "postgresql":
        for statement in grants(guarded, connection.dialect.identifier_preparer.quote(application_role)):
            connection.exec_driver_sql(statement)


def triggers(table: str, dialect: str) -> list[str]:
    """The statements that make `table` append-only, each able to run again."""
    if dialect == "sqlite":
        return _refused_by_sqlite(table, "no", f"{table} {REFUSAL}")
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '% {REFUSAL}', TG_TABLE_NAME; END $$".replace("%", "%%"),
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


def final_once(table: str, column: str, dialect: str) -> list[str]:
    """The statements that let no row of `table` change or go once `column` is filled, each able to run again."""
    refusal, when = f"rows with {column} are final: they are never changed or deleted", f"OLD.{column} IS NOT NULL"
    if dialect == "sqlite":
        return _refused_by_sqlite(table, "final", f"{table}: {refusal}", f"WHEN {when} ")
    return [
        f"CREATE OR REPLACE FUNCTION {table}_are_final() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table}: {refusal}'; END $$",
        f"DROP TRIGGER IF EXISTS {table}_final ON {table}",
        f"CREATE TRIGGER {table}_final BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {table}_are_final()",
    ]


def kept_once(table: str, column: str, fixed: tuple[str, ...], dialect: str) -> list[str]:
    """The statements that let no row of `table` go once `column` is filled, nor that column or `fixed` change, each
    able to run again."""
    refusal, filled = f"rows with {column} stay: what was handed in is kept", f"OLD.{column} IS NOT NULL"
    changed = " OR ".join((f"NEW.{column} IS NULL", *(f"NEW.{name} <> OLD.{name}" for name in fixed)))
    conditions = {"delete": filled, "update": f"{filled} AND ({changed})"}
    statements = [
        f"CREATE OR REPLACE FUNCTION {table}_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table}: {refusal}'; END $$"
    ]
    for act, when in conditions.items():
        name, on = f"{table}_kept_{act}", f" ON {table}"
        statements.append(f"DROP TRIGGER IF EXISTS {name}{on if dialect != 'sqlite' else ''}")
        does = (
            f"{on} WHEN {when} BEGIN SELECT RAISE(ABORT, '{table}: {refusal}'); END"
            if dialect == "sqlite"
            else f"{on} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {table}_are_kept()"
        )
        statements.append(f"CREATE TRIGGER {name} BEFORE {act.upper()}{does}")
    return statements[1:] if dialect == "sqlite" else statements


def texts_of_triggers(dialect: str) -> dict[str, str]:
    """What each trigger of every guard is made of, by name: its statement on SQLite, its function on PostgreSQL."""
    texts = {}
    statements = [triggers(table, dialect) for table in APPEND_ONLY]
    statements += [final_once(table, column, dialect) for table, column in FINAL_ONCE.items()]
    statements += [kept_once(table, column, fixed, dialect) for table, (column, fixed) in KEPT_ONCE.items()]
    for group in statements:
        does = group[0].partition("$$")[2].partition("$$")[0].replace("%%", "%")
        for statement in group:
            if statement.startswith("CREATE TRIGGER"):
                texts[statement.split()[2]] = does or statement
    return texts


def _refused_by_sqlite(table: str, word: str, refusal: str, when: str = "") -> list[str]:
    """Triggers that refuse to change and to delete; SQLite has no functions of triggers that several could share."""
    statements = []
    for act in ("update", "delete"):
        name = f"{table}_{word}_{act}"
        statements.append(f"DROP TRIGGER IF EXISTS {name}")
        statements.append(
            f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
    return statements


def grants(guarded: list[str], role: str) -> list[str]:
    """What the application may do: read and write rows, but not rewrite the tables that only grow."""
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
        *[f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}" for table in guarded],
    ]
