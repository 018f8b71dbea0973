"""The record: one row per act, never changed, never deleted (triggers and grants hold that too)."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.append_only import append_only
from tracker.database.columns import BigId, Json, moment, pk
from tracker.extensions import db


@append_only
class Event(db.Model):
    """A past fact. `data` holds ids, codes, integers and dates only: what a person typed stays in its own table."""

    __tablename__ = "events"
    __table_args__ = (
        sa.Index("ix_events_subject", "subject_type", "subject_id", "id"),
        sa.Index("ix_events_organisation", "organisation_id", "id"),
        sa.Index("ix_events_actor", "actor_person_id", "id"),
    )

    id: Mapped[int] = pk()
    # An id may come again after a restore, this never does: Message-IDs rest on it.
    random_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    name: Mapped[str] = mapped_column(sa.String(60))
    at: Mapped[datetime] = moment(default=now, index=True)
    actor_person_id: Mapped[int | None] = mapped_column(BigId)
    actor_membership_id: Mapped[int | None] = mapped_column(BigId)
    subject_type: Mapped[str] = mapped_column(sa.String(30))
    subject_id: Mapped[int] = mapped_column(BigId)
    organisation_id: Mapped[int | None] = mapped_column(BigId)
    once_key: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


@append_only
class EventLink(db.Model):
    """Something that an event is about beside its subject: the request that a payment of a pledge is for, each request
    of several that were handed over together."""

    __tablename__ = "event_links"
    __table_args__ = (
        # In this order a history is found by it.
        sa.UniqueConstraint("subject_type", "subject_id", "event_id", name="uq_event_links_subject"),
    )

    id: Mapped[int] = pk()
    subject_type: Mapped[str] = mapped_column(sa.String(30))
    subject_id: Mapped[int] = mapped_column(BigId)
    event_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("events.id"))


def events_about(subject_type: str, subject_id: int) -> sa.CompoundSelect[int]:
    """Ids of all events about one thing: those whose subject it is, and those that are linked to it."""
    return sa.union_all(
        sa.select(Event.id).where(Event.subject_type == subject_type, Event.subject_id == subject_id),
        sa.select(EventLink.event_id).where(EventLink.subject_type == subject_type, EventLink.subject_id == subject_id),
    )
