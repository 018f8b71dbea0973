"""Who waits for whom with a request, since when and until when: the facts behind every sentence about it, for the
State and for the office alike."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.assistance.clocks import Reading
from tracker.assistance.lifecycle import CLOSED, Status
from tracker.calendar.now import now


class Turn(enum.StrEnum):
    """Who has to act next."""

    DRAFTER = "drafter"
    AUTHORITY = "authority"
    ANSWERS = "answers"  # the State, which was asked
    CONFIRMATION = "confirmation"  # the State, of something that was delivered
    OFFICE = "office"
    SIGNATURE = "signature"  # a manager, of what an officer prepared; the State does not learn of it
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose turn it is, since when, and until when where a clock runs for it."""

    turn: Turn
    since: datetime
    until: datetime | None = None

    @property
    def late(self) -> bool:
        """Whether the day has passed."""
        return self.until is not None and self.until < now()


TURNS = {
    Status.DRAFT: Turn.DRAFTER,
    Status.AWAITING_AUTHORISATION: Turn.AUTHORITY,
    Status.SUBMITTED: Turn.OFFICE,
    Status.IN_REVIEW: Turn.OFFICE,
    Status.CLARIFICATION: Turn.ANSWERS,
    Status.ACCEPTED: Turn.OFFICE,
    Status.IN_IMPLEMENTATION: Turn.OFFICE,
    **dict.fromkeys(CLOSED, Turn.NOBODY),
}
_TIMED = (Status.SUBMITTED, Status.IN_REVIEW, Status.CLARIFICATION)
"""Where `due_at` is a deadline of whoever has the turn."""


def waiting(row: Any, *, unconfirmed_since: datetime | None = None, prepared: Any = None) -> Waiting:
    """The facts of a request or a line of a list. `unconfirmed_since` is when the first delivery was recorded that
    the State has not confirmed; `prepared` the decision that waits for a signature (for the office only)."""
    status = Status(row.status)
    if prepared is not None:
        return Waiting(Turn.SIGNATURE, prepared.prepared_at)
    if status is Status.IN_IMPLEMENTATION and unconfirmed_since is not None:
        return Waiting(Turn.CONFIRMATION, unconfirmed_since)
    since = row.updated_at if status is Status.DRAFT else row.status_since
    return Waiting(TURNS[status], since, row.due_at if status in _TIMED else None)


def unconfirmed(activities: Iterable[Any]) -> list[Any]:
    """What was delivered and waits for the State's word."""
    return [activity for activity in activities if activity.delivered_on and not activity.confirmed_at]


def unconfirmed_since(activities: Iterable[Any]) -> datetime | None:
    """When the first of them was recorded."""
    return min((row.recorded_at for row in unconfirmed(activities) if row.recorded_at), default=None)


def coming(activities: Iterable[Any]) -> Any:
    """The next activity that is planned and not delivered yet; None when there is none."""
    planned = [activity for activity in activities if activity.planned_on and not activity.delivered_on]
    return min(planned, key=lambda activity: (activity.planned_on, activity.title), default=None)


def second_look_until(assistance_request: Any, readings: Mapping[str, Reading]) -> date | None:
    """Until when the State can ask for a second look at a declined request; None when it cannot any more."""
    reading = readings.get("reopen")
    if assistance_request.reopened_at is not None or reading is None or reading.state != "running":
        return None
    return reading.due_on
