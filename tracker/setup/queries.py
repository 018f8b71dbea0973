"""Reading the marks of an installation."""

from datetime import UTC, datetime

from tracker.extensions import db
from tracker.setup.models import SIGN_OF_LIFE, Mark


def seconds_since_sign_of_life() -> float | None:
    """How long ago beat last woke a worker; None when it never did."""
    mark = db.session.get(Mark, SIGN_OF_LIFE)
    return (datetime.now(UTC) - mark.at).total_seconds() if mark else None
