"""Sessions of the Ad Hoc Committee and its consultations: the meetings that participation support is for."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database.columns import Json, enum_check, pk
from tracker.extensions import db
from tracker.reference.lifecycle import SESSION_MODES, SESSION_STATUSES, SESSION_TYPES


class Session(db.Model):
    """A meeting with dates that may be unknown; `closing_on` is the last day to nominate, in Vienna.

    Without a closing date nobody can ask for support yet. `version` counts the office's edits.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        enum_check("type", SESSION_TYPES),
        enum_check("mode", SESSION_MODES),
        enum_check("status", SESSION_STATUSES),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        sa.CheckConstraint("closing_on <= starts_on", name="closes_before_start"),
        sa.CheckConstraint("visa_safe_on <= starts_on", name="visa_before_start"),
        sa.CheckConstraint("seats_funded >= 0 AND seats_per_state >= 0 AND alternates_per_state >= 0", name="seats"),
    )
    __event_subject__ = "session"

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    type: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[int | None]
    title_en: Mapped[str] = mapped_column(sa.String(200))
    title_fr: Mapped[str] = mapped_column(sa.String(200))
    starts_on: Mapped[date | None] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    city: Mapped[str] = mapped_column(sa.String(80), default="")
    city_fr: Mapped[str] = mapped_column(sa.String(80), default="")
    country_iso3: Mapped[str | None] = mapped_column(sa.ForeignKey("states.iso3"), index=True)
    airport_iata: Mapped[str | None] = mapped_column(sa.ForeignKey("airports.iata"), index=True)
    venue: Mapped[str] = mapped_column(sa.String(200), default="")
    documents: Mapped[list[str]] = mapped_column(Json, default=list)
    mode: Mapped[str | None] = mapped_column(sa.String(20))
    status: Mapped[str] = mapped_column(sa.String(20))
    verified: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(sa.Text, default="")
    closing_on: Mapped[date | None]
    visa_safe_on: Mapped[date | None]
    seats_funded: Mapped[int] = mapped_column(default=0)
    seats_per_state: Mapped[int] = mapped_column(default=1)
    alternates_per_state: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)

    def title(self, language: str) -> str:
        """The session's title; languages without one of their own get the English."""
        return self.title_fr if language == "fr" else self.title_en

    def place(self, language: str) -> str:
        """The city, empty while it is unknown."""
        return self.city_fr if language == "fr" and self.city_fr else self.city
