"""What goes wrong while a drill runs: processes killed, the broker emptied, the database cut off, mail refused."""

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.drills.frame import DrillSite
from tests.services import processes
from tests.services.processes import Process, children_of
from tests.services.smtp import CUT, HANG, LATER, NEVER, OK, SLOW, SmtpSink
from tracker.settings.configuration import Settings

POOL_EVERY, MAIN_EVERY = 2.0, 20.0
SMTP_SECONDS = 2


def misbehaving(seed: int) -> Callable[[tuple[str, ...]], str]:
    """A mail server's luck: 20 % later, 5 % never, 10 % no answer at all, 5 % cut after it took the message.

    Half of the rest is answered slowly, so that a sender is often killed between the server's taking and its word."""
    luck = random.Random(seed)
    choices, weights = (OK, SLOW, LATER, NEVER, HANG, CUT), (30, 30, 20, 5, 10, 5)
    return lambda _recipients: luck.choices(choices, weights)[0]


class Workforce:
    """Two workers and two beats, as many as an installation should never need, all of them mortal."""

    def __init__(self, site: DrillSite, sink: SmtpSink) -> None:
        self.site = site
        settings: Settings = site.app.extensions["tracker_settings"]
        self.settings = replace(
            settings,
            smtp_url=f"{sink.url}?timeout={SMTP_SECONDS}",
            redis_url=site.broker.url,
            data_dir=site.folder,
            embedded_broker=False,
        )
        self.workers: list[Process] = []
        self.beats: list[Process] = []
        self.kills = 0

    def start(self) -> None:
        """Start everything; the workers are ready when this returns."""
        self.workers = [self._worker(name, wait=False) for name in ("first", "second")]
        for worker in self.workers:
            worker.wait_for_line(" ready.", seconds=60)
        for name in ("beat-1", "beat-2"):
            folder = self.site.folder / name
            folder.mkdir(exist_ok=True)
            self.beats.append(processes.beat(replace(self.settings, data_dir=folder), folder / "beat.log"))

    def _worker(self, name: str, *, wait: bool = False) -> Process:
        log = self.site.folder / f"{name}.log"
        return processes.worker(self.settings, log, pool=2, name=name, wait=wait)

    def kill_a_pool_child(self) -> None:
        """End one process that may be sending at this moment."""
        children = [pid for worker in self.workers for pid in children_of(worker.popen.pid)]
        if children:
            self._kill(random.choice(children))

    def kill_a_main_process(self) -> None:
        """End a worker with all its children, and start another in its place."""
        place = random.randrange(len(self.workers))
        self.workers[place].kill()
        self.kills += 1
        self.workers[place] = self._worker(("first", "second")[place])

    def kill_and_empty_the_broker(self) -> None:
        """The broker falls, and comes back knowing nothing."""
        self.site.broker.kill()
        self.kills += 1
        self.site.broker.start()
        self.site.broker.empty()

    def _kill(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.kills += 1

    def stop(self) -> None:
        """End everything."""
        for process in [*self.beats, *self.workers]:
            process.kill()


class Storm:
    """The faults of guarantees.md, on their times, until told to end."""

    def __init__(self, workforce: Workforce, cut_database: Callable[[], None]) -> None:
        self.workforce, self.cut_database = workforce, cut_database
        self.over = threading.Event()
        self.aside = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> "Storm":
        self.blowing = self.aside.submit(self._blow)
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.aside.shutdown()
        self.blowing.result()  # a storm that broke down itself has tried nothing

    def _blow(self) -> None:
        next_main, cuts = time.monotonic() + MAIN_EVERY / 2, 0
        while not self.over.wait(POOL_EVERY):
            self.workforce.kill_a_pool_child()
            if time.monotonic() >= next_main:
                next_main += MAIN_EVERY
                self.workforce.kill_a_main_process()
                self.workforce.kill_and_empty_the_broker()
                if cuts < 3:
                    cuts += 1
                    self.cut_database()
