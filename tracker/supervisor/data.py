"""The data before the first page: catalogues compiled, schema current, demonstration loaded once."""

import contextlib
import hashlib
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from tracker.settings.configuration import ROOT, Settings
from tracker.setup import revision, translations
from tracker.supervisor import CannotRun
from tracker.supervisor.steps import Step

BACKUPS_KEPT = 5
Say = Callable[[str], None]
_EXCEPTION = re.compile(r"(?:(?:\w+\.)+\w+|\w*(?:Error|Exception)): (.+)")


def prepare(settings: Settings, say: Say) -> None:
    """Bring everything up to date; on a later start without changes this only looks. Raise CannotRun."""
    if translations.stale():
        say("Compiling the messages of every language")
        translations.compile_stale()
    present = schema_version(settings)
    if present is None:
        unfinished(settings).touch()
    else:
        refuse_what_takes_no_changes(settings)
    if present and present != revision.head():
        keep_a_backup(settings, present, say)
    steps = [*migration(settings, present), *demonstration(settings)]
    if steps:
        carry_out(steps, settings.data_dir / "log" / "start.log")
    unfinished(settings).unlink(missing_ok=True)


def migration(settings: Settings, present: str | None) -> list[Step]:
    """What brings the schema to the newest version, and reference data that came with it."""
    if present == revision.head():
        return []
    what = "Making the database" if present is None else f"Migrating the database from {present} to {revision.head()}"
    # A demonstration loads the reference data itself.
    fills_itself = present is None and loads_demonstration(settings)
    return [Step(what, ["db", "upgrade"]), *([] if fills_itself else [Step("", ["reference", "load"])])]


def demonstration(settings: Settings) -> list[Step]:
    """What fills an empty database of a demonstration, and lists who can enter it; the loader tells how far it is."""
    steps, accounts = [], accounts_file(settings)
    if unfinished(settings).exists():
        accounts.unlink(missing_ok=True)
        if loads_demonstration(settings):
            steps.append(Step("Loading the demonstration data", ["demo", "load"], shown=True))
    if settings.is_demo and not accounts.exists():
        steps.append(Step("", ["setup", "accounts", "--output", str(accounts)]))
    return steps


def unfinished(settings: Settings) -> Path:
    """The mark of a first start that did not come to its end, for this database and no other.

    Migrating and loading are a transaction each, so an interrupted start goes on where it was and removes nothing."""
    mark = hashlib.sha256(settings.database_url.rpartition("@")[2].encode()).hexdigest()[:10]
    return settings.data_dir / "run" / f"first-start-{mark}"


def accounts_file(settings: Settings) -> Path:
    """Where the list of demonstration accounts is kept, so that a later start need not ask the database for it."""
    return settings.data_dir / "run" / "demonstration-accounts.txt"


def schema_version(settings: Settings) -> str | None:
    """The revision that the database stands at; None when there is no schema yet. Raise CannotRun."""
    if settings.sqlite_path:
        version = _sqlite_version(settings.sqlite_path)
    else:
        version = _postgresql_version(settings.migration_database_url, revision.QUESTION)
    if sentence := revision.unknown(version, settings):
        raise CannotRun(sentence)
    return version


def refuse_what_takes_no_changes(settings: Settings) -> None:
    """Raise CannotRun when the database can be read and not be written; a change is tried and taken back."""
    if settings.sqlite_path is None:
        if _postgresql_version(settings.database_url, "SHOW transaction_read_only") == "on":
            raise CannotRun("The database takes no changes (it is read-only, or a standby): see DATABASE_URL.")
        return
    path = settings.sqlite_path
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE alembic_version SET version_num = version_num")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as problem:
        raise CannotRun(
            f"{path} takes no changes ({problem}): give the file to this account, and see its disk and who uses it."
        ) from None


def empty_the_log(settings: Settings) -> None:
    """Move what a SQLite database wrote ahead into its file, now that every process has ended: the file is whole by
    itself, to be copied or moved."""
    if settings.sqlite_path and settings.sqlite_path.exists():
        with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(settings.sqlite_path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sqlite_version(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            row = connection.execute(revision.QUESTION).fetchone() if "alembic_version" in tables else None
    except sqlite3.OperationalError as problem:
        raise CannotRun(f"{path} cannot be read ({problem}): see DATABASE_URL and who else uses this file.") from None
    except sqlite3.DatabaseError as problem:
        raise CannotRun(
            f"{path} is not a database ({problem}): restore it from a backup, or see DATABASE_URL."
        ) from None
    if tables and "alembic_version" not in tables:
        raise CannotRun(f"{path} holds the tables of another program: name another file in DATABASE_URL.")
    return row[0] if row else None


def _postgresql_version(url: str, question: str) -> str | None:
    import psycopg

    try:
        with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), connect_timeout=5) as connection:
            row = connection.execute(question).fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    except psycopg.Error as problem:
        first = str(problem).strip().splitlines()[0]
        raise CannotRun(f"The database does not answer ({first}): see DATABASE_URL.") from None
    return row[0] if row else None


def keep_a_backup(settings: Settings, present: str, say: Say) -> None:
    """Back up what is there before it is migrated, and say where. Raise CannotRun."""
    if settings.sqlite_path:
        say(f"Keeping a backup in {back_up(settings.sqlite_path, settings.data_dir / 'backups', present)}")
    else:
        say("Migrating PostgreSQL, whose backups are its own (see docs/operating.md)")


def back_up(database: Path, folder: Path, version: str) -> Path:
    """Copy a SQLite database while it may be in use, beside the few backups before it; give the copy's path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-before-migrating-{version}.sqlite3"
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as problem:
        copy.unlink(missing_ok=True)
        raise CannotRun(f"No backup could be made in {folder} ({problem}), so nothing was migrated.") from None
    for old in sorted(folder.glob("*-before-migrating-*.sqlite3"))[:-BACKUPS_KEPT]:
        old.unlink()
    return copy


def loads_demonstration(settings: Settings) -> bool:
    """Whether an empty database is filled with a demonstration here."""
    return settings.is_demo and find_spec("tracker.demo") is not None


def carry_out(steps: list[Step], log: Path) -> None:
    """Run commands of the application in one process, since each start of the program costs seconds.

    Raise CannotRun with the last words of the one that failed; all its words are in `log`."""
    command = [sys.executable, "-m", "tracker.supervisor.steps", json.dumps([asdict(step) for step in steps])]
    done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        log.write_text(done.stderr)
        raise CannotRun(f"That failed: {reason(done.stderr).rstrip('.')} (see {log}).")


def reason(words: str) -> str:
    """What a failed command said of why: its last exception without the class, else its last line."""
    lines = [line for line in words.strip().splitlines() if line.strip()] or ["it ended without a word"]
    exceptions = [match[1] for line in lines if (match := _EXCEPTION.match(line))]
    return exceptions[-1] if exceptions else lines[-1]
