"""What every act of settling does: facts for the rules, names in sentences, one event for each request."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tracker import events
from tracker.languages.marking import lazy, one_text
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.settling.policies import SettleFacts
from tracker.participation.settling.queries import Settling
from tracker.rights.actor import Actor


def facts_of(one: Settling) -> SettleFacts:
    """What the rules ask of a seat."""
    kept = one.settlement
    outdated = kept is not None and kept.state_bears != one.state_bears
    entered_by_id = kept.entered_by_id if kept else None
    since = outdated, bool(one.changes)
    waits = one.bearer_is_open, one.claim_waits
    return SettleFacts(SeatStatus(one.seat.status), one.is_open, entered_by_id, *since, *waits)


def name_of(one: Settling) -> Any:
    """A seat as sentences name it: whose it is, and of which request."""
    return lazy("%(name)s (%(reference)s)", name=one.name or f"#{one.seat.number}", reference=one.request.reference)


def names_of(seats: Iterable[Settling]) -> Any:
    """Several seats in one text."""
    return one_text(name_of(one) for one in seats)


def record(name: str, seats: Iterable[Settling], actor: Actor, **data: Any) -> None:
    """One event for each request, naming its seats and who sits in them."""
    by_request: dict[int, list[Settling]] = defaultdict(list)
    for one in seats:
        by_request[one.request.id].append(one)
    for rows in by_request.values():
        seat_ids, delegate_ids = [one.seat.id for one in rows], [one.person.id for one in rows]
        events.record(name, rows[0].request, actor=actor, seat_ids=seat_ids, delegate_ids=delegate_ids, **data)
