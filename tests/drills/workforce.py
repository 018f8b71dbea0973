"""The site, two workers and two beats, as they run for real; all of them mortal."""

import contextlib
import os
import random
import signal
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

from tests.drills.frame import DrillSite
from tests.services import processes
from tests.services.postgresql import wait_for
from tests.services.processes import Process, children_of
from tests.services.smtp import SmtpSink
from tracker.settings.configuration import Settings

SMTP_SECONDS = 2
"""What the mail server has for one answer; a lease is five times that."""
LEASE_SECONDS = 5 * SMTP_SECONDS


class Workforce:
    """More workers and beats than an installation needs, so that they are in each other's way."""

    def __init__(self, site: DrillSite, sink: SmtpSink, clock_file: Path | None = None) -> None:
        self.site = site
        settings: Settings = site.app.extensions["tracker_settings"]
        self.settings = replace(
            settings,
            smtp_url=f"{sink.url}?timeout={SMTP_SECONDS}",
            redis_url=site.broker.url,
            data_dir=site.folder,
            embedded_broker=False,
            clock_file=clock_file,
        )
        self.web: Process | None = None
        self.workers: list[Process] = []
        self.beats: list[Process] = []
        self.asleep: Process | None = None
        self.kills = self.started = 0

    @property
    def all_at_work(self) -> bool:
        """Whether every worker has come so far as to take tasks."""
        return all(" ready." in worker.log.read_text() for worker in self.workers)

    @property
    def url(self) -> str:
        """Where the site answers."""
        return f"http://127.0.0.1:{self.settings.port}"

    def start(self, *, workers: int = 2, beats: int = 2) -> None:
        """Start everything; the site answers and the workers are ready when this returns."""
        self.start_web()
        self.workers = [self._worker(number) for number in range(workers)]
        for worker in self.workers:
            worker.wait_for_line(" ready.", seconds=60)
        self.beats = [self._beat(number) for number in range(beats)]
        self.wait_for_web()

    def start_web(self) -> None:
        """Start the site without waiting for it."""
        self.web = processes.web(self.settings, self.site.folder / "web.log", wait=False)

    def wait_for_web(self, seconds: float = 60) -> None:
        """Wait until the site answers."""
        wait_for(self.answers, seconds=seconds, what="an answer of the site")

    def answers(self) -> bool:
        """Whether the site answers that all is well."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as refused:
            refused.close()
        except OSError:
            pass
        return False

    def _worker(self, number: int) -> Process:
        self.started += 1
        log = self.site.folder / f"worker-{number}-{self.started}.log"
        return processes.worker(self.settings, log, pool=2, name=f"worker-{number}", wait=False)

    def _beat(self, number: int) -> Process:
        folder = self.site.folder / f"beat-{number}"
        folder.mkdir(exist_ok=True)
        return processes.beat(replace(self.settings, data_dir=folder), folder / "beat.log")

    def kill_a_pool_child(self) -> None:
        """End one process that may be sending at this moment."""
        children = [pid for worker in self.workers for pid in children_of(worker.popen.pid)]
        if children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(children), signal.SIGKILL)
                self.kills += 1

    def kill_a_worker(self) -> None:
        """End a worker that is awake with all its children, and start another in its place."""
        place = random.choice([place for place, worker in enumerate(self.workers) if worker is not self.asleep])
        self.workers[place].kill()
        self.kills += 1
        self.workers[place] = self._worker(place)

    def put_a_worker_to_sleep(self) -> None:
        """Let one worker stand still."""
        self.asleep = random.choice(self.workers)
        self.asleep.pause()

    def wake_the_worker(self) -> None:
        """Let it go on as if nothing had been."""
        if self.asleep:
            self.asleep.go_on()
        self.asleep = None

    def kill_a_beat(self) -> None:
        """End a beat, and start another in its place."""
        place = random.randrange(len(self.beats))
        self.beats[place].kill()
        self.kills += 1
        self.beats[place] = self._beat(place)

    def kill_and_empty_the_broker(self) -> None:
        """The broker falls, and comes back knowing nothing."""
        self.site.broker.kill()
        self.kills += 1
        self.site.broker.start()
        self.site.broker.empty()

    def stop(self) -> None:
        """End everything."""
        for process in [*self.beats, *self.workers, *filter(None, [self.web])]:
            process.kill()
