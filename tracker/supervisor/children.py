"""The processes of `make run`: started each in a group of its own, started again when they fall, ended for certain."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tracker.settings.configuration import ROOT

LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
LOG_LIMIT = 5 * 1024 * 1024
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """One process: how to start it, how long it may take to end, and how often it fell."""

    name: str
    command: list[str]
    log: Path
    patience: float = 10.0
    popen: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    falls: int = 0
    started_at: float = 0.0
    start_again_at: float | None = None

    def start(self) -> None:
        """Start it; what it says goes to its log."""
        self.keep_log_short()
        with self.log.open("ab") as stream:
            self.popen = subprocess.Popen(
                self.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
                preexec_fn=_end_with_the_parent if _libc else None,  # noqa: PLW1509 - there are no threads here
            )
        self.started_at = time.monotonic()
        self.start_again_at = None

    def keep_log_short(self) -> None:
        """Put a log that has grown long aside, in place of the last one. The child goes on writing into the same file,
        which is emptied: it was opened to append."""
        with contextlib.suppress(OSError):
            if self.log.stat().st_size > LOG_LIMIT:
                shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
                os.truncate(self.log, 0)

    @property
    def running(self) -> bool:
        """Started and not ended."""
        return self.popen is not None and self.popen.poll() is None

    def fallen(self) -> int | None:
        """The exit code of a child that just ended by itself, told once; None otherwise."""
        if self.popen is None or self.start_again_at is not None:
            return None
        code = self.popen.poll()
        if code is None:
            return None
        self.end_group()
        self.falls = 1 if time.monotonic() - self.started_at > STEADY_AFTER else self.falls + 1
        self.start_again_at = time.monotonic() + self.pause
        return code

    @property
    def pause(self) -> float:
        """How long to wait before it is started again, in seconds: longer with every fall in a row."""
        return min(2.0 ** (self.falls - 1), LONGEST_PAUSE)

    def start_again_when_due(self) -> None:
        """Start a fallen child whose pause is over; when the machine cannot just now, try again later."""
        if self.start_again_at is not None and time.monotonic() >= self.start_again_at:
            try:
                self.start()
            except OSError:
                self.falls += 1
                self.start_again_at = time.monotonic() + self.pause

    def reload(self) -> bool:
        """Ask it to load its code anew; False when it is not running, so that it must be started."""
        if self.popen is None or not self.running:
            return False
        self.popen.send_signal(signal.SIGHUP)
        return True

    def stop(self) -> None:
        """Send SIGTERM; SIGKILL when it does not end in time; then kill whatever of its process group is left."""
        if self.popen is None:
            return
        if self.popen.poll() is None:
            self.popen.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(self.patience)
        self.end_group()
        self.popen.wait()
        self.popen = None

    def end_group(self) -> None:
        """Kill whatever of its process group is left."""
        if self.popen:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.popen.pid, signal.SIGKILL)

    def last_words(self) -> str:
        """The last lines of its log."""
        lines = self.log.read_text(errors="replace").strip().splitlines() if self.log.exists() else []
        return "\n".join(f"    {line}" for line in lines[-12:])


def _end_with_the_parent() -> None:
    """On Linux the kernel ends the child when the supervisor is killed without a chance to tell it."""
    if _libc:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
