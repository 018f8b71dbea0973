"""What follows acceptance, until the request is completed and confirmed."""

from tracker.assistance.implementation.services.confirming import confirm_implementation
from tracker.assistance.implementation.services.ending import end_unfunded
from tracker.assistance.implementation.services.implementing import (
    Result,
    complete,
    plan_activity,
    record_implementation,
    start_implementation,
)

__all__ = [
    "Result",
    "complete",
    "confirm_implementation",
    "end_unfunded",
    "plan_activity",
    "record_implementation",
    "start_implementation",
]
