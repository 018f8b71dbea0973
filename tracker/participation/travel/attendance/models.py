"""What a file of the registration system said of a seat."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database.columns import BigId, pk
from tracker.extensions import db


class AttendanceMark(db.Model):
    """A person of a seat who was in a file, with the versions of seat and journey once the days were kept; or one who
    was expected and was not in it. Goes with its import."""

    __tablename__ = "attendance_marks"
    __event_subject__ = "attendance_mark"
    __table_args__ = (
        sa.CheckConstraint(
            "(seat_version IS NOT NULL) = in_file AND (journey_version IS NOT NULL) = in_file",
            name="kept_what_was_read",
        ),
        sa.UniqueConstraint("import_run_id", "seat_id", name="uq_attendance_marks_seat"),
    )

    id: Mapped[int] = pk()
    import_run_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("import_runs.id"))
    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    in_file: Mapped[bool]
    seat_version: Mapped[int | None]
    journey_version: Mapped[int | None]
