"""Questions, clocks and decisions."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.assistance.lifecycle import Kind, Outcome
from tracker.calendar.now import now
from tracker.database.columns import Json, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.reference.lifecycle import REQUEST_CLOCKS


class Clarification(db.Model):
    """One round of questions to the State; it ends when every question is answered. Whoever may not send the answers
    alone hands them over to the authority, which does."""

    __tablename__ = "clarifications"
    __table_args__ = (
        sa.CheckConstraint("(handed_over_at IS NULL) = (handed_over_by_id IS NULL)", name="handed_over_by_somebody"),
    )

    id: Mapped[int] = pk()
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"), index=True)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    asked_at: Mapped[datetime] = moment(default=now)
    handed_over_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    handed_over_at: Mapped[datetime | None] = moment()
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = moment()

    questions: Mapped[list[Question]] = relationship(lazy="raise_on_sql", order_by="Question.position", viewonly=True)


class Question(db.Model):
    """A question on one field. `before` and `after` keep the field's value so that staff see the difference."""

    __tablename__ = "questions"

    id: Mapped[int] = pk()
    clarification_id: Mapped[int] = mapped_column(sa.ForeignKey("clarifications.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    field: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(2))
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answer_language: Mapped[str | None] = mapped_column(sa.String(2))
    before: Mapped[Any | None] = mapped_column(Json)
    after: Mapped[Any | None] = mapped_column(Json)


class Decision(db.Model):
    """Prepared by an officer, signed by a manager who is somebody else. Reasons go to the State, never public.

    An amendment is a decision of its own that names the one it `amends_id`; nothing that was signed is written over.
    It says the terms (amount, scope, conditions) whole, so that the newest signed row tells what is in force.
    Accepted for participation is who is eligible: rounds give the money, so that it names no amount; `before_rounds`
    are the acceptances that did, from before there were rounds, and their amendments. `kind` is the request's.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        enum_check("outcome", Outcome),
        enum_check("kind", Kind),
        sa.CheckConstraint("signed_by_id IS NULL OR signed_by_id <> prepared_by_id", name="two_persons"),
        sa.CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed_whole"),
        sa.CheckConstraint("length(trim(reasons)) > 0", name="has_reasons"),
        sa.CheckConstraint(
            "outcome <> 'accepted' OR (amount_minor IS NOT NULL) = (kind = 'technical' OR before_rounds)",
            name="accepted_amount",
        ),
        sa.CheckConstraint("amount_minor >= 0", name="amount_not_negative"),
        sa.CheckConstraint(
            "NOT before_rounds OR (kind = 'participation' AND outcome = 'accepted')", name="rounds_are_of_participation"
        ),
        sa.CheckConstraint("outcome <> 'referred' OR length(trim(referred_to)) > 0", name="referred_to_somebody"),
        sa.CheckConstraint("outcome <> 'referred' OR state_agreed_on IS NOT NULL", name="referred_with_consent"),
        sa.CheckConstraint("outcome <> 'merged' OR merged_into_id IS NOT NULL", name="merged_into_one"),
        sa.CheckConstraint(
            "amends_id IS NULL OR (outcome = 'accepted' AND amends_id <> id)", name="amends_an_acceptance"
        ),
        sa.Index(  # one row of amendments: each decision is amended once, then the amendment is amended
            "uq_decisions_amends",
            "amends_id",
            unique=True,
            postgresql_where=sa.text("signed_at IS NOT NULL"),
            sqlite_where=sa.text("signed_at IS NOT NULL"),
        ),
        sa.Index(
            "uq_decisions_prepared",
            "request_id",
            unique=True,
            postgresql_where=sa.text("signed_at IS NULL AND dropped_at IS NULL"),
            sqlite_where=sa.text("signed_at IS NULL AND dropped_at IS NULL"),
        ),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    outcome: Mapped[str] = mapped_column(sa.String(20))
    amount_minor: Mapped[int | None] = mapped_column(sa.BigInteger)  # USD, the fund's currency
    before_rounds: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    scope: Mapped[str] = mapped_column(sa.Text, default="")
    scope_language: Mapped[str] = mapped_column(sa.String(2), default="en")
    conditions: Mapped[str] = mapped_column(sa.Text, default="")
    conditions_language: Mapped[str] = mapped_column(sa.String(2), default="en")
    reasons: Mapped[str] = mapped_column(sa.Text)
    # why the amount is above what was asked, or 0
    amount_reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="en")  # of the reasons and of whatever is new
    # how human rights were considered: what was looked at, and which conditions it led to
    human_rights: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    human_rights_language: Mapped[str] = mapped_column(sa.String(2), default="en", server_default="en")
    amends_id: Mapped[int | None] = mapped_column(sa.ForeignKey("decisions.id"))
    referred_to: Mapped[str] = mapped_column(sa.String(200), default="")
    state_agreed_on: Mapped[date | None]  # the day on which the State agreed to be referred
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assistance_requests.id"))
    wanted_id: Mapped[int | None] = mapped_column(sa.ForeignKey("messages.id"))  # the message that led to an amendment
    prepared_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    prepared_at: Mapped[datetime] = moment(default=now)
    signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    signed_at: Mapped[datetime | None] = moment()
    dropped_at: Mapped[datetime | None] = moment()
    dropped_reason: Mapped[str | None] = mapped_column(sa.Text)


class Clock(db.Model):
    """A deadline: `due_at` follows from start, rule, pauses and holidays (`clock_steps`) and is stored; lateness is
    computed. Once stopped it keeps its due day, its rule and the days that it used, whatever the office changes later.
    """

    __tablename__ = "request_clocks"
    __table_args__ = (
        enum_check("name", tuple(REQUEST_CLOCKS)),
        sa.CheckConstraint("(stopped_at IS NULL) = (days_used IS NULL)", name="stopped_with_days"),
        sa.Index(
            "uq_request_clocks_running",
            "request_id",
            "name",
            unique=True,
            postgresql_where=sa.text("stopped_at IS NULL"),
            sqlite_where=sa.text("stopped_at IS NULL"),
        ),
        sa.Index(
            "ix_request_clocks_due",
            "due_at",
            postgresql_where=sa.text("stopped_at IS NULL"),
            sqlite_where=sa.text("stopped_at IS NULL"),
        ),
    )

    id: Mapped[int] = pk()
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(20))
    working_days: Mapped[int]  # of the rule in force when it started
    rule_id: Mapped[int | None] = mapped_column(sa.ForeignKey("clock_rules.id"))
    started_at: Mapped[datetime] = moment(default=now)
    due_at: Mapped[datetime | None] = moment()  # None while paused
    pauses: Mapped[list[list[str]]] = mapped_column(Json, default=list)  # days on which each began and ended
    paused_at: Mapped[datetime | None] = moment()
    paused_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    stopped_at: Mapped[datetime | None] = moment()
    days_used: Mapped[int | None]  # once it stopped: working days on which it ran
    met: Mapped[bool | None]
    due_before: Mapped[date | None]  # the day on which it was due before the office gave more time
