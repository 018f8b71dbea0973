"""The clocks of a request: working days in Vienna by dated rules. The stored due moment is the truth; lateness is
computed. Every function writes and must be called inside a verb."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.assistance import clock_steps
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.calendar import working_days
from tracker.calendar.now import now, today
from tracker.database.transactions import update_where
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import N_, lazy
from tracker.reference.lifecycle import OFFERED, REQUEST_CLOCKS
from tracker.reference.models import ClockRule, Holiday
from tracker.reference.queries import row_in_force
from tracker.rights.actor import Actor

CHUNK = 500
COUNTING = N_("Days count from Monday to Friday in Vienna, without the office's holidays.")


def follow(assistance_request: AssistanceRequest, action: Action, *, actor: Actor, at: datetime | None = None) -> None:
    """Stop, pause, resume and start what an action on the request does to its clocks, by the table of clocks. What
    starts has begun `at` a moment that has passed, else now."""
    for name, clock in REQUEST_CLOCKS.items():
        if action in clock.stops:
            stop(assistance_request, name)
        if action in clock.pauses:
            pause(assistance_request, name, actor=actor)
        if action in clock.resumes:
            resume(assistance_request, name)
        if action in clock.starts and not (clock.once and _had(assistance_request, name)):
            start(assistance_request, name, at=at)


def _had(assistance_request: AssistanceRequest, name: str) -> bool:
    found = sa.select(Clock.id).where(Clock.request_id == assistance_request.id, Clock.name == name).limit(1)
    return db.session.scalar(found) is not None


def start(assistance_request: AssistanceRequest, name: str, *, at: datetime | None = None) -> Clock:
    """Start the clock `name` (`at` a moment that has passed, else now) by the rule in force today; a running one of the
    same name goes on as it is."""
    running = _running(assistance_request, name)
    if running is not None:
        return running
    rule = rule_in_force(name, today())
    clock = Clock(
        request_id=assistance_request.id,
        name=name,
        working_days=rule.working_days,
        rule_id=rule.id,
        started_at=at or now(),
        pauses=[],
    )
    clock_steps.start(clock, holidays())
    db.session.add(clock)
    _set_due(assistance_request)
    return clock


def begin_anew(assistance_request: AssistanceRequest, name: str, *, at: datetime) -> None:
    """Let the running clock `name` count from `at`, a later moment than that at which it started."""
    clock = _running(assistance_request, name)
    if clock is None or clock.started_at >= at:
        return
    clock.started_at = at
    clock_steps.start(clock, holidays())
    _set_due(assistance_request)


def pause(assistance_request: AssistanceRequest, name: str, *, actor: Actor) -> None:
    """Let the clock stand still, remembering who caused it."""
    clock = _running(assistance_request, name)
    if clock is None or clock.paused_at is not None:
        return
    clock_steps.stand_still(clock, now(), actor.person_id)
    _set_due(assistance_request)


def resume(assistance_request: AssistanceRequest, name: str) -> None:
    """Let a paused clock go on with the working days that were left, from tomorrow."""
    clock = _running(assistance_request, name)
    if clock is None or clock.paused_at is None:
        return
    clock_steps.go_on(clock, now(), holidays())
    _set_due(assistance_request)


def stop(assistance_request: AssistanceRequest, name: str) -> None:
    """End the clock for good; `met` says whether what it waited for came in time."""
    clock = _running(assistance_request, name)
    if clock is None:
        return
    clock_steps.end(clock, now(), holidays())
    _set_due(assistance_request)


def give_until(assistance_request: AssistanceRequest, name: str, day: date) -> date:
    """Let the running clock `name` end on `day`, which the office gave; gives the day on which it was due before.
    Raises Conflict when no such clock runs."""
    clock = _running(assistance_request, name)
    if clock is None or clock.due_at is None:
        raise Conflict(lazy("The State is not asked for anything any more: there is no time to give."))
    before = working_days.day_of(clock.due_at)
    clock.due_before = clock.due_before or before
    clock.due_at = working_days.end_of(day)
    _set_due(assistance_request)
    return before


def _running(assistance_request: AssistanceRequest, name: str) -> Clock | None:
    return db.session.scalars(
        sa.select(Clock).where(
            Clock.request_id == assistance_request.id, Clock.name == name, Clock.stopped_at.is_(None)
        )
    ).one_or_none()


def _set_due(assistance_request: AssistanceRequest) -> None:
    """Copy the earliest running deadline to the request, where the queue sorts by it."""
    db.session.flush()
    assistance_request.due_at = db.session.scalar(_earliest(assistance_request.id))
    db.session.flush()


def _earliest(request_id: Any) -> Any:
    return sa.select(sa.func.min(Clock.due_at)).where(
        Clock.request_id == request_id, Clock.stopped_at.is_(None), Clock.name.not_in(OFFERED)
    )


def rule_in_force(name: str, day: date) -> ClockRule:
    """The rule for the clock `name` on `day`. Raises Conflict when the office's settings lack one."""
    rule = _rule(name, day)
    if rule is None:
        raise Conflict(lazy("No rule for the clock “%(name)s” is in force: the office must add one.", name=name))
    return rule


def _rule(name: str, day: date) -> ClockRule | None:
    return row_in_force(ClockRule, ClockRule.clock == name, day)


def holidays() -> frozenset[date]:
    """The days that do not count, by the office's table."""
    return frozenset(db.session.scalars(sa.select(Holiday.day).where(Holiday.ended_at.is_(None))))


def rule_changed(name: str) -> int:
    """Give every running clock `name` the days of the rule in force today; says how many clocks moved."""
    rule = _rule(name, today())
    if rule is None:
        return 0
    of_another = sa.select(Clock).where(Clock.name == name, Clock.stopped_at.is_(None), Clock.rule_id != rule.id)
    clocks = db.session.scalars(of_another).all()
    for clock in clocks:
        clock.working_days, clock.rule_id = rule.working_days, rule.id
    _place(clocks)
    return len(clocks)


def foreseen(name: str, days: int) -> tuple[int, int]:
    """How many running deadlines a rule of so many days for the clock `name` would move, and how many of these would
    then be late that are not."""
    running = sa.select(Clock).where(Clock.name == name, Clock.stopped_at.is_(None), Clock.due_at.is_not(None))
    free, moved, late = holidays(), 0, 0
    for clock in db.session.scalars(running.where(Clock.due_before.is_(None))):
        due_at = clock_steps.due_moment(clock, free, days)
        if due_at is not None and due_at != clock.due_at:
            moved += 1
            late += due_at < now() <= (clock.due_at or due_at)
    return moved, late


def holidays_changed() -> int:
    """Count the running clocks anew with the holidays as they are now; says how many deadlines moved. What has stopped
    stays as it was."""
    running = sa.select(Clock).where(Clock.stopped_at.is_(None), Clock.due_at.is_not(None))
    return _place(db.session.scalars(running).all())


def _place(clocks: Iterable[Clock]) -> int:
    """Place the ends of running clocks anew, on their requests too; how many moved."""
    free, moved = holidays(), set()
    for clock in clocks:
        before = clock.due_at
        clock_steps.start(clock, free)
        if clock.due_at != before:
            moved.add(clock.request_id)
    db.session.flush()
    requests = sorted(moved)
    for first in range(0, len(requests), CHUNK):
        earliest = _earliest(AssistanceRequest.id).correlate(AssistanceRequest).scalar_subquery()
        chunk = AssistanceRequest.id.in_(requests[first : first + CHUNK])
        update_where(AssistanceRequest, chunk, due_at=earliest)
    return len(moved)


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as pages show it: running, late, paused, done in time or done late; `days` are working days left, over
    or used. `due_before` is the day on which it was due before the office gave more time."""

    name: str
    state: str
    days: int
    working_days: int
    due_on: date | None
    used: int
    due_before: date | None = None

    @property
    def label(self) -> str:
        return REQUEST_CLOCKS[self.name].label

    @property
    def explanation(self) -> str:
        return REQUEST_CLOCKS[self.name].explanation

    @property
    def stopped(self) -> bool:
        return self.state in ("done", "done_late")


def read(clock: Any, free: Collection[date]) -> Reading:
    """What `clock` says now, with the holidays `free`; one that has stopped says what it said then."""
    total = clock.working_days
    due_on = None if clock.due_at is None else working_days.day_of(clock.due_at)
    if clock.stopped_at is not None:
        state = "done_late" if clock.met is False else "done"
        return Reading(clock.name, state, clock.days_used, total, due_on, clock.days_used, clock.due_before)
    used = clock_steps.days_used(clock, today(), free)
    if due_on is None:
        return Reading(clock.name, "paused", total - used, total, None, used)
    left = working_days.between(today(), due_on, free)
    if now() > clock.due_at:
        return Reading(clock.name, "late", max(-left, 1), total, due_on, used, clock.due_before)
    return Reading(clock.name, "running", left, total, due_on, used, clock.due_before)


def glance(due_at: datetime | None, free: Collection[date], *, name: str = "answer") -> Reading | None:
    """What a due moment alone says, for lists: late or how many working days are left; None when nothing runs."""
    if due_at is None:
        return None
    due_on = working_days.day_of(due_at)
    left = working_days.between(today(), due_on, free)
    if now() > due_at:
        return Reading(name, "late", max(-left, 1), 0, due_on, 0)
    return Reading(name, "running", left, 0, due_on, 0)
