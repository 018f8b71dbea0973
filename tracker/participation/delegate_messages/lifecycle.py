"""How much is written at once, and how often; to whom. Pure."""

from datetime import timedelta

from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.lifecycle import ON_THE_WAY

LONGEST = 2_000
"""How many characters a message has at most."""
MOST_PER_HOUR = 10
"""How many messages an hour come by one link; the delegate's and the helper's are counted apart."""
HOUR = timedelta(hours=1)
WRITTEN_TO = (*ON_THE_WAY, SeatStatus.NO_SHOW, SeatStatus.SETTLED)
"""Where a seat stands whose person can be written to, and waits for an answer; of a settled one as long as the texts
are there."""
