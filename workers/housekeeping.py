"""The task of housekeeping, and beat's sign of life."""

from celery import shared_task

from tracker.database import housekeeping
from tracker.setup import services
from tracker.setup.models import SIGN_OF_LIFE


@shared_task(name="housekeeping.sign_of_life")
def sign_of_life() -> None:
    """Beat woke a worker, so both live."""
    services.mark(SIGN_OF_LIFE)


@shared_task(name="housekeeping.tidy")
def tidy() -> None:
    """Do the chores that capabilities registered."""
    housekeeping.tidy()
