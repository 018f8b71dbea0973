"""What happened: the insert-only record that notifications, timelines and the audit read."""

from tracker.events.models import Event, events_about
from tracker.events.opening import on_record, opened
from tracker.events.services import react, record

__all__ = ["Event", "events_about", "on_record", "opened", "react", "record"]
