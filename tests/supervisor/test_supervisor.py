"""`make run` as it is run: real processes, told to stop in every way, leaving nothing behind."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.network import free_port
from tests.services.postgresql import wait_for
from tracker.settings.configuration import ROOT, Settings, broker_socket_path
from tracker.supervisor import CannotRun, broker, conditions, data
from tracker.supervisor.steps import Step

pytestmark = pytest.mark.engine("sqlite")


class Run:
    """One `make run` on a data folder of its own."""

    def __init__(self, folder: Path, **environ: str):
        self.folder = folder
        self.port = int(environ.get("PORT") or free_port())
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environ = {**kept, "DATA_DIR": str(folder), "WORKER_CONCURRENCY": "1", **environ, "PORT": str(self.port)}
        self.output = folder.parent / f"{folder.name}-{self.port}.out"
        with self.output.open("wb") as stream:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "tracker.supervisor"],
                cwd=ROOT,
                env=self.environ,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def ready(self) -> "Run":
        """Wait until it says where it is."""

        def told() -> bool:
            assert self.popen.poll() is None, self.said
            return "Ctrl-C" in self.said

        wait_for(told, seconds=240, what="the first page")
        return self

    def ended(self, seconds: float = 40) -> int:
        return self.popen.wait(seconds)

    def gone(self) -> bool:
        """Whether it ended well and left nothing behind."""
        return self.ended() == 0 and self.left_over() == []

    def left_over(self) -> list[int]:
        """Every process that carries this run's data folder in its environment; the broker has it in its title."""
        mark, socket_path = f"DATA_DIR={self.folder}".encode(), os.fsencode(broker_socket_path(self.folder))
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (entry / "environ").read_bytes().split(b"\0") or socket_path in self.title(entry.name):
                    found.append(int(entry.name))
        return found

    @staticmethod
    def title(pid: int | str) -> bytes:
        """The command line as the process list shows it."""
        return Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.fixture
def run(tmp_path):
    runs: list[Run] = []

    def start(**environ: str) -> Run:
        runs.append(Run(tmp_path / "data", **environ))
        return runs[-1]

    yield start
    for started in runs:
        if started.popen.poll() is None:
            started.popen.kill()
            started.popen.wait()


needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes through /proc")


@needs_proc
@pytest.mark.worker
class TestMakeRun:
    def test_serves_alone_stops_in_order_and_leaves_nothing_however_it_ends(self, run):
        first = run().ready()
        intruder = run()
        assert intruder.ended() == 1
        assert "already running on the data" in intruder.said
        assert f"(process {first.popen.pid})" in intruder.said
        with urllib.request.urlopen(f"http://127.0.0.1:{first.port}/healthz") as answer:
            assert b'"broker":"up"' in answer.read().replace(b" ", b"")
        log = first.folder / "log" / "worker.log"
        wait_for(lambda: " ready." in log.read_text(), seconds=30, what="the worker")
        secret = (first.folder / "keys" / "secret.key").read_text()
        first.popen.send_signal(signal.SIGINT)
        assert first.gone()
        assert "Everything has stopped" in first.said
        assert not [log for log in first.folder.glob("*-wal") if log.stat().st_size], "the file is whole by itself"

        (memory,) = first.folder.glob("broker/appendonlydir/*.incr.aof")
        memory.write_bytes(b"damaged by a power cut")
        second = run().ready()
        assert "broker.damaged, and nothing is lost" in second.said
        assert "Making the database" not in second.said
        assert (second.folder / "keys" / "secret.key").read_text() == secret
        second.popen.terminate()
        assert second.gone()

        starts = log.read_text().count(" ready.")
        third = run().ready()
        wait_for(lambda: log.read_text().count(" ready.") > starts, seconds=30, what="the worker")
        for pid in third.left_over():
            with contextlib.suppress(ProcessLookupError):
                if b"worker" in third.title(pid).split(b"\0") or b"unixsocket:" in third.title(pid):
                    os.kill(pid, signal.SIGKILL)
        wait_for(lambda: log.read_text().count(" ready.") > starts + 1, seconds=40, what="the worker's second start")
        assert "The worker ended" in third.said
        assert "The broker ended (killed by signal 9)" in third.said
        assert broker.answers(broker_socket_path(third.folder))
        assert "due task" not in (third.folder / "log" / "beat.log").read_text()
        third.popen.kill()
        third.popen.wait()
        wait_for(lambda: not third.left_over(), seconds=40, what="the end of every process")


class TestWhatKeepsItFromRunning:
    """One sentence each, and an exit code that is not 0."""

    def test_a_port_in_use(self, run):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            refused = run(PORT=str(port))
            assert refused.ended() == 1
        assert refused.said.strip() == (
            f"Port {port} is in use by another program: stop it, or choose another, as in PORT={port + 1} make run."
        )

    def test_settings_that_cannot_be(self, run):
        refused = run(TRACKER_ENV="staging", MAIL_FROM="nobody")
        assert refused.ended() == 1
        assert len(refused.said.strip().splitlines()) == 2

    def test_a_folder_that_cannot_be_written(self, run, tmp_path):
        (tmp_path / "file").write_text("")
        refused = run(FILES_DIR=str(tmp_path / "file" / "files"))
        assert refused.ended() == 1
        assert refused.said.startswith("FILES_DIR leads to")

    def test_a_disk_that_is_full(self, base_settings, tmp_path, monkeypatch):
        monkeypatch.setattr(conditions, "ROOM_NEEDED", 2**60)
        with pytest.raises(CannotRun, match="make room"):
            conditions.make_folders(replace(base_settings, data_dir=tmp_path))

    def test_an_address_of_another_machine(self, tmp_path):
        with pytest.raises(CannotRun, match="set HOST"):
            conditions.refuse_a_port_in_use("192.0.2.1", free_port())

    def test_a_broker_that_is_not_there(self, tmp_path, monkeypatch):
        monkeypatch.setattr(broker, "find_spec", lambda _name: None)
        monkeypatch.setattr(shutil, "which", lambda _name: None)
        with pytest.raises(broker.NoBrokerError, match="REDIS_URL"):
            broker.program()


class TestData:
    @pytest.fixture
    def settings_here(self, tmp_path, database, base_settings):
        """A data folder with a database that is complete."""
        for folder in ("run", "files"):
            (tmp_path / folder).mkdir()
        path = tmp_path / "tracker.sqlite3"
        shutil.copyfile(database.template, path)
        url = f"sqlite:///{path}"
        return replace(base_settings, data_dir=tmp_path, files_dir=tmp_path / "files", database_url=url)

    def test_is_backed_up_before_it_is_migrated(self, tmp_path, database, base_settings):
        path = tmp_path / "tracker.sqlite3"
        shutil.copyfile(database.template, path)
        copy = data.back_up(path, tmp_path / "backups", "v0_1_0")
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone()

    def test_keeps_only_the_latest_backups(self, tmp_path):
        path = tmp_path / "tracker.sqlite3"
        sqlite3.connect(path).close()
        for version in range(8):
            data.back_up(path, tmp_path / "backups", f"{version:04}")
        assert len(list((tmp_path / "backups").iterdir())) == data.BACKUPS_KEPT

    def test_of_an_interrupted_first_start_is_loaded_and_nothing_is_removed(self, settings_here, monkeypatch):
        """A mark left by a start on another database must not touch this one."""
        commands = []
        monkeypatch.setattr(data, "carry_out", lambda steps, _log: commands.extend(step.command[:2] for step in steps))
        elsewhere = replace(settings_here, database_url="postgresql+psycopg://app:hush@db/other")
        for settings in (elsewhere, settings_here):
            data.unfinished(settings).touch()
        (settings_here.files_dir / "kept").write_text("kept")
        data.prepare(settings_here, lambda _sentence: None)
        assert commands == [["demo", "load"], ["setup", "accounts"]]
        assert not data.unfinished(settings_here).exists()
        assert data.unfinished(elsewhere).exists()
        assert (settings_here.files_dir / "kept").exists()
        commands.clear()
        data.accounts_file(settings_here).touch()
        data.prepare(settings_here, lambda _sentence: None)
        assert commands == []

    @pytest.mark.parametrize(
        ("environment", "filled"), [("demo", ["demo", "load"]), ("production", ["reference", "load"])]
    )
    def test_of_a_first_start_is_filled_once(self, settings_here, monkeypatch, environment, filled):
        commands = []
        monkeypatch.setattr(data, "carry_out", lambda steps, _log: commands.extend(step.command[:2] for step in steps))
        settings_here.sqlite_path.unlink()
        data.prepare(replace(settings_here, environment=environment), lambda _sentence: None)
        assert [command for command in commands if command[0] != "setup"] == [["db", "upgrade"], filled]

    @pytest.mark.parametrize(
        ("statement", "said"),
        [
            ("CREATE TABLE recipes (id)", "holds the tables of another program"),
            ("CREATE TABLE alembic_version AS SELECT 'v9_9_9' AS version_num", "run the newer program"),
            ("CREATE TABLE alembic_version AS SELECT '0001' AS version_num", "keep the folder .* under another name"),
        ],
    )
    def test_of_another_program_is_left_alone(self, base_settings, tmp_path, statement, said):
        path = tmp_path / "other.sqlite3"
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
        with pytest.raises(CannotRun, match=said):
            data.schema_version(replace(base_settings, database_url=f"sqlite:///{path}"))

    def test_that_cannot_be_read_is_not_taken_for_absent(self, base_settings, tmp_path):
        with pytest.raises(CannotRun, match="cannot be read"):
            data.schema_version(replace(base_settings, database_url=f"sqlite:///{tmp_path}"))

    def test_tells_why_a_command_failed(self):
        said = (
            "  File x\nsqlalchemy.exc.OperationalError: (sqlite3.OperationalError) disk is full\n(Background: a link)\n"
        )
        assert data.reason(said) == "(sqlite3.OperationalError) disk is full"
        assert data.reason("") == "it ended without a word"

    def test_says_what_it_does_and_why_a_step_of_it_failed(self, tmp_path, capfd):
        steps = [
            Step("Listing", ["setup", "translations"]),
            Step("", ["setup", "translations"], shown=True),
            Step("Breaking", ["setup", "unload"]),
            Step("Never", ["setup", "translations"]),
        ]
        with pytest.raises(CannotRun, match=r"That failed: No such command 'unload'.*start\.log"):
            data.carry_out(steps, tmp_path / "start.log")
        assert capfd.readouterr().out == "  Listing\n0 catalogues compiled\n  Breaking\n"
        assert "Traceback" in (tmp_path / "start.log").read_text()


@pytest.mark.parametrize("unwanted", ["1", ""])
def test_what_is_compiled_is_shared_where_no_compiled_files_are_wanted_beside_the_sources(
    tmp_path, monkeypatch, unwanted
):
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", unwanted)
    (tmp_path / "small.py").write_text("")
    conditions.compile_once(tmp_path / "bytecode")
    subprocess.run([sys.executable, "-c", "import small"], cwd=tmp_path, check=True)
    compiled = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("small.*.pyc")}
    assert compiled == {"bytecode" if unwanted else "__pycache__"}


def test_settings_are_read_from_the_environment_of_the_run(tmp_path):
    assert Settings.from_env({"DATA_DIR": str(tmp_path), "PORT": "8080"}).base_url == "http://localhost:8080"
