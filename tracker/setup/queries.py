"""Reading what an installation says of itself: its marks, and the revision of its schema."""

from datetime import UTC, datetime

from tracker.extensions import db
from tracker.setup import revision
from tracker.setup.models import SIGN_OF_LIFE, Mark


def seconds_since_sign_of_life() -> float | None:
    """How long ago beat last woke a worker; None when it never did."""
    mark = db.session.get(Mark, SIGN_OF_LIFE)
    return (datetime.now(UTC) - mark.at).total_seconds() if mark else None


def stands_at_this_revision() -> bool:
    """Whether the database is still the one that this program may serve; another may have taken its place."""
    return revision.of(db.session.connection()) == revision.head()
