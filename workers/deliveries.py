"""The tasks of notifications."""

from celery import shared_task

from tracker.notifications import services


@shared_task(name="notifications.dispatch")
def dispatch() -> None:
    """Expand the events that wait."""
    services.dispatch()


@shared_task(name="notifications.deliver")
def deliver() -> None:
    """Send what is due."""
    services.deliver()


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Find what was left behind."""
    services.sweep()
