"""G14, its first half: what was acknowledged is kept. Site and supervisor are killed again and again while people write
over HTTP; every write that was answered is there, once."""

import os
import random
import signal
import time
from dataclasses import replace
from typing import Protocol

from tests.drills.frame import Drill, DrillSite, Outcome
from tests.drills.told import world
from tests.drills.workforce import Workforce
from tests.drills.writers import Kept, Writers
from tests.services.postgresql import wait_for
from tests.services.processes import Process
from tests.services.smtp import SmtpSink

KILLS = 100
WRITERS = ["KEN", "BTN", "FJI", "MWI"]
BACK_WITHIN = 240.0
"""Seconds after which whoever was killed must answer again; a busy machine needs long."""


class Mortal(Protocol):
    """What can be started, until it answers, and killed."""

    def start(self) -> None: ...

    def kill(self) -> None: ...


class Site:
    """gunicorn with its workers."""

    def __init__(self, workforce: Workforce) -> None:
        self.workforce = workforce

    def start(self) -> None:
        self.workforce.start_web()
        self.workforce.wait_for_web(BACK_WITHIN)

    def kill(self) -> None:
        if self.workforce.web:
            self.workforce.web.kill()


class Supervisor:
    """`make run` with all that it starts; only the supervisor itself is killed, as an operator would by mistake."""

    def __init__(self, workforce: Workforce) -> None:
        self.settings = replace(workforce.settings, redis_url="")  # a broker of its own
        self.workforce, self.starts = workforce, 0
        self.process: Process | None = None

    def start(self) -> None:
        """Again and again, as long as what its predecessor left still holds the port."""
        try:
            wait_for(self._started, seconds=BACK_WITHIN, what="the supervisor's first page")
        except AssertionError as late:
            said = self.process.log.read_text() if self.process else ""
            raise RuntimeError(f"{late}; after {self.starts} starts it said: {said[-300:]}") from late

    def _started(self) -> bool:
        if self.process is None or self.process.popen.poll() is not None:
            self.starts += 1
            log = self.workforce.site.folder / f"supervisor-{self.starts}.log"
            self.process = Process.start(["tracker.supervisor"], self.settings, log)
        return "Ctrl-C stops everything" in self.process.log.read_text()

    def kill(self) -> None:
        if self.process:
            os.kill(self.process.popen.pid, signal.SIGKILL)
            self.process.popen.wait()
            self.process = None

    def stop(self) -> None:
        """In order, with everything that it runs."""
        if self.process:
            self.process.stop(seconds=60)


def run(site: DrillSite) -> list[Outcome]:
    """Half of the kills hit the site, half the supervisor."""
    sink = SmtpSink().start()
    folks = world(WRITERS, len(WRITERS))
    kills = site.some_of(KILLS, least=2)
    workforce = Workforce(site, sink)
    alone, supervisor = Site(workforce), Supervisor(workforce)
    try:
        writers = Writers(site.app, workforce.url, folks)
        slowest_site = under_kills(writers, alone, kills // 2)
        alone.kill()
        writers.over.clear()
        slowest_supervisor = under_kills(writers, supervisor, kills - kills // 2)
    finally:
        workforce.stop()
        supervisor.stop()
        sink.stop()
    kept = Kept.of(writers.acknowledged)
    counts = {"kills": kills, "acknowledged": len(writers.acknowledged), "missing": kept.missing}
    faults = [*writers.refused, *writers.unmeant]
    refused = f", first fault: {faults[0]}"[:300] if faults else ""
    return [
        Outcome(
            "G14",
            f"{kills} kills -9 of site and supervisor, {len(writers.acknowledged)} writes acknowledged: {kept.missing} "
            f"missing, {kept.doubled} twice, {kept.foreign} that nobody was told of, {kept.without_event} without "
            f"their event, {len(writers.unmeant)} answers 5xx but 503; back after at most {slowest_site:.0f} s and "
            f"{slowest_supervisor:.0f} s{refused}",
            "every acknowledged write there, once",
            bool(writers.acknowledged) and kept.whole and not writers.refused and not writers.unmeant,
            counts=counts,
        )
    ]


def under_kills(writers: Writers, mortal: Mortal, count: int) -> float:
    """Kill and start again so many times while people write; gives how long the slowest start took."""
    mortal.start()
    slowest = 0.0
    with writers:
        for _ in range(count):
            one_more_is_acknowledged(writers)
            time.sleep(random.uniform(0.0, 0.4))
            mortal.kill()
            fell = time.monotonic()
            mortal.start()
            slowest = max(slowest, time.monotonic() - fell)
        one_more_is_acknowledged(writers)
    return slowest


def one_more_is_acknowledged(writers: Writers) -> None:
    """So that every kill hits people who are writing."""
    before = len(writers.acknowledged)
    wait_for(
        lambda: len(writers.acknowledged) > before or writers.refused, seconds=BACK_WITHIN, what="an acknowledged write"
    )


DRILLS = [Drill(("G14",), run)]
