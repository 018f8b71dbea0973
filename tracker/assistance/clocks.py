"""The clocks of a request: working days in Vienna by dated rules. The stored due moment is the truth; lateness is
computed. Every function writes and must be called inside a verb."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest, Clock
from tracker.calendar import working_days
from tracker.calendar.now import now, today
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import N_, lazy
from tracker.reference.lifecycle import OFFERED, REQUEST_CLOCKS
from tracker.reference.models import ClockRule, Holiday
from tracker.reference.queries import row_in_force
from tracker.rights.actor import Actor

COUNTING = N_("Days count from Monday to Friday in Vienna, without the office's holidays.")


def follow(assistance_request: AssistanceRequest, action: Action, *, actor: Actor) -> None:
    """Stop, pause, resume and start what an action on the request does to its clocks, by the table of clocks."""
    for name, clock in REQUEST_CLOCKS.items():
        if action in clock.stops:
            stop(assistance_request, name)
        if action in clock.pauses:
            pause(assistance_request, name, actor=actor)
        if action in clock.resumes:
            resume(assistance_request, name)
        if action in clock.starts and not (clock.once and _had(assistance_request, name)):
            start(assistance_request, name)


def _had(assistance_request: AssistanceRequest, name: str) -> bool:
    found = sa.select(Clock.id).where(Clock.request_id == assistance_request.id, Clock.name == name).limit(1)
    return db.session.scalar(found) is not None


def start(assistance_request: AssistanceRequest, name: str) -> Clock:
    """Start the clock `name` by the rule in force today; a running one of the same name goes on as it is."""
    running = _running(assistance_request, name)
    if running is not None:
        return running
    at, rule = now(), rule_in_force(name, today())
    clock = Clock(
        request_id=assistance_request.id,
        name=name,
        working_days=rule.working_days,
        rule_id=rule.id,
        started_at=at,
        due_at=working_days.add(at, rule.working_days, holidays()),
    )
    db.session.add(clock)
    _set_due(assistance_request)
    return clock


def pause(assistance_request: AssistanceRequest, name: str, *, actor: Actor) -> None:
    """Let the clock stand still, remembering the working days that are left and who caused it."""
    clock = _running(assistance_request, name)
    if clock is None or clock.due_at is None:
        return
    clock.days_left = working_days.between(today(), clock.due_at, holidays())
    clock.paused_at = now()
    clock.paused_by_id = actor.person_id
    clock.due_at = None
    _set_due(assistance_request)


def resume(assistance_request: AssistanceRequest, name: str) -> None:
    """Let a paused clock go on with the working days that were left, from tomorrow."""
    clock = _running(assistance_request, name)
    if clock is None or clock.due_at is not None:
        return
    clock.due_at = working_days.add(now(), clock.days_left or 0, holidays())
    clock.days_left = clock.paused_at = clock.paused_by_id = None
    _set_due(assistance_request)


def stop(assistance_request: AssistanceRequest, name: str) -> None:
    """End the clock; `met` says whether what it waited for came in time (a paused clock was never late)."""
    clock = _running(assistance_request, name)
    if clock is None:
        return
    clock.stopped_at = now()
    clock.met = clock.due_at is None or clock.stopped_at <= clock.due_at
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
    earliest = sa.select(sa.func.min(Clock.due_at)).where(
        Clock.request_id == assistance_request.id, Clock.stopped_at.is_(None), Clock.name.not_in(OFFERED)
    )
    assistance_request.due_at = db.session.scalar(earliest)
    db.session.flush()


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
    free = holidays()
    clocks = db.session.scalars(
        sa.select(Clock).where(Clock.name == name, Clock.stopped_at.is_(None), Clock.rule_id != rule.id)
    ).all()
    for clock in clocks:
        more = rule.working_days - clock.working_days
        if clock.due_at is not None and clock.due_before is None:  # a day that was given stays
            clock.due_at = _moved(clock.due_at, more, free)
        elif clock.due_at is None:
            clock.days_left = (clock.days_left or 0) + more
        clock.working_days, clock.rule_id = rule.working_days, rule.id
        _set_due(db.session.get_one(AssistanceRequest, clock.request_id))
    return len(clocks)


def holidays_changed(before: Collection[date]) -> int:
    """Move running deadlines so that the working days left stay what they were with the holidays `before`."""
    free, day = holidays(), today()
    moved = 0
    clocks = db.session.scalars(
        sa.select(Clock).where(Clock.stopped_at.is_(None), Clock.due_before.is_(None), Clock.due_at > now())
    ).all()
    for clock in clocks:
        left = working_days.between(day, clock.due_at or now(), before)
        due_at = working_days.end_of(working_days.add(day, left, free))
        if due_at != clock.due_at:
            clock.due_at, moved = due_at, moved + 1
            _set_due(db.session.get_one(AssistanceRequest, clock.request_id))
    return moved


def _moved(due_at: datetime, more: int, free: Collection[date]) -> datetime:
    return working_days.add(due_at, more, free) if more else due_at


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as pages show it: running, late, paused or done; `days` are working days left, over or used. `due_before`
    is the day on which it was due before the office gave more time."""

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


def read(clock: Clock, free: Collection[date]) -> Reading:
    """What `clock` says now, with the holidays `free`."""
    total = clock.working_days
    if clock.stopped_at is not None:
        used = max(working_days.between(clock.started_at, clock.stopped_at, free), 0)
        return Reading(clock.name, "done", used, total, None, used)
    if clock.due_at is None:
        left = clock.days_left or 0
        return Reading(clock.name, "paused", left, total, None, total - left)
    due_on = working_days.day_of(clock.due_at)
    left = working_days.between(today(), due_on, free)
    used = total - left if clock.due_before is None else working_days.between(clock.started_at, today(), free)
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
