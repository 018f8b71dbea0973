"""What follows acceptance, until the request is completed and confirmed."""

from tracker.assistance.implementation.services.confirming import confirm_delivery
from tracker.assistance.implementation.services.implementing import (
    Result,
    complete,
    plan_activity,
    record_delivery,
    start_delivery,
)

__all__ = ["Result", "complete", "confirm_delivery", "plan_activity", "record_delivery", "start_delivery"]
