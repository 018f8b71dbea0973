"""What goes wrong while a drill runs: processes killed and paused, the broker emptied, the database cut off, the mail
server away, mail refused."""

import random
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import sqlalchemy as sa

from tests.drills.frame import DrillSite
from tests.drills.workforce import LEASE_SECONDS, Workforce
from tests.services.smtp import CLOSING, CUT, HANG, LATER, NEVER, OK, SLOW, SmtpSink
from tracker.extensions import db

TICK = 0.25
DOWN_SECONDS = 3.0
CUTS_OF_THE_DATABASE = 3


@dataclass
class Trouble:
    """How often the mail server was asked for its luck, and how often it had none."""

    drawn: int = 0
    met: int = 0

    def enough(self, mails: int) -> bool:
        """Whether most of so many mails were tried while it misbehaved."""
        return self.drawn >= mails


def misbehave(sink: SmtpSink, bad: Collection[str], seed: int) -> Trouble:
    """Of all mails about 20 % later, 5 % never, 10 % no answer at all, 5 % cut after the server took them: in place of
    the greeting, at MAIL, at RCPT or at the final dot. What is for a mailbox of `bad` always hangs.

    Some of the rest is answered slowly, so that a sender is often killed between the server's taking and its word."""
    luck, trouble = random.Random(seed), Trouble()

    def draw(**weights: int) -> str:
        names = {"later": LATER, "never": NEVER, "hang": HANG, "cut": CUT, "closing": CLOSING, "slow": SLOW}
        rest = 100 - sum(weights.values())
        drawn = luck.choices([OK, *(names[name] for name in weights)], [rest, *weights.values()])[0]
        trouble.drawn += 1
        trouble.met += drawn not in (OK, SLOW)
        return drawn

    sink.at_connect = lambda: draw(cut=2, closing=2, hang=1)
    sink.at_mail = lambda: draw(later=4, cut=1, closing=1, hang=2)
    sink.at_rcpt = lambda to: HANG if to in bad else draw(later=8, never=2, cut=1, closing=1, hang=3)
    sink.behaviour = lambda _to: draw(later=8, never=3, cut=5, closing=1, hang=5, slow=20)
    return trouble


@dataclass
class Fault:
    """What happens every so many seconds, and when for the first time."""

    every: float
    first: float
    act: Callable[[], None]
    times: int = 1_000_000


class Storm:
    """Faults on their times, until told to end; afterwards everything stands on its feet again."""

    def __init__(self, workforce: Workforce, sink: SmtpSink, seconds: float) -> None:
        self.workforce, self.sink = workforce, sink
        self.over = threading.Event()
        self.aside = ThreadPoolExecutor(max_workers=1)
        cuts = max(20.0, seconds / (CUTS_OF_THE_DATABASE + 1))
        self.faults = [
            Fault(2, 2, workforce.kill_a_pool_child),
            Fault(20, 6, self._kill_a_worker),
            Fault(20, 7, workforce.kill_and_empty_the_broker),
            Fault(60, 3, workforce.kill_a_beat),
            Fault(60, 9, self._mail_server_down),
            Fault(60, 4, self._worker_asleep),
            Fault(cuts, 5, self._cut_database, CUTS_OF_THE_DATABASE),
        ]
        self.later: list[tuple[float, Callable[[], None]]] = []

    def __enter__(self) -> "Storm":
        self.blowing = self.aside.submit(self._blow)
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.aside.shutdown()
        self.blowing.result()  # a storm that broke down itself has tried nothing

    def _blow(self) -> None:
        started = time.monotonic()
        while not self.over.wait(TICK):
            self._strike(time.monotonic() - started)
        for _, act in self.later:
            act()

    def _strike(self, at: float) -> None:
        for fault in self.faults:
            if fault.first <= at and fault.times:
                fault.first, fault.times = at + fault.every, fault.times - 1
                fault.act()
        for entry in [entry for entry in self.later if entry[0] <= time.monotonic()]:
            self.later.remove(entry)
            entry[1]()

    def _in(self, seconds: float, act: Callable[[], None]) -> None:
        self.later.append((time.monotonic() + seconds, act))

    def _kill_a_worker(self) -> None:
        """Not before the last one that was killed has its successor at work: on a slow machine nobody would be left."""
        if self.workforce.all_at_work:
            self.workforce.kill_a_worker()

    def _mail_server_down(self) -> None:
        self.sink.down()
        self._in(DOWN_SECONDS, self.sink.up)

    def _worker_asleep(self) -> None:
        """For longer than its lease."""
        self.workforce.put_a_worker_to_sleep()
        self._in(LEASE_SECONDS * 1.2, self.workforce.wake_the_worker)

    def _cut_database(self) -> None:
        cut_database(self.workforce.site)


def cut_database(site: DrillSite) -> None:
    """On PostgreSQL: restart the drill's own server as a crash would, else cut every connection to the database."""
    url = sa.make_url(site.app.extensions["tracker_settings"].database_url)
    if site.server:
        site.server.down("immediate")
        site.server.up()
    elif url.get_backend_name() == "postgresql":
        with site.app.app_context(), db.engine.connect() as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
                )
            )
