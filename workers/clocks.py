"""The tasks of clocks and reminders."""

from celery import shared_task

from tracker.assistance import clock_rules as assistance
from tracker.notifications import services


@shared_task(name="clocks.sweep")
def remind() -> None:
    """Let the clocks follow rules that have come into force, then record the reminders that are due."""
    assistance.follow_rules()
    services.remind()
