"""The life of a delivery: what each outcome of a try leads to. Pure, knows no database.

    pending → claimed → sending → sent | pending again | bounced | failed | suppressed | uncertain

`sending` is committed just before MAIL FROM: a worker that dies earlier has sent nothing, one that dies
later may have sent, so its delivery becomes `uncertain` and is sent once more with the same Message-ID.
"""

import enum
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tracker.languages.marking import N_


class Status(enum.StrEnum):
    """Where one notification to one recipient by one channel stands."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    BOUNCED = "bounced"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    UNCERTAIN = "uncertain"


STATUS_LABELS: dict[Status, str] = {
    Status.PENDING: N_("Waiting"),
    Status.CLAIMED: N_("Taken by a worker"),
    Status.SENDING: N_("Being sent"),
    Status.SENT: N_("Sent"),
    Status.BOUNCED: N_("Refused by the recipient's server"),
    Status.FAILED: N_("Failed"),
    Status.SUPPRESSED: N_("Not sent on purpose"),
    Status.UNCERTAIN: N_("Perhaps sent"),
}
UNDER_WAY = (Status.PENDING, Status.CLAIMED, Status.SENDING)
ENDED = (Status.SENT, Status.BOUNCED, Status.FAILED, Status.SUPPRESSED)
# What an officer can send again with a button.
REPEATABLE = (Status.BOUNCED, Status.FAILED, Status.UNCERTAIN)


class Channel(enum.StrEnum):
    """By which channel a person is told."""

    INAPP = "inapp"
    EMAIL = "email"


class Side(enum.StrEnum):
    """On whose side somebody is told; it decides the words, the reference and the page that the link opens."""

    STATE = "state"
    STAFF = "staff"
    DONOR = "donor"
    ADDRESS = "address"  # an organisation's official address
    SELF = "self"  # the person whom it is about


class Cadence(enum.StrEnum):
    """How often a person wants mail about a kind of event."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


CADENCE_LABELS: dict[Cadence, str] = {
    Cadence.AT_ONCE: N_("At once"),
    Cadence.DAILY: N_("Once a day"),
    Cadence.WEEKLY: N_("Once a week"),
    Cadence.NONE: N_("No e-mail"),
}

# After a temporary refusal (4xx). The last wait is followed by one more try, then the delivery has failed.
BACK_OFF = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=72),
)
# While the mail server cannot be reached nothing is the delivery's fault: it waits, and never fails for it.
UNREACHABLE_WAIT = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 900))
UNCERTAIN_WAIT = timedelta(minutes=10)
HOLDS_OTHERS = timedelta(hours=1)
"""How long a delivery that was refused keeps later ones of the same recipient and subject waiting."""

CLAIM_AT_ONCE = 50
DEFAULT_TIMEOUT = 10.0
"""Seconds the mail server has for one answer, unless SMTP_URL says `?timeout=`."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Times of one installation, in seconds, all from the time-out of one SMTP answer.

    A message is four answers (MAIL, RCPT, DATA, the final dot), so a lease of five outlasts it, and each
    fence renews it; a worker takes up no new message after half a lease and hands the rest back.
    """

    timeout: float = DEFAULT_TIMEOUT

    @property
    def lease(self) -> timedelta:
        return timedelta(seconds=self.timeout * 5)

    @property
    def patience(self) -> float:
        """Seconds after which a task takes up no further message."""
        return self.timeout * 2.5


class Kind(enum.StrEnum):
    """The outcome of one attempt to send."""

    SENT = "sent"
    DEFERRED = "deferred"  # 4xx: later
    UNREACHABLE = "unreachable"  # no connection, or lost before the text was handed over
    BOUNCED = "bounced"  # 5xx on the recipient
    REFUSED = "refused"  # 5xx on anything else
    CUT = "cut"  # lost after the text was handed over: perhaps sent
    SUPPRESSED = "suppressed"  # no longer wanted, or no longer the recipient's to know
    BROKEN = "broken"  # the message could not be made


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one try, with a reason for staff (never the text of a message)."""

    kind: Kind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What the next state depends on: tries so far, whether it was uncertain before, and since when it has been
    waiting for an absent server."""

    attempts: int = 0
    uncertain_count: int = 0
    holds_until: datetime | None = None
    unreachable_at: datetime | None = None


def after(trial: Trial, result: Result, at: datetime) -> dict[str, Any]:
    """The columns to write when a try of a delivery ended with `result` at the moment `at`."""
    values: dict[str, Any] = {
        "attempts": trial.attempts + 1,
        "last_error": result.reason[:300] or None,
        "lease_until": None,
        "unreachable_at": None,
    }
    match result.kind:
        case Kind.SENT:
            return values | {"status": Status.SENT, "sent_at": at, "token": None}
        case Kind.BOUNCED:
            return values | {"status": Status.BOUNCED, "token": None}
        case Kind.REFUSED:
            return values | {"status": Status.FAILED, "token": None}
        case Kind.SUPPRESSED:
            return values | {"status": Status.SUPPRESSED, "token": None}
        case Kind.CUT:
            return values | perhaps_sent(trial, at)
        case Kind.UNREACHABLE:
            wait = UNREACHABLE_WAIT[min(trial.attempts, len(UNREACHABLE_WAIT) - 1)]
            return values | _again(trial, at + wait) | {"unreachable_at": trial.unreachable_at or at}
    if trial.attempts >= len(BACK_OFF):
        return values | {"status": Status.FAILED, "token": None}
    held = replace(trial, holds_until=trial.holds_until or at + HOLDS_OTHERS)
    return values | _again(held, at + BACK_OFF[trial.attempts])


def perhaps_sent(trial: Trial, at: datetime) -> dict[str, Any]:
    """Uncertain the first time, to be sent once more; failed the second time. The token stays: who held
    it may still come back and say that the message did go out."""
    if trial.uncertain_count:
        return {"status": Status.FAILED, "lease_until": None, "uncertain_count": trial.uncertain_count + 1}
    return {
        "status": Status.UNCERTAIN,
        "due_at": at + UNCERTAIN_WAIT,
        "uncertain_count": 1,
        "lease_until": None,
    }


def _again(trial: Trial, due_at: datetime) -> dict[str, Any]:
    return {"status": Status.PENDING, "due_at": due_at, "token": None, "holds_until": trial.holds_until}
