"""Doorway to reminders."""

from celery import shared_task

from tracker.notifications import services


@shared_task(name="clocks.sweep")
def remind() -> None:
    """Record the reminders that are due."""
    services.remind()
