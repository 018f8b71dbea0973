"""The task that lets go of files which came in pieces and were not sent."""

from celery import shared_task

from tracker.files.pieces import services


@shared_task(name="files.forget_pieces")
def forget() -> None:
    """Delete what nobody went on with, and what was taken."""
    services.forget_old_pieces()
