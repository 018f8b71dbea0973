"""Somebody of a State opens a request about which no letter had reached them: that is how the State was reached."""

from typing import Any

import structlog

from tracker.assistance.lifecycle import Status
from tracker.assistance.reaching import services as reaching
from tracker.database.writers import unless_busy
from tracker.rights.actor import Actor

log = structlog.get_logger()


def reached_by_opening(found: Any, parts: Any, actor: Actor) -> bool:
    """Whether `actor` is the first of the State to learn of what waits, which is written down. The page is shown even
    where that cannot be written: whoever opens it next is the first."""
    if not actor.is_state or not _unreached(found, parts):
        return False
    request_id, new = found.id, []
    if not unless_busy(lambda: new.append(reaching.reach(request_id, how=reaching.OPENED, actor=actor))):
        log.warning("opening of a request not written", request_id=request_id)
    return any(new)


def _unreached(found: Any, parts: Any) -> bool:
    counts = any(clock.name == "answer" and clock.stopped_at is None for clock in parts.clocks)
    return found.unreached_since is not None or (found.status == Status.CLARIFICATION and not counts)
