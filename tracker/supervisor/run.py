"""Prepare, start in order, watch, stop in order."""

import contextlib
import http.client
import itertools
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from tracker.settings.configuration import EVERY_ADDRESS, LOOPBACK, ConfigurationError, Settings
from tracker.setup import translations
from tracker.supervisor import CannotRun, conditions, data
from tracker.supervisor.broker import NoBrokerError
from tracker.supervisor.broker import answers as answers_ping
from tracker.supervisor.broker import command as command_of_broker
from tracker.supervisor.children import Child
from tracker.supervisor.reloading import Sources

SLOW_AFTER = 15.0
"""Seconds after which a process that has not answered yet is said to be on its way, again and again."""
TURNS_A_LOOK, TURNS_A_LOG = 5, 25
"""Turns of the watch, a fifth of a second each, between two looks at the sources, and at the length of the logs."""
GIVE_UP_AFTER = 300.0
"""Seconds: a machine busy with other work may need minutes; one that needs more has another fault."""


class Stop(BaseException):
    """SIGINT or SIGTERM was received; raised out of whatever is being waited for."""


def main(*, reload: bool = False) -> int:
    """Run until SIGINT or SIGTERM, with `reload` loading anew what changes; give the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    started = time.monotonic()
    supervisor: Supervisor | None = None
    try:
        settings = Settings.from_env()
        conditions.prepare(settings)
        data.prepare(settings, say)
        supervisor = Supervisor(settings)
        supervisor.start()
        with contextlib.suppress(BrokenPipeError):
            welcome(settings, time.monotonic() - started)
        supervisor.watch(Sources() if reload else None)
    except Stop:
        say("Stopping")
        return 0
    except (ConfigurationError, CannotRun, NoBrokerError) as problem:
        print(problem, file=sys.stderr, flush=True)
        return 1
    except OSError as problem:
        print(f"{problem.filename or 'The system'}: {problem.strerror}; mend it and start again.", file=sys.stderr)
        return 1
    finally:
        if supervisor:
            supervisor.stop()
    return 0


class Supervisor:
    """The four processes; the broker first, because the others look for it, and last to end."""

    def __init__(self, settings: Settings):
        self.settings = settings
        log = settings.data_dir / "log"
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "-A", "workers.celery_app"]
        quick = ["--without-gossip", "--without-mingle", "-l", "info"]
        self.broker: Child | None = None
        if settings.embedded_broker:
            folder = settings.data_dir / "broker"
            folder.mkdir(mode=0o700, exist_ok=True)
            self.broker = Child("broker", command_of_broker(folder, socket=settings.broker_socket), log / "broker.log")
        self.web = Child(
            "site", [*python, "gunicorn", "--config", "python:tracker.settings.serving", "wsgi:app"], log / "web.log"
        )
        size = str(settings.worker_processes)
        self.worker = Child("worker", [*celery, "worker", "-c", size, *quick], log / "worker.log", patience=25.0)
        self.beat = Child("beat", [*celery, "beat", "-l", "info", "--pidfile="], log / "beat.log")

    @property
    def children(self) -> list[Child]:
        """In the order in which they start."""
        return [child for child in (self.broker, self.web, self.worker, self.beat) if child]

    def start(self) -> None:
        """Start everything; the page answers before worker and beat compete for the processor. Raise CannotRun."""
        if self.broker:
            say("Starting the broker")
            self._start_broker(self.broker)
        say("Starting the site")
        self.web.start()
        wait_for(self.web, lambda: site_answers(self.settings))
        say("Starting the worker and the beat")
        self.worker.start()
        self.beat.start()

    def _start_broker(self, broker: Child) -> None:
        """Start it, without what it remembers when a power cut damaged that: what must be sent is in the database."""

        def answers() -> bool:
            return answers_ping(self.settings.broker_socket)

        broker.start()
        try:
            wait_for(broker, answers)
        except CannotRun:
            if broker.running:
                raise
            folder = self.settings.data_dir / "broker"
            damaged = folder.with_name("broker.damaged")
            say(f"The broker cannot read what it remembers; that is put aside in {damaged}, and nothing is lost")
            shutil.rmtree(damaged, ignore_errors=True)
            folder.replace(damaged)
            folder.mkdir(mode=0o700)
            broker.start()
            wait_for(broker, answers)

    def watch(self, sources: Sources | None = None) -> None:
        """Start again what falls, and load anew what changes in `sources`, until Stop is raised."""
        for turn in itertools.count():
            for child in self.children:
                code = child.fallen()
                if code is not None:
                    how = f"killed by signal {-code}" if code < 0 else f"code {code}"
                    say(f"The {child.name} ended ({how}); it starts again in {child.pause:.0f} s; see {child.log}")
                child.start_again_when_due()
                if turn % TURNS_A_LOG == 0:
                    child.keep_log_short()
            if sources and turn % TURNS_A_LOOK == 0 and (changed := sources.changed()):
                self.load_anew(changed)
            time.sleep(0.2)

    def load_anew(self, changed: set[Path]) -> None:
        """Let the processes load files that changed. The site goes on answering meanwhile: gunicorn keeps its port."""
        first = min(changed)
        say(f"{first} changed{f', and {len(changed) - 1} more' if len(changed) > 1 else ''}: loading anew")
        if any(path.parts[0] == "migrations" for path in changed):
            say("A migration is run when you stop this and start it again")
        translations.compile_stale()
        if not self.web.reload():
            self.web.start()
        if any(path.parts[:2] != ("tracker", "static") for path in changed):
            for child in (self.worker, self.beat):
                child.stop()
                child.start()

    def stop(self) -> None:
        """End everything, the last started first. A second Ctrl-C ends what is left at once."""
        try:
            for child in reversed(self.children):
                child.stop()
        except Stop:
            for child in self.children:
                child.end_group()
        if self.broker:
            self.settings.broker_socket.unlink(missing_ok=True)
        data.empty_the_log(self.settings)
        say("Everything has stopped")


def wait_for(child: Child, ready: Callable[[], bool]) -> None:
    """Wait until it answers, as long as it runs and the time is not over. Raise CannotRun."""
    told = SLOW_AFTER
    while not ready():
        waited = time.monotonic() - child.started_at
        if not child.running or waited > GIVE_UP_AFTER:
            raise CannotRun(f"The {child.name} did not start; the end of {child.log}:\n{child.last_words()}")
        if waited > told:
            say(f"The {child.name} is still on its way after {waited:.0f} s; this machine is busy or slow")
            told = waited + SLOW_AFTER
        time.sleep(0.05)


def site_answers(settings: Settings) -> bool:
    """The site answers on its port."""
    host = EVERY_ADDRESS.get(settings.host, settings.host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.trusted_hosts[0]})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def welcome(settings: Settings, seconds: float) -> None:
    """Say where it is, and as whom one can enter a demonstration."""
    say(f"Ready after {seconds:.1f} s")
    print(f"\n  The tracker is at {settings.base_url}", flush=True)
    if settings.host in EVERY_ADDRESS and urlsplit(settings.base_url).hostname in LOOPBACK:
        say(f"Other machines are refused until BASE_URL names this one, as in BASE_URL=http://its-name:{settings.port}")
    accounts = data.accounts_file(settings).read_text().splitlines() if settings.is_demo else []
    if accounts:
        print("\n  This is a demonstration. Its sign-in page lets you in as any of these:\n")
        print("\n".join(f"  {line}" for line in accounts))
    print("\n  Ctrl-C stops everything.\n", flush=True)


def say(sentence: str) -> None:
    """One step, on standard output at once; a terminal that was closed does not end the site."""
    with contextlib.suppress(OSError):
        print(f"  {sentence}", flush=True)


_asked_at: list[float] = []


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Raise Stop; a signal that comes twice at once (from the terminal and from make) counts once."""
    _asked_at.append(time.monotonic())
    if len(_asked_at) == 1 or _asked_at[-1] - _asked_at[-2] > 1.0:
        raise Stop
