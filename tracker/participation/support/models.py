"""What the office decided about a session's support. The day on which nominations close, and how many seats there are,
stand with the session itself (`reference`): they are read by whoever nominates."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import enum_check, moment
from tracker.extensions import db
from tracker.participation.support.lifecycle import (
    MOST_DAYS,
    MOST_PASSPORT_MONTHS,
    PASSPORT_MONTHS,
    RULE_KINDS,
    STEPS,
    Cabin,
    Passport,
)


class SessionSupport(db.Model):
    """One session's support: the lines that are paid, class and route, seats of the first pass, days of each step.

    A step is so many days before the session's first day, or on the fixed day (NAME_on) where one is set.
    `visa_days` is how long a visa takes where `VisaDays` has no row, `passport_months` how long after the journey a
    passport must be valid. Delegates call `phone_day` in office hours and `phone_night` at night and at weekends; empty
    where the office has named no number.
    """

    __tablename__ = "session_support"
    __table_args__ = (
        enum_check("cabin", Cabin),
        sa.CheckConstraint("first_pass BETWEEN 1 AND 50", name="first_pass"),
        sa.CheckConstraint(" AND ".join(f"{name}_days BETWEEN 0 AND {MOST_DAYS}" for name in STEPS), name="days"),
        sa.CheckConstraint(f"visa_days BETWEEN 0 AND {MOST_DAYS}", name="visa_days"),
        sa.CheckConstraint(f"passport_months BETWEEN 0 AND {MOST_PASSPORT_MONTHS}", name="passport_months"),
    )

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"), primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=1)
    first_pass: Mapped[int] = mapped_column(default=1)
    cabin: Mapped[str] = mapped_column(sa.String(20), default=Cabin.ECONOMY)
    route: Mapped[str] = mapped_column(sa.String(200), default="")
    rule_set: Mapped[str] = mapped_column(sa.String(20))
    pays_fare: Mapped[bool] = mapped_column(default=True)
    pays_allowance: Mapped[bool] = mapped_column(default=True)
    pays_terminals: Mapped[bool] = mapped_column(default=True)
    pays_visa: Mapped[bool] = mapped_column(default=True)
    pays_insurance: Mapped[bool] = mapped_column(default=False)
    pays_contingency: Mapped[bool] = mapped_column(default=True)
    announce_days: Mapped[int] = mapped_column(default=STEPS["announce"].days)
    nominations_days: Mapped[int] = mapped_column(default=STEPS["nominations"].days)
    round_days: Mapped[int] = mapped_column(default=STEPS["round"].days)
    answer_days: Mapped[int] = mapped_column(default=STEPS["answer"].days)
    papers_days: Mapped[int] = mapped_column(default=STEPS["papers"].days)
    ticket_days: Mapped[int] = mapped_column(default=STEPS["ticket"].days)
    announce_on: Mapped[date | None]
    round_on: Mapped[date | None]
    answer_on: Mapped[date | None]
    papers_on: Mapped[date | None]
    ticket_on: Mapped[date | None]
    visa_days: Mapped[int] = mapped_column(default=30)
    passport_months: Mapped[int] = mapped_column(default=PASSPORT_MONTHS, server_default=str(PASSPORT_MONTHS))
    phone_day: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")
    phone_night: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")
    copied_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sessions.id"), index=True)
    set_up_at: Mapped[datetime] = moment(default=now)


class SessionRule(db.Model):
    """One of the rules that put the States of a session into an order, at its place (from 1), with its source."""

    __tablename__ = "session_rules"
    __table_args__ = (
        sa.PrimaryKeyConstraint("session_id", "position"),
        enum_check("kind", tuple(RULE_KINDS)),
        sa.CheckConstraint("position >= 1", name="position_from_one"),
    )

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("session_support.session_id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(20))
    source: Mapped[str] = mapped_column(sa.String(300))


class VisaDays(db.Model):
    """How many days a visa for a session takes for a nationality and a kind of passport."""

    __tablename__ = "visa_days"
    __table_args__ = (
        sa.PrimaryKeyConstraint("session_id", "nationality_iso3", "passport"),
        enum_check("passport", Passport),
        sa.CheckConstraint(f"days BETWEEN 0 AND {MOST_DAYS}", name="days"),
    )

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("session_support.session_id"))
    nationality_iso3: Mapped[str] = mapped_column(sa.ForeignKey("states.iso3"), index=True)
    passport: Mapped[str] = mapped_column(sa.String(12), default=Passport.ANY)
    days: Mapped[int]
