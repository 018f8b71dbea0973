"""The seats of a request on the office's page of it, each with the way to its journey and its settlement."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest
from tracker.participation.offers import queries
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.seats.lifecycle import SeatStatus

_TRAVELS = (SeatStatus.CONFIRMED, SeatStatus.TICKETED, SeatStatus.TRAVELLED, SeatStatus.NO_SHOW, SeatStatus.SETTLED)


def seats_shown(found: AssistanceRequest) -> Mapping[str, Any] | None:
    """What the list of seats shows; None where the request never had one."""
    if found.kind != Kind.PARTICIPATION:
        return None
    rows = queries.of_request(found.id)
    return {"rows": rows, "labels": SEAT_LABELS, "travels": _TRAVELS} if rows else None
