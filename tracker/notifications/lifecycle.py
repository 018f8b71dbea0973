"""The life of a delivery: what each outcome of a try leads to. Pure, knows no database.

    pending → claimed → sending → sent | pending again | bounced | failed | suppressed | uncertain

`sending` is committed just before MAIL FROM: a worker that dies earlier has sent nothing, one that dies
later may have sent, so its delivery becomes `uncertain` and is sent once more with the same Message-ID.
"""

import enum
from dataclasses import dataclass
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


class Turn(enum.IntEnum):
    """In which turn somebody is told: those behind come when nobody of those before them could be reached."""

    FIRST = 1
    GROUP = 2  # the colleagues of somebody who was named
    ADDRESS = 3  # the organisation's official address


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

# After the recipient's server refused for now (4xx), or broke off or hung after its greeting. The last wait is followed
# by one more try, then the delivery has failed.
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
# While nobody greets at the mail server nothing is the delivery's fault: it waits, and never fails for it.
UNREACHABLE_WAIT = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 900))
UNCERTAIN_WAIT = timedelta(minutes=10)
HOLDS_OTHERS = timedelta(minutes=10)
"""How long a delivery that did not get through keeps later ones of the same recipient and subject waiting."""

CLAIM_LOST_WAIT = timedelta(seconds=30)
SUSPECTED_AFTER, GIVEN_UP_AFTER = 3, 20
"""Claims lost with their worker: from then on it is tried alone, so that it costs nobody else; and then never again."""

CLAIM_AT_ONCE = 10
"""One mail takes some 30 ms: with many more to a claim the last would wait for one sender while others stand idle."""
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

    @property
    def prompt(self) -> float:
        """Seconds within which a server that can answer for a recipient does so; beyond them others are let past."""
        return max(self.timeout / 10, 0.5)


class Kind(enum.StrEnum):
    """The outcome of one attempt to send."""

    SENT = "sent"
    DEFERRED = "deferred"  # 4xx: later
    BROKEN_OFF = "broken_off"  # after the greeting, before the text was handed over: no answer, or no connection
    UNREACHABLE = "unreachable"  # nobody greeted
    BOUNCED = "bounced"  # 5xx on the recipient
    REFUSED = "refused"  # 5xx on anything else
    CUT = "cut"  # lost after the text was handed over: perhaps sent
    ASIDE = "aside"  # slow while another slow one is waited for: its turn comes when it can be tried alone
    UNMAILABLE = "unmailable"  # nobody can send it: no such address, or letters that the mail server does not take
    SUPPRESSED = "suppressed"  # no longer wanted, or no longer the recipient's to know
    BROKEN = "broken"  # the message could not be made


ANSWERS = (Kind.SENT, Kind.DEFERRED, Kind.BOUNCED, Kind.REFUSED)
GREETED = (*ANSWERS, Kind.BROKEN_OFF, Kind.CUT, Kind.ASIDE)


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one try, with a reason for staff (never the text of a message); `hung` when there was no answer
    about this recipient in time."""

    kind: Kind
    reason: str = ""
    hung: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What the next state depends on. Two counters never mix: how often this delivery was refused, and how often
    nobody greeted at the mail server, since when."""

    refusals: int = 0
    away_count: int = 0
    uncertain_count: int = 0
    holds_until: datetime | None = None
    unreachable_at: datetime | None = None


def after(trial: Trial, result: Result, at: datetime) -> dict[str, Any]:
    """The columns to write when a try of a delivery ended with `result` at the moment `at`."""
    values: dict[str, Any] = {
        "last_error": result.reason[:300] or None,
        "lease_until": None,
        "unreachable_at": None,
        "away_count": 0,
    }
    match result.kind:
        case Kind.SENT:
            return values | {"status": Status.SENT, "sent_at": at, "token": None}
        case Kind.SUPPRESSED:
            return values | {"status": Status.SUPPRESSED, "token": None}
        case Kind.UNMAILABLE:
            return values | {"status": Status.FAILED, "token": None}
        case Kind.CUT:
            return values | perhaps_sent(trial, at)
        case Kind.UNREACHABLE:
            return values | _server_away(trial, at)
        case Kind.ASIDE:
            return values | _again(trial, at, holding=at + HOLDS_OTHERS)
    return values | _refused(trial, result.kind, at)


def _server_away(trial: Trial, at: datetime) -> dict[str, Any]:
    wait = UNREACHABLE_WAIT[min(trial.away_count, len(UNREACHABLE_WAIT) - 1)]
    waiting = {"unreachable_at": trial.unreachable_at or at, "away_count": trial.away_count + 1}
    return _again(trial, at + wait) | waiting


def _refused(trial: Trial, kind: Kind, at: datetime) -> dict[str, Any]:
    values = {"refusals": trial.refusals + 1}
    if kind is Kind.BOUNCED:
        return values | {"status": Status.BOUNCED, "token": None}
    if kind is Kind.REFUSED or trial.refusals >= len(BACK_OFF):
        return values | {"status": Status.FAILED, "token": None}
    return values | _again(trial, at + BACK_OFF[trial.refusals], holding=at + HOLDS_OTHERS)


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


def claim_lost(trial: Trial, lost_claims: int, at: datetime) -> dict[str, Any]:
    """A worker went away before it handed anything over: due at once, and a little later when it is not the first."""
    values: dict[str, Any] = {"lease_until": None, "lost_claims": lost_claims + 1}
    if lost_claims + 1 >= GIVEN_UP_AFTER:
        return values | {"status": Status.FAILED, "token": None}
    return values | _again(trial, at + CLAIM_LOST_WAIT if lost_claims else at, holding=at + HOLDS_OTHERS)


def _again(trial: Trial, due_at: datetime, *, holding: datetime | None = None) -> dict[str, Any]:
    holds_until = trial.holds_until or holding
    return {"status": Status.PENDING, "due_at": due_at, "token": None, "holds_until": holds_until}
