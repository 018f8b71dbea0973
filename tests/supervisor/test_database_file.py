"""`make run` looks whether its database takes changes before it begins, and leaves one whole file when it ends."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tracker.supervisor import CannotRun, data

pytestmark = pytest.mark.engine("sqlite")


@pytest.fixture
def kept(settings, tmp_path):
    """Settings of a small database of which something stands in the write-ahead log only."""
    path = tmp_path / "tracker.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE alembic_version (version_num TEXT)")
    return replace(settings, database_url=f"sqlite:///{path}")


def test_a_database_that_takes_no_changes_is_refused_with_what_to_do(kept):
    with closing(sqlite3.connect(kept.sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CannotRun, match=r"takes no changes \(database is locked\): give the file to this account"):
            data.refuse_what_takes_no_changes(kept)


def test_a_database_that_takes_changes_is_left_as_it_is(kept):
    data.refuse_what_takes_no_changes(kept)
    with closing(sqlite3.connect(kept.sqlite_path)) as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (0,)


def test_nothing_is_left_in_the_write_ahead_log_after_the_end(kept):
    log = kept.sqlite_path.with_name("tracker.sqlite3-wal")
    killed = sqlite3.connect(kept.sqlite_path)
    killed.execute("INSERT INTO alembic_version VALUES ('1')")
    killed.commit()
    assert log.stat().st_size > 0
    data.empty_the_log(kept)
    assert log.stat().st_size == 0
    killed.close()
