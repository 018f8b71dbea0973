"""G1: no notification is lost. G2: none is sent twice, but for those that nobody could be sure of. G3: mail reaches the
right people, in order, and says nothing confidential. Changes by people over HTTP, mail by real workers and beats."""

import contextlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tests.drills.clock import Clock
from tests.drills.doing import Crowd, Done
from tests.drills.faults import Storm, misbehave
from tests.drills.frame import Drill, DrillSite, Outcome
from tests.drills.judging import Verdict, judge
from tests.drills.told import CANARY, Folk, world
from tests.drills.workforce import Workforce
from tests.services.postgresql import wait_for
from tests.services.smtp import SmtpSink
from tracker.assistance.messages.services import write_message
from tracker.calendar import now
from tracker.database.transactions import transaction
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications import services
from tracker.notifications.lifecycle import HOLDS_OTHERS, UNCERTAIN_WAIT, UNDER_WAY, Channel, Status
from tracker.notifications.models import Delivery
from tracker.reference.names import all_names

CHANGES, STATES, OFFICERS, ROLLBACKS = 5_000, 195, 5, 1_000
LEAST_STATES = 8
ONE_BAD_IN = 20
SECONDS, LEAST_SECONDS = 2_000.0, 18.0
"""How long the changes go on in the full drill, and at the least: until well after every fault has struck. The faults
go on for as long again, or until most mails were tried under them."""
ENDED_WITHIN = timedelta(minutes=2)
GIVEN_UP_AFTER = timedelta(days=5)
D = Delivery


@dataclass(frozen=True)
class Waits:
    """A mail that was still on its way when the faults stopped, and by when it has to have ended."""

    delivery_id: int
    until: datetime


def run(site: DrillSite) -> list[Outcome]:
    """Change, break, wait for the end of the faults, then count what came to whom."""
    sink, clock = SmtpSink().start(), Clock(site.folder)
    sink.hang_seconds = 5.0
    workforce = Workforce(site, sink, clock.file)
    try:
        with clock.followed():
            return _held(site, sink, clock, workforce)
    finally:
        workforce.stop()
        sink.stop()


def _held(site: DrillSite, sink: SmtpSink, clock: Clock, workforce: Workforce) -> list[Outcome]:
    folks = prepare(site)
    rolled_back = roll_back(folks[0], site.some_of(ROLLBACKS, least=10))
    workforce.start()
    crowd = Crowd(site.app, workforce.url, folks)
    bad = sorted(one.email for folk in folks for one in folk.people.values())[::ONE_BAD_IN]
    trouble = misbehave(sink, set(bad), seed=site.part[0])
    seconds = max(LEAST_SECONDS, SECONDS * site.scale / site.part[1])
    with Storm(workforce, sink, seconds):
        done = crowd.work(site.some_of(CHANGES), seconds=seconds)
        with contextlib.suppress(AssertionError):  # so far as they come; what is left ends without faults
            wait_for(lambda: trouble.enough(3 * done.count), seconds=seconds, what="mail tried under faults")
    sink.clear_behaviour()
    waits = still_waiting()
    ended = clock.until_everything_ended(at_most=GIVEN_UP_AFTER)
    verdict = judge(sink, folks, done)
    counted = {"changes": done.count, "kills": workforce.kills, "troubles": trouble.met}
    return outcomes(done, verdict, late(waits), counted, rolled_back) if ended else [never(verdict)]


def prepare(site: DrillSite) -> list[Folk]:
    """Requests of States, with people to tell; nothing waits any more, and what was told until now is forgotten."""
    states = sorted(code for code, state in all_names().items() if not state.invented)
    folks = world(states[: max(LEAST_STATES, round(STATES * site.scale))], OFFICERS)
    services.dispatch()
    with transaction() as session:
        session.execute(sa.delete(Delivery))
    return folks


def roll_back(folk: Folk, count: int) -> int:
    """Acts that come to nothing at the very end must tell nobody; how many of them left anything."""
    before, left = _left(), 0
    for number in range(count):
        with contextlib.suppress(ZeroDivisionError), transaction():
            write_message(folk.case.public_id, actor=folk.people["officer"].actor, body=f"{CANARY} {number}")
            raise ZeroDivisionError
        left += _left() != before
    services.dispatch()
    return left + (_left() != before)


def _left() -> tuple[Any, Any]:
    counts = [db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in (Event, Delivery)]
    db.session.rollback()
    return counts[0], counts[1]


def still_waiting() -> list[Waits]:
    """What has not ended when the faults stop. What was never refused has two minutes, the rest two more than its own
    next step; what stands behind an earlier mail waits at most ten minutes for it."""
    db.session.rollback()
    present = now.now()
    rows = db.session.scalars(
        sa.select(D).where(D.channel == Channel.EMAIL, D.status.in_((*UNDER_WAY, Status.UNCERTAIN))).order_by(D.id)
    ).all()
    waits, seen = [], set()
    for row in rows:
        line = (row.recipient_key, row.subject_key)
        until = max(present, row.due_at)
        if row.status != Status.PENDING:  # a worker may have been killed while it was being sent
            until = max(until, present + UNCERTAIN_WAIT)
        if line in seen:
            until = max(until, present + HOLDS_OTHERS)
        seen.add(line)
        waits.append(Waits(row.id, until + ENDED_WITHIN))
    db.session.rollback()
    return waits


def late(waits: list[Waits]) -> list[Any]:
    """What ended later than it had to."""
    sent = dict(db.session.execute(sa.select(D.id, D.sent_at)).all())
    db.session.rollback()
    found = [(one, sent[one.delivery_id]) for one in waits]
    return [(one, at) for one, at in found if at is not None and at > one.until]


def outcomes(done: Done, verdict: Verdict, late: list[Any], counted: dict[str, int], rolled_back: int) -> list[Outcome]:
    """One line for each of the three promises."""
    found = {name: len(each) if isinstance(each, list) else each for name, each in asdict(verdict).items()}
    counts = found | counted | {"late": len(late), "refused": len(done.refused)}
    problems = [*done.refused, *verdict.unmatched, *verdict.lost, *verdict.stuck]
    whole = bool(verdict.expected) and not problems and not done.unmeant and counted["troubles"] > 0
    astray = [*verdict.strangers, *verdict.out_of_order, *verdict.canaries]
    g1 = (
        "{changes} changes over HTTP, {expected} to be told by 2 channels ({inapp} in the application), {kills} kills, "
        "{troubles} times trouble with mail: {lost} lost, {stuck} stuck, {unmatched} requests whose record differs, "
        "{refused} acts not taken, {unmeant} answers 5xx but 503, {late} later than due"
    )
    g2 = "{arrived} mails arrived, {twice} twice without doubt, {uncertain} uncertain and sent once more, "
    g3 = "{canaries} canaries, {strangers} to strangers, {out_of_order} out of order, "
    words = counts | {"unmeant": len(done.unmeant)}
    return [
        Outcome(
            "G1",
            g1.format(**words) + _first([*problems, *done.unmeant, *late]),
            "0 lost, 0 stuck, ended 2 min after the faults or after its own next step",
            whole and not late,
            late=whole,
            counts=counts,
        ),
        Outcome(
            "G2",
            g2.format(**words) + f"{verdict.ended_badly} refused for good" + _first(verdict.twice),
            "0 twice",
            bool(verdict.arrived) and not verdict.twice,
            counts=counts,
        ),
        Outcome(
            "G3",
            g3.format(**words) + f"{rolled_back} forced rollbacks that told somebody" + _first(astray),
            "0 of each",
            bool(verdict.arrived) and not astray and not rolled_back,
            counts=counts,
        ),
    ]


def never(verdict: Verdict) -> Outcome:
    """Something was still on its way days after the faults."""
    return Outcome("G1", f"never ended: {verdict.stuck[:3]}", "all ended", False)


def _first(problems: list[Any]) -> str:
    return f": {problems[0]}"[:300] if problems else ""


DRILLS = [Drill(("G1", "G2", "G3"), run, wakes=True, small=0.005)]
