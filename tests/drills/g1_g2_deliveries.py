"""G1: no notification is lost. G2: none is sent twice, but for those that nobody could be sure of.

At this size the goal is a tenth of the full drill: 1,000 changes under the faults of guarantees.md."""

import contextlib
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.drills.faults import Storm, Workforce, misbehaving
from tests.drills.frame import Drill, DrillSite, Outcome
from tests.factories import assistance as requests
from tests.services.smtp import SmtpSink
from tracker.assistance.models import AssistanceRequest
from tracker.calendar import now
from tracker.database.transactions import transaction
from tracker.events import record
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import mailer, services
from tracker.notifications.lifecycle import UNCERTAIN_WAIT, UNDER_WAY, Status
from tracker.notifications.models import Delivery
from tracker.rights.actor import Actor

CHANGES = 1_000
STATES = ("KEN", "BTN", "FJI", "MWI", "PER", "LAO", "TGO", "JAM")
NAMES = ("assistance.submitted", "assistance.taken_up")
SECONDS, LEAST_SECONDS = 60.0, 24.0
"""How long the changes go on in the full drill, and at the least: until well after a main process was killed."""
DRAINED_WITHIN = timedelta(minutes=10)
"""After the faults; what is uncertain waits that long before it is sent again, so it has a minute more."""
DOUBTS_WITHIN = UNCERTAIN_WAIT + timedelta(minutes=1)
GIVEN_UP_AFTER = timedelta(hours=3)


def run(site: DrillSite) -> list[Outcome]:
    """Change, break, wait for the end of the faults, then count what came to whom."""
    sink = SmtpSink().start()
    sink.hang_seconds = 5.0
    workforce = Workforce(site, sink)
    settings = site.app.extensions["tracker_settings"]
    site.app.extensions["tracker_settings"] = workforce.settings
    try:
        subjects = prepare()
        expected = site.some_of(CHANGES)
        sink.behaviour = misbehaving(seed=7)
        workforce.start()
        with Storm(workforce, lambda: cut_database(site)):
            made = change(subjects, expected, seconds=max(LEAST_SECONDS, SECONDS * site.scale))
        workforce.stop()
        sink.clear_behaviour()
        return judge(sink, made, drain(), workforce.kills)
    finally:
        workforce.stop()
        mailer.close_connections()
        sink.stop()
        site.app.extensions["tracker_settings"] = replace(settings)


def prepare() -> list[int]:
    """Requests of several States, with people to tell; nothing waits any more."""
    cases = [requests.in_review(requests.People(of=code)) for code in STATES]
    services.dispatch()
    with transaction() as session:
        session.execute(sa.delete(Delivery))
        wanted = sa.select(AssistanceRequest.id).where(AssistanceRequest.public_id.in_([c.public_id for c in cases]))
        return list(session.scalars(wanted))


def change(subjects: list[int], count: int, *, seconds: float) -> list[int]:
    """Commit `count` changes spread over the faults; give the ids of the events that were acknowledged."""
    made: list[int] = []
    pace = seconds / count
    started = time.monotonic()
    for number in range(count):
        made.append(one_change(subjects[number % len(subjects)], NAMES[number % len(NAMES)], number))
        ahead = started + pace * number - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
    return made


def one_change(subject_id: int, name: str, number: int) -> int:
    """One committed change; tried again while the database is away, and never made twice."""
    key = f"drill:{number}"
    for _ in range(200):
        with contextlib.suppress(DBAPIError):
            db.session.rollback()
            known = db.session.scalar(sa.select(Event.id).where(Event.once_key == key))
            if known is not None:
                return known
            with transaction():
                subject = db.session.get(AssistanceRequest, subject_id)
                return record(name, subject, actor=Actor.system, once_key=key).id
        time.sleep(0.1)
    raise RuntimeError("the database did not come back")


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


@dataclass(frozen=True)
class Drained:
    """How long after the faults the last mail ended: of those that nobody doubted, and of all. None: never."""

    sure: timedelta | None = None
    everything: timedelta | None = None

    @property
    def in_time(self) -> bool:
        """Whether both goals were reached."""
        return self.within(self.sure, DRAINED_WITHIN) and self.within(self.everything, DOUBTS_WITHIN)

    @staticmethod
    def within(took: timedelta | None, goal: timedelta) -> bool:
        return took is not None and took <= goal

    def __str__(self) -> str:
        told = ["never" if t is None else f"{t.total_seconds() / 60:.1f} min" for t in (self.sure, self.everything)]
        return f"all ended {told[0]} after the faults, with the uncertain ones {told[1]}"


def drain() -> Drained:
    """Let everything end with the clock put forward, 30 seconds at a time."""
    drained, ahead = Drained(), timedelta(0)
    while drained.everything is None and ahead <= GIVEN_UP_AFTER:
        with now.shifted(now.now() + ahead):
            services.sweep()
            while services.deliver():
                pass
        if drained.sure is None and not left(Delivery.uncertain_count == 0):
            drained = replace(drained, sure=ahead)
        if not left():
            drained = replace(drained, everything=ahead)
        ahead += timedelta(seconds=30)
    return drained


def left(*conditions: sa.ColumnElement[bool]) -> int:
    """How many deliveries have not ended."""
    db.session.rollback()
    waiting = Delivery.status.in_((*UNDER_WAY, Status.UNCERTAIN))
    return db.session.scalar(sa.select(sa.func.count()).select_from(Delivery).where(waiting, *conditions)) or 0


def judge(sink: SmtpSink, made: list[int], drained: Drained, kills: int) -> list[Outcome]:
    """Compare what was acknowledged, what the rows say and what the mail server took."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Delivery.event_id, Delivery.channel, Delivery.status, Delivery.message_id, Delivery.uncertain_count)
    ).all()
    arrived = Counter(str(mail.message["Message-ID"]) for mail in sink.received)
    mails = [row for row in rows if row.channel == "email"]
    told = {row.event_id for row in rows}
    untold = [event_id for event_id in made if event_id not in told]
    vanished = [row for row in mails if row.status == Status.SENT and not arrived[row.message_id]]
    stuck = [row for row in rows if row.status in (*UNDER_WAY, Status.UNCERTAIN)]
    sure = {row.message_id for row in mails if not row.uncertain_count}
    twice = [message_id for message_id, count in arrived.items() if count > 1 and message_id in sure]
    doubtful = sum(1 for row in mails if row.uncertain_count)
    lost = len(untold) + len(vanished)
    whole = bool(mails) and not lost and not stuck and drained.everything is not None
    return [
        Outcome(
            "G1",
            f"{len(made)} changes, {len(mails)} mails, {kills} kills: {lost} lost, {len(stuck)} stuck, {drained}",
            "0 lost, 0 stuck, within 10 min, uncertain ones 11",
            whole and drained.in_time,
            late=whole and not drained.in_time,
        ),
        Outcome(
            "G2",
            f"{len(twice)} sent twice without doubt, {doubtful} uncertain and re-sent once",
            "0 twice",
            bool(mails) and not twice,
        ),
    ]


DRILLS = [Drill(("G1", "G2"), run, wakes=True)]
