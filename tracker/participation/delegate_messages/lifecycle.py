"""How much is written at once, and how often. Pure."""

from datetime import timedelta

LONGEST = 2_000
"""How many characters a message has at most."""
MOST_PER_HOUR = 10
"""How many messages an hour come by one link; the delegate's and the helper's are counted apart."""
HOUR = timedelta(hours=1)
