"""Who changes a promise, and while the pledge stands where."""

from typing import Any

from tracker.errors import Conflict
from tracker.languages.marking import lazy
from tracker.pledges import policies
from tracker.pledges.actions import Action
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts.lifecycle import SPEAKERS

BY_BOTH: dict[str, Any] = {
    "proposers": ("donor_officer", "programme_manager"),
    "confirmers": tuple(SPEAKERS.values()),
    "of_both": True,
}
"""Who proposes what changes a promise, and who answers it."""


def must_stand(pledge: Pledge, action: Action) -> None:
    """Raise Conflict when the promise cannot be changed so while the pledge stands where it is."""
    if pledge.status not in policies.STANDS_FOR[action]:
        raise Conflict(lazy("Not possible while the pledge stands where it is now."))
