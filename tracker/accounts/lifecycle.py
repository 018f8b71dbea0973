"""Pure rules of signing in: how long links and sessions last, what a password must be, how long a throttled person
waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

INVITATION_HOLDS = timedelta(days=14)
RESET_HOLDS = timedelta(hours=1)
SESSION_IDLE = timedelta(days=7)
SESSION_HOLDS = timedelta(days=30)
SESSION_KEPT = timedelta(days=90)
SESSION_REMEMBERED = timedelta(days=1)
"""How long after its end a form that is still sent is known to be of its person."""
SESSION_TOUCH = timedelta(minutes=1)

CODE_HOLDS = timedelta(minutes=15)
CODE_DIGITS = 6
CODE_TRIES = 5
CODES_PER_HOUR = 5
"""How many codes an hour are sent to one person; whoever has stolen the password can try no more than these."""

PASSWORD_MINIMUM = 12
PASSWORD_MAXIMUM = 128
LONGEST_PASSWORD_KEPT = 200
"""What was taken once still opens the door; of what is longer the rest is not looked at."""

# Failures are counted within this window, and a browser's address counts as known to a person for that long.
FAILURES_COUNT_FOR = timedelta(days=1)
ADDRESS_KNOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Failures:
    """What went wrong within the window: how often, and when last."""

    count: int = 0
    last: datetime | None = None


def delay_after(failures: int, *, free: int, longest: timedelta) -> timedelta:
    """No delay for the first `free` failures, then 2, 4, 8 … seconds up to `longest`."""
    beyond = failures - free
    if beyond <= 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(beyond, 20)), longest)


def wait_until(*, here: Failures, person: Failures, network: Failures, known_here: bool) -> datetime | None:
    """From when a password alone is enough again, or None for at once; until then a right one leads to a code by mail,
    so that nobody can keep a person out.

    `here` are failures for this e-mail from this network address, `person` those for this e-mail from anywhere,
    `network` those from this address for anybody: a mission behind one address has many people, so the first thirty
    are free. Where the person has come in from before only the failures for their own e-mail from there count.
    """
    ends = [
        failures.last + delay
        for failures, delay in (
            (here, delay_after(here.count, free=4, longest=timedelta(minutes=15))),
            (person, timedelta(0) if known_here else delay_after(person.count, free=9, longest=timedelta(minutes=15))),
            (
                network,
                timedelta(0) if known_here else delay_after(network.count, free=29, longest=timedelta(minutes=5)),
            ),
        )
        if failures.last is not None and delay
    ]
    return max(ends, default=None)
