"""The data before the first page: catalogues compiled, schema current, demonstration loaded once."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from tracker.config import ROOT, Settings
from tracker.setup import translations
from tracker.supervisor import CannotRun

BACKUPS_KEPT = 5
Say = Callable[[str], None]


def prepare(settings: Settings, say: Say) -> None:
    """Bring everything up to date; on a later start without changes this only looks. Raise CannotRun."""
    stale = len(translations.stale())
    if stale:
        say(f"Compiling {stale} catalogues of messages")
        translations.compile_stale()
    unfinished = settings.data_dir / "run" / "first-start"
    if unfinished.exists():
        say("The first start was interrupted, so its data is made anew")
        forget_unfinished(settings)
    present = schema_version(settings)
    if present is None:
        unfinished.touch()
    if present != newest_version():
        bring_up_to_date(settings, present, say)
    if unfinished.exists():
        load_demonstration(settings, say)
        accounts_file(settings).unlink(missing_ok=True)
        unfinished.unlink()
    if settings.is_demo and not accounts_file(settings).exists():
        accounts_file(settings).write_text(flask(["setup", "accounts"]))


def accounts_file(settings: Settings) -> Path:
    """Where the list of demonstration accounts is kept, so that a later start need not ask the database for it."""
    return settings.data_dir / "run" / "demonstration-accounts.txt"


def newest_version() -> str:
    """The number of the newest migration; they are numbered files."""
    return max(path.name.partition("_")[0] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))


def schema_version(settings: Settings) -> str | None:
    """The migration that the database stands at; None when there is no schema yet. Raise CannotRun."""
    question = "SELECT version_num FROM alembic_version"
    if not settings.sqlite_path:
        return _postgresql_version(settings.migration_database_url, question)
    if not settings.sqlite_path.exists():
        return None
    try:
        with closing(sqlite3.connect(settings.sqlite_path)) as connection:
            row = connection.execute(question).fetchone()
    except sqlite3.OperationalError:
        return None
    except sqlite3.DatabaseError as problem:
        raise CannotRun(f"{settings.sqlite_path} is not a database ({problem}): restore it from a backup.") from None
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


def bring_up_to_date(settings: Settings, present: str | None, say: Say) -> None:
    """Back up what is there, then migrate, then add reference data that came with this version."""
    if present is not None and settings.sqlite_path:
        say(f"Keeping a backup in {back_up(settings.sqlite_path, settings.data_dir / 'backups', present)}")
    elif present is not None:
        say("Migrating PostgreSQL, whose backups are its own (see docs/operating.md)")
    say("Making the database" if present is None else f"Migrating the database from {present} to {newest_version()}")
    flask(["db", "upgrade"])
    flask(["reference", "load"])


def back_up(database: Path, folder: Path, version: str) -> Path:
    """Copy a SQLite database while it may be in use, beside the few backups before it; give the copy's path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-before-migrating-{version}.sqlite3"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    for old in sorted(folder.glob("*-before-migrating-*.sqlite3"))[:-BACKUPS_KEPT]:
        old.unlink()
    return copy


def load_demonstration(settings: Settings, say: Say) -> None:
    """Fill an empty database of a demonstration; the loader tells on the console how far it is."""
    if settings.is_production or find_spec("tracker.demo") is None:
        return
    say("Loading the demonstration data")
    flask(["demo", "load"], shown=True)


def forget_unfinished(settings: Settings) -> None:
    """Remove what an interrupted first start left; only a SQLite database of our own making is removed."""
    if settings.sqlite_path:
        for suffix in ("", "-wal", "-shm"):
            settings.sqlite_path.with_name(settings.sqlite_path.name + suffix).unlink(missing_ok=True)
        shutil.rmtree(settings.files_dir, ignore_errors=True)
        settings.files_dir.mkdir(mode=0o700, parents=True, exist_ok=True)


def flask(arguments: list[str], *, shown: bool = False) -> str:
    """Run a command of the application and give what it printed; raise CannotRun with its last words when it fails."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=not shown, text=True, check=False)
    if done.returncode:
        words = (done.stderr or "").strip().splitlines()[-1:] or ["see above"]
        raise CannotRun(f"`flask {' '.join(arguments)}` failed: {words[0]}")
    return done.stdout or ""
