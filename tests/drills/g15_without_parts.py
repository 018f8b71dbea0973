"""G15: it works without its parts. Without a broker the site works and mail waits, is sent by hand or first when the
broker is back; without a mail server for a day everything is sent after it."""

import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

from tests.drills.clock import Clock, nothing_to_do
from tests.drills.doing import Crowd, Done
from tests.drills.frame import Drill, DrillSite, Outcome
from tests.drills.g1_g3_deliveries import prepare
from tests.drills.judging import Verdict, judge
from tests.drills.workforce import Workforce
from tests.services.postgresql import wait_for
from tests.services.processes import environment
from tests.services.smtp import SmtpSink
from tracker.calendar import now
from tracker.database.wake_ups import wake
from tracker.settings.configuration import ROOT

CHANGES, PATIENCE = 200, 300.0
DAY, STEP, COARSE = timedelta(days=1), timedelta(minutes=15), timedelta(hours=4)
"""A day goes by in steps as long as the longest wait for a server; in a small drill in six."""
SENT_WITHIN = timedelta(minutes=17)
"""A mail looks again for a server that is away every quarter of an hour; two minutes more for all of them."""
ANSWERED_WITHIN = 5.0
"""Seconds for a page without a broker: nobody may wait for what is not there."""


class Stand:
    """The drill's site with one worker, one beat and a mail server that behaves well."""

    def __init__(self, site: DrillSite) -> None:
        self.site, self.sink, self.clock = site, SmtpSink().start(), Clock(site.folder)
        self.workforce = Workforce(site, self.sink, self.clock.file)
        self.folks = prepare(site)
        self.done, self.count = Done(), site.some_of(CHANGES, least=6)
        self.figures: list[str] = []
        self.wrong: list[str] = []
        self.late = False

    def start(self) -> None:
        self.workforce.start(workers=1, beats=1)
        self.crowd = Crowd(self.site.app, self.workforce.url, self.folks)

    def change(self) -> None:
        """As many acts as belong to one part of the drill."""
        self.crowd.work(self.count, done=self.done)

    def expect(self, held: bool, sentence: str) -> None:
        self.figures.append(sentence)
        if not held:
            self.wrong.append(sentence)

    @property
    def arrived(self) -> int:
        return len(self.sink.received)

    def stop(self) -> None:
        self.workforce.stop()
        self.sink.stop()


def run(site: DrillSite) -> list[Outcome]:
    """First without a broker, then without a mail server."""
    stand = Stand(site)
    try:
        with stand.clock.followed():
            stand.start()
            without_broker(stand)
            without_mail_server(stand)
            verdict = judge(stand.sink, stand.folks, stand.done)
    finally:
        stand.stop()
    return [outcome(stand, verdict)]


def without_broker(stand: Stand) -> None:
    """People work on and no mail leaves, until somebody sends it by hand or the broker is back."""
    stand.change()  # every page was shown once
    wait_for(nothing_to_do, seconds=PATIENCE, what="an idle moment before anything is missing")
    stand.site.broker.kill()
    by_itself = stand.arrived
    stand.change()
    slowest = stand.done.slowest
    stand.expect(not stand.done.refused and not stand.done.unmeant, f"{stand.count} changes without a broker")
    stand.late = slowest > ANSWERED_WITHIN
    stand.figures.append(f"slowest answer {slowest:.1f} s")
    drain(stand)
    stand.expect(stand.arrived > by_itself and nothing_to_do(), f"{stand.arrived - by_itself} mails sent by hand")
    stand.change()
    waiting, began = stand.arrived, time.monotonic()
    stand.site.broker.start()
    wait_for(nothing_to_do, seconds=PATIENCE, what="an idle moment once the broker is back")
    seconds = time.monotonic() - began
    stand.expect(stand.arrived > waiting, f"{stand.arrived - waiting} mails {seconds:.0f} s after the broker was back")


def drain(stand: Stand) -> None:
    """`flask outbox drain`, as an operator types it."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "outbox", "drain"],
        cwd=ROOT,
        env=environment(stand.workforce.settings),
        capture_output=True,
        text=True,
        check=False,
    )
    stand.expect(done.returncode == 0, "flask outbox drain")


def without_mail_server(stand: Stand) -> None:
    """A day goes by; what was to be said waits, keeps its order and is sent when the server is back."""
    stand.sink.down()
    stand.change()
    before = stand.arrived
    step = STEP if stand.site.scale >= 1 else COARSE
    for _ in range(DAY // step):
        stand.clock.forward(step)
        wake("notifications.deliver")
        wait_for(nothing_to_do, seconds=PATIENCE, what="an idle moment without a mail server")
    stand.expect(stand.arrived == before, "a day without a mail server")
    stand.sink.up()
    back = now.now()
    ended = stand.clock.until_everything_ended(at_most=DAY)
    last = max(mail.at for mail in stand.sink.received)
    late = last - back
    stand.expect(ended and late <= SENT_WITHIN, f"the last mail {late.total_seconds() / 60:.1f} min after it was back")


def outcome(stand: Stand, verdict: Verdict) -> Outcome:
    """One line; whatever was lost, doubled, out of order or for a stranger is a fault here too."""
    faults: dict[str, list[Any]] = {
        "lost": verdict.lost,
        "stuck": verdict.stuck,
        "twice": verdict.twice,
        "to strangers": verdict.strangers,
        "out of order": verdict.out_of_order,
        "records that differ": verdict.unmatched,
    }
    found = {name: each for name, each in faults.items() if each}
    told = ", ".join(f"{len(each)} {name}: {each[0]}" for name, each in found.items()) or "nothing lost or out of order"
    amiss = f"; NOT: {'; '.join(stand.wrong)}" if stand.wrong else ""
    whole = not found and not stand.wrong and verdict.arrived == verdict.expected
    return Outcome(
        "G15",
        f"{'; '.join(stand.figures)}; {verdict.arrived} of {verdict.expected} mails, {told}{amiss}",
        f"the site works (each answer in {ANSWERED_WITHIN:.0f} s), all is sent after, in order",
        whole and not stand.late,
        late=whole,
        counts={"changes": stand.done.count, "mails": verdict.arrived},
    )


DRILLS = [Drill(("G15",), run, wakes=True)]
