"""The task that makes pictures of photographs which browsers do not show."""

from celery import shared_task

from tracker.files import pictures


@shared_task(name="files.draw")
def draw(file_id: int | None = None) -> None:
    """Make the JPEG of one photograph, or of those that have none."""
    pictures.draw(file_id)
