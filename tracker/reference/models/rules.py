"""Rates, rules and holidays: rows that are added and ended, never edited, so that every past use can be explained.

`ended_on` is the last day on which a row was in force; a row that was replaced on its first day ends the day before.
"""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import enum_check, moment, pk
from tracker.extensions import db
from tracker.reference.lifecycle import CLOCKS, SETTINGS


def _one_open(table: str, column: str) -> sa.Index:
    """At most one row of a kind has no end: two people who add one at the same moment cannot both succeed."""
    open_ = sa.text("ended_on IS NULL")
    return sa.Index(f"uq_{table}_open", column, unique=True, sqlite_where=open_, postgresql_where=open_)


class ExchangeRate(db.Model):
    """Units of a currency for one US dollar from a day on, with where the rate comes from."""

    __tablename__ = "exchange_rates"
    __table_args__ = (
        sa.CheckConstraint("units_per_usd > 0", name="above_zero"),
        sa.Index("ix_exchange_rates_currency", "currency", "valid_from"),
        _one_open("exchange_rates", "currency"),
    )
    __event_subject__ = "exchange_rate"

    id: Mapped[int] = pk()
    currency: Mapped[str] = mapped_column(sa.String(3))
    units_per_usd: Mapped[Decimal] = mapped_column(sa.Numeric(24, 10))
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(160))
    added_at: Mapped[datetime] = moment(default=now)


class Holiday(db.Model):
    """A day on which the clocks do not count; taking it back keeps the row and says when."""

    __tablename__ = "holidays"
    __table_args__ = (
        sa.Index(
            "uq_holidays_in_force",
            "day",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )
    __event_subject__ = "holiday"

    id: Mapped[int] = pk()
    day: Mapped[date]
    name_en: Mapped[str] = mapped_column(sa.String(120))
    name_fr: Mapped[str] = mapped_column(sa.String(120))
    source: Mapped[str] = mapped_column(sa.String(160), default="")
    added_at: Mapped[datetime] = moment(default=now)
    ended_at: Mapped[datetime | None] = moment()

    def name(self, language: str) -> str:
        """The day's name; languages without one of their own get the English."""
        return self.name_fr if language == "fr" else self.name_en


class ClockRule(db.Model):
    """How many days a clock gives from a day on; `reference.lifecycle.CLOCKS` says which days it counts."""

    __tablename__ = "clock_rules"
    __table_args__ = (
        enum_check("clock", tuple(CLOCKS)),
        sa.CheckConstraint("working_days BETWEEN 0 AND 400", name="days_sensible"),
        sa.Index("ix_clock_rules_clock", "clock", "valid_from"),
        _one_open("clock_rules", "clock"),
    )
    __event_subject__ = "clock_rule"

    id: Mapped[int] = pk()
    clock: Mapped[str] = mapped_column(sa.String(30))
    working_days: Mapped[int]
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]
    added_at: Mapped[datetime] = moment(default=now)


class DatedSetting(db.Model):
    """A number that the office decides, from a day on (the rate of programme support cost)."""

    __tablename__ = "dated_settings"
    __table_args__ = (
        enum_check("name", tuple(SETTINGS)),
        sa.Index("ix_dated_settings_name", "name", "valid_from"),
        _one_open("dated_settings", "name"),
    )
    __event_subject__ = "dated_setting"

    id: Mapped[int] = pk()
    name: Mapped[str] = mapped_column(sa.String(30))
    value: Mapped[Decimal] = mapped_column(sa.Numeric(14, 4))
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]
    added_at: Mapped[datetime] = moment(default=now)
