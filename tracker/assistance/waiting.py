"""Who waits for whom with a request, since when and until when: the facts behind every sentence about it, for the
State and for the office alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.assistance.clocks import Reading
from tracker.assistance.lifecycle import WAITING_FOR, Status, WaitingFor
from tracker.assistance.message_kinds import Side
from tracker.calendar.now import now, today
from tracker.calendar.working_days import day_of


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Since when messages wait for an answer of the office, and of the State; None while none does."""

    by_office: datetime | None = None
    by_state: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who has to act next, since when, and until when where a clock runs for it; and which messages wait beside it."""

    waiting_for: WaitingFor
    since: datetime
    until: datetime | None = None
    unanswered: Unanswered = Unanswered()

    @property
    def late(self) -> bool:
        """Whether `until` has passed."""
        return self.until is not None and self.until < now()


_TIMED = (Status.AWAITING_AUTHORISATION, Status.SUBMITTED, Status.IN_REVIEW, Status.CLARIFICATION)
"""Statuses in which `due_at` is a deadline of whoever has to act next."""


def waiting(
    row: Any,
    *,
    unconfirmed_since: datetime | None = None,
    prepared: Any = None,
    handed_over: bool = False,
    unanswered: Unanswered = Unanswered(),
) -> Waiting:
    """Who waits for whom with a request, given as its row or as a line of a list; since when is when the side that has
    to act began to have to, whoever of it holds the request. `unconfirmed_since` is when the result of the first
    activity was recorded that the State has not confirmed; `prepared` the decision that waits for a signature (for the
    office only); `handed_over` says that the answers wait for the authority (for the State only);
    `unanswered` messages are what is waited for where nothing else is."""
    status = Status(row.status)
    if prepared is not None:
        amends = prepared.amends_id is not None  # of which the State knows nothing: only the office waits
        return Waiting(WaitingFor.SIGNATURE, prepared.prepared_at if amends else row.waits_since, unanswered=unanswered)
    who = next_to_act(status, unconfirmed=unconfirmed_since is not None, handed_over=handed_over)
    if who is WaitingFor.CONFIRMATION and unconfirmed_since is not None:
        return Waiting(who, unconfirmed_since, unanswered=unanswered)
    if who is WaitingFor.NOBODY and unanswered.by_office is not None:
        return Waiting(WaitingFor.REPLY, unanswered.by_office)
    if who is WaitingFor.NOBODY and unanswered.by_state is not None:
        return Waiting(WaitingFor.STATE_REPLY, unanswered.by_state)
    since = row.updated_at if status is Status.DRAFT else row.waits_since
    return Waiting(who, since, row.due_at if status in _TIMED else None, unanswered)


def next_to_act(status: Status, *, unconfirmed: bool = False, handed_over: bool = False) -> WaitingFor:
    """Who has to act next in a status; `unconfirmed`: something was delivered that the State has not confirmed."""
    if status is Status.IN_IMPLEMENTATION and unconfirmed:
        return WaitingFor.CONFIRMATION
    if status is Status.CLARIFICATION and handed_over:
        return WaitingFor.RELEASE
    return WAITING_FOR[status]


def unconfirmed(activities: Iterable[Any]) -> list[Any]:
    """Activities that were delivered and that the State has not confirmed."""
    return [activity for activity in activities if activity.delivered_on and not activity.confirmed_at]


def unconfirmed_since(activities: Iterable[Any]) -> datetime | None:
    """When the first unconfirmed activity was recorded; None when there is none."""
    return min((row.recorded_at for row in unconfirmed(activities) if row.recorded_at), default=None)


def unanswered_of(messages: Iterable[Any]) -> Unanswered:
    """Since when the messages that wait for an answer wait, by who owes it. `messages` are those that do."""
    oldest: dict[str, datetime] = {}
    for row in messages:
        oldest[row.owed_by] = min(row.written_at, oldest.get(row.owed_by, row.written_at))
    return Unanswered(oldest.get(Side.OFFICE), oldest.get(Side.STATE))


def coming(activities: Iterable[Any]) -> Any:
    """The next activity that is planned and not delivered yet; None when there is none."""
    planned = [activity for activity in activities if activity.planned_on and not activity.delivered_on]
    return min(planned, key=lambda activity: (activity.planned_on, activity.title), default=None)


def passed(activity: Any) -> bool:
    """Whether the day for which an activity was planned is over and nothing of it is recorded."""
    return activity.planned_on is not None and activity.delivered_on is None and activity.planned_on < today()


def submitted_on(assistance_request: Any) -> date | None:
    """The day in Vienna on which the request was submitted; None while it is, or is again, with its State."""
    with_its_state = assistance_request.status in (Status.DRAFT, Status.AWAITING_AUTHORISATION)
    at = assistance_request.submitted_at
    return None if at is None or with_its_state else day_of(at)


def second_look_until(assistance_request: Any, readings: Mapping[str, Reading]) -> date | None:
    """Until when the State can ask for a second look at a declined request; None when it cannot any more."""
    reading = readings.get("reopen")
    if assistance_request.reopened_at is not None or reading is None or reading.state != "running":
        return None
    return reading.due_on
