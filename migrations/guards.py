"""What the database itself refuses: rows of the tables named here are written once and never changed or deleted.

One list for both engines, put in place after every migration, because rebuilding a table drops its triggers."""

import sqlalchemy as sa

# Tables that only grow. A table named here may not exist yet; the guard comes with the migration that makes it.
APPEND_ONLY = ("events", "acts", "transfers")

REFUSAL = "is append-only: rows are never changed or deleted"


def install(connection: sa.Connection, *, application_role: str | None) -> None:
    """Put every guard in place, anew; grant the application its rights where it has a role of its own."""
    tables = set(sa.inspect(connection).get_table_names())
    guarded = [table for table in APPEND_ONLY if table in tables]
    for table in guarded:
        for statement in triggers(table, connection.dialect.name):
            connection.exec_driver_sql(statement)
    if application_role and connection.dialect.name == "postgresql":
        for statement in grants(guarded, connection.dialect.identifier_preparer.quote(application_role)):
            connection.exec_driver_sql(statement)


def triggers(table: str, dialect: str) -> list[str]:
    """The statements that make `table` append-only, each able to run again."""
    if dialect == "sqlite":
        statements = []
        for act in ("update", "delete"):
            name = f"{table}_no_{act}"
            statements.append(f"DROP TRIGGER IF EXISTS {name}")
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} {REFUSAL}'); END"
            )
        return statements
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '% {REFUSAL}', TG_TABLE_NAME; END $$".replace("%", "%%"),
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


def grants(guarded: list[str], role: str) -> list[str]:
    """What the application may do: read and write rows, but not rewrite the tables that only grow."""
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
        *[f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}" for table in guarded],
    ]
