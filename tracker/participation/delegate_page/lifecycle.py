"""How long a code and an opening hold, and how often one may try. Pure."""

import enum
from datetime import timedelta

CODE_HOLDS = timedelta(minutes=15)
CODE_TRIES = 5
CODES_PER_HOUR = 5
CODES_PER_DAY = 15
"""How many codes one link sends in an hour, and in 24 hours; whoever has the link alone can try no more than these."""
OPENING_HOLDS = timedelta(hours=2)
"""How long a page stays open without a press."""
OPENING_TOUCH = timedelta(minutes=1)
"""A press is written down when the last one that was is older than this."""
HELPERS_PER_DAY = 5
"""How many helpers may be named for one person within a day; each gets a mail."""


class LinkKind(enum.StrEnum):
    """Whose page a link leads to: the delegate's own, or the one of the helper whom the delegate named."""

    OWN = "own"
    HELPER = "helper"
