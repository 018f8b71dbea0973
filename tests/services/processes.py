"""The tracker's own processes, started for a test as they are started for real."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.services.postgresql import wait_for
from tracker.settings.configuration import ROOT, Settings


def environment(settings: Settings) -> dict[str, str]:
    """The variables from which a process reads these very settings again."""
    values = {
        "TRACKER_ENV": settings.environment,
        "HOST": settings.host,
        "PORT": str(settings.port),
        "BASE_URL": settings.base_url,
        "DATABASE_URL": settings.database_url,
        "MIGRATION_DATABASE_URL": settings.migration_database_url,
        "REDIS_URL": settings.redis_url,
        "MAIL_FROM": settings.mail_from,
        "REPLY_TO": settings.reply_to or "",
        "DATA_DIR": str(settings.data_dir),
        "FILES_DIR": str(settings.files_dir),
        "TRUSTED_PROXIES": str(settings.trusted_proxies),
        "OPERATED_BY": settings.operated_by,
        "ALLOW_SQLITE": "1" if settings.allow_sqlite else "",
        "SMTP_URL": settings.smtp_url or "",
        "RATE_LIMITS": "on" if settings.rate_limits else "off",
        "CLOCK_FILE": str(settings.clock_file or ""),
        "ACCOUNT_REQUEST_DAYS": str(settings.account_request_days),
        "WEB_CONCURRENCY": str(settings.web_processes),
    }
    for name, ring in settings.key_rings.items():
        values[f"{name.upper()}_KEY"] = ",".join(f"{key_id}:{key}" for key_id, key in ring.versions)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, **values}


QUICK = ("--without-gossip", "--without-mingle", "-l", "info")


@dataclass
class Process:
    """A running process and the file that it writes its log to."""

    popen: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def start(cls, arguments: list[str], settings: Settings, log: Path) -> "Process":
        """Start `python -m <arguments>` in a group of its own."""
        with log.open("ab") as stream:
            popen = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=environment(settings),
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )
        return cls(popen, log)

    def wait_for_line(self, text: str, *, seconds: float = 30) -> None:
        """Wait until the log holds `text`; raise AssertionError with the log when it never does."""

        def there() -> bool:
            if self.popen.poll() is not None:
                raise AssertionError(f"ended with {self.popen.returncode}:\n{self.log.read_text()[-2000:]}")
            return text in self.log.read_text()

        wait_for(there, seconds=seconds, what=f'"{text}" in {self.log.name}')

    def stop(self, *, seconds: float = 15) -> None:
        """Ask it to end; end its whole group when it does not."""
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()

    def pause(self) -> None:
        """Let it and its children stand still, as a machine does that is asleep."""
        self._signal_all(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it and its children go on."""
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, number)

    def kill(self) -> None:
        """End the process and its children the hard way."""
        try:
            os.killpg(self.popen.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.popen.wait()


def worker(settings: Settings, log: Path, *, pool: int = 2, name: str = "worker", wait: bool = True) -> Process:
    """A Celery worker, ready for tasks when this returns unless it need not be waited for."""
    arguments = ["celery", "-A", "workers.celery_app", "worker", "-c", str(pool), "-n", f"{name}@%h", *QUICK]
    process = Process.start(arguments, settings, log)
    if wait:
        process.wait_for_line(" ready.")
    return process


def beat(settings: Settings, log: Path) -> Process:
    """Celery beat, which wakes what is due."""
    process = Process.start(["celery", "-A", "workers.celery_app", "beat", "-l", "info"], settings, log)
    process.wait_for_line("beat: Starting")
    return process


def web(settings: Settings, log: Path, *, wait: bool = True) -> Process:
    """The site under gunicorn, answering when this returns unless it need not be waited for."""
    process = Process.start(["gunicorn", "--config", "python:tracker.settings.serving", "wsgi:app"], settings, log)
    if wait:
        process.wait_for_line("Booting worker")
        _wait_for_an_answer(settings.base_url)
    return process


def _wait_for_an_answer(base_url: str) -> None:
    """Wait for the first answer, whatever it is: a worker that boots has still to load the application."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with contextlib.suppress(urllib.error.HTTPError):
        opener.open(f"{base_url}/static/css/site.css", timeout=60).close()


def children_of(pid: int) -> list[int]:
    """The processes that `pid` started itself."""
    return [child for child, parent in _with_parents() if parent == pid]


def _with_parents() -> Iterator[tuple[int, int]]:
    """Every process with its parent: from /proc, for a small Linux has no ps; elsewhere from ps."""
    if Path("/proc/self/stat").exists():
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it ended meanwhile
                yield int(status.parent.name), int(status.read_text().rpartition(")")[2].split()[1])
        return
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        child, parent = line.split()
        yield int(child), int(parent)
