"""Who is to be told what, and how far that has come. A row here is the truth; the broker only wakes workers."""

import hashlib
import hmac
import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.notifications.lifecycle import Cadence, Channel, Side, Status, Turn
from tracker.web.application import settings


def _index(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """An index over the few rows that a search is about, the same on both engines."""
    condition = sa.text(where)
    return sa.Index(name, *columns, unique=unique, postgresql_where=condition, sqlite_where=condition)


class Addressee(db.Model):
    """Whom an event tells, written in the transaction of the act: deliveries are made of these and of nobody else.

    Language, cadence and rights are read when that happens. Of turns after the first only those are used behind which
    nobody could be reached; a group (`group:RULE`) is whoever belongs to it then.
    """

    __tablename__ = "addressees"
    __table_args__ = (
        enum_check("side", Side),
        sa.CheckConstraint(f"turn IN ({', '.join(str(turn.value) for turn in Turn)})", name="turn_known"),
    )

    event_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("events.id"), primary_key=True, autoincrement=False)
    recipient_key: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    turn: Mapped[int] = mapped_column(default=Turn.FIRST)
    side: Mapped[str] = mapped_column(sa.String(10))
    rule: Mapped[str] = mapped_column(sa.String(20))
    person_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    membership_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    organisation_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("organisations.id"))


class Dispatch(db.Model):
    """An event has been expanded into deliveries. Inserting the row is how a dispatcher wins the event."""

    __tablename__ = "dispatches"

    event_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("events.id"), primary_key=True, autoincrement=False)
    at: Mapped[datetime] = moment(default=now)


class DispatchMark(db.Model):
    """Every event up to `event_id` is dispatched: the search for new ones starts here, not at the beginning.

    Events up to `unaddressed_until` are older than the table of addressees: whom they tell is decided when they are
    dispatched.
    """

    __tablename__ = "dispatch_marks"

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(BigId, default=0)
    unaddressed_until: Mapped[int] = mapped_column(BigId, default=0)


class Preference(db.Model):
    """How often a person wants mail about one kind of event; no row means the kind's own default."""

    __tablename__ = "preferences"
    __table_args__ = (enum_check("cadence", Cadence),)

    person_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    cadence: Mapped[str] = mapped_column(sa.String(10))
    changed_at: Mapped[datetime] = moment(default=now)


ENDED_BADLY = (
    "status IN ('bounced', 'failed', 'suppressed') AND channel = 'email' AND event_id IS NOT NULL "
    "AND followed_at IS NULL"
)


class Delivery(db.Model):
    """One notification to one recipient by one channel, unique so that nobody is told twice.

    `recipient_key` is `person:ID`, `invite:ID`, `address:ORGANISATION`, of whom a request for an account names
    `address:@ID`, of whoever has a personal link `delegate:LINK`. A digest is a row of its own without an event; its
    members name it in `digest_id` and follow its state. `holds_until` is set when a delivery did not get through: until
    then later ones of the same recipient, channel and subject wait.
    `alone` says that it is tried in a claim of its own: of those only one is claimed or being sent over all workers.
    """

    __tablename__ = "deliveries"
    __event_subject__ = "delivery"
    __table_args__ = (
        enum_check("channel", Channel),
        enum_check("status", Status),
        enum_check("side", Side),
        enum_check("cadence", (Cadence.AT_ONCE, Cadence.DAILY, Cadence.WEEKLY)),
        sa.CheckConstraint("(event_id IS NULL) = (period IS NOT NULL)", name="event_or_digest"),
        sa.CheckConstraint("status NOT IN ('claimed', 'sending') OR lease_until IS NOT NULL", name="leased"),
        sa.CheckConstraint("status <> 'sent' OR sent_at IS NOT NULL", name="sent_when"),
        sa.UniqueConstraint("event_id", "recipient_key", "channel", name="uq_deliveries_once"),
        _index("uq_deliveries_digest", "recipient_key", "cadence", "period", where="event_id IS NULL", unique=True),
        _index("ix_deliveries_due", "due_at", "id", where="status IN ('pending') AND digest_id IS NULL"),
        _index("ix_deliveries_uncertain", "due_at", where="status IN ('uncertain')"),
        _index("ix_deliveries_leased", "lease_until", where="status IN ('claimed', 'sending')"),
        _index(
            "ix_deliveries_order",
            "recipient_key",
            "subject_key",
            "event_id",
            where="status IN ('pending', 'claimed', 'sending') AND digest_id IS NULL",
        ),
        _index("ix_deliveries_unreachable", "unreachable_at", where="unreachable_at IS NOT NULL"),
        _index("uq_deliveries_alone", "alone", where="alone AND status IN ('claimed', 'sending')", unique=True),
        _index("ix_deliveries_troubled", "id", where="status IN ('bounced', 'failed', 'uncertain')"),
        _index("ix_deliveries_inbox", "person_id", "id", where="channel = 'inapp'"),
        _index("ix_deliveries_unread", "person_id", where="channel = 'inapp' AND read_at IS NULL"),
        _index("ix_deliveries_members", "digest_id", where="digest_id IS NOT NULL"),
        _index("ix_deliveries_ended_badly", "id", where=ENDED_BADLY),
        sa.Index("ix_deliveries_subject", "subject_key", "id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    event_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("events.id"))
    recipient_key: Mapped[str] = mapped_column(sa.String(60))
    person_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    membership_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    side: Mapped[str] = mapped_column(sa.String(10))  # as whom the recipient is told
    channel: Mapped[str] = mapped_column(sa.String(10))
    kind: Mapped[str] = mapped_column(sa.String(20))
    cadence: Mapped[str] = mapped_column(sa.String(10), default=Cadence.AT_ONCE)
    period: Mapped[str | None] = mapped_column(sa.String(10))
    digest_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("deliveries.id"))
    subject_key: Mapped[str] = mapped_column(sa.String(60))
    status: Mapped[str] = mapped_column(sa.String(12), default=Status.PENDING)
    due_at: Mapped[datetime] = moment(default=now)
    lease_until: Mapped[datetime | None] = moment()
    token: Mapped[str | None] = mapped_column(sa.String(32))
    alone: Mapped[bool] = mapped_column(default=False)
    refusals: Mapped[int] = mapped_column(default=0)  # of this delivery: they move its back-off and its end
    away_count: Mapped[int] = mapped_column(default=0)  # how often in a row nobody greeted at the mail server
    uncertain_count: Mapped[int] = mapped_column(default=0)
    lost_claims: Mapped[int] = mapped_column(default=0)  # workers that went away with it before handing it over
    unreachable_at: Mapped[datetime | None] = moment()  # it waits for the server alone, since then
    holds_until: Mapped[datetime | None] = moment()
    last_error: Mapped[str | None] = mapped_column(sa.String(300))
    message_id: Mapped[str] = mapped_column(sa.String(160))
    language: Mapped[str | None] = mapped_column(sa.String(2))  # in which it was sent
    told_status: Mapped[str | None] = mapped_column(sa.String(30))  # of its subject, as it was told
    created_at: Mapped[datetime] = moment(default=now)
    sent_at: Mapped[datetime | None] = moment()
    read_at: Mapped[datetime | None] = moment()
    followed_at: Mapped[datetime | None] = moment()  # it ended badly, and what follows from that was done

    @property
    def tries(self) -> int:
        """How often it was handed to the mail server."""
        return self.refusals + self.uncertain_count + (self.status == Status.SENT)


class HungMailbox(db.Model):
    """A recipient about whom the mail server gave no answer in time: tried alone until there was an answer."""

    __tablename__ = "hung_mailboxes"

    recipient_key: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(320), index=True)
    hung_at: Mapped[datetime] = moment(default=now)


def stands_in(delivery: Any, *statuses: Status) -> sa.ColumnElement[bool]:
    """The delivery's status is one of these. Written out in the statement, not bound: the databases use a partial
    index only where they can read that its condition holds."""
    listed = sa.bindparam(None, list(statuses), type_=sa.String(12), expanding=True, literal_execute=True)
    return delivery.status.in_(listed)


def new_message_id(random_id: uuid.UUID, *parts: object) -> str:
    """The Message-ID of what was drawn at random for an event or a digest, for one recipient and channel: equal on
    every try, never another mail's after a restore, and keyed, so that nobody outside can guess it."""
    host = urlsplit(settings().base_url).hostname or "localhost"
    digest = hmac.new(settings().link_key.current, "|".join(map(str, (random_id, *parts))).encode(), hashlib.sha256)
    return f"<{digest.hexdigest()[:40]}@{host}>"
