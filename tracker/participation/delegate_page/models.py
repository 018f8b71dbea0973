"""Links to the pages of delegates, the codes that open them, and the openings. Of links and openings only hashes are
kept, of codes nothing: a code is computed from its row."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.participation.delegate_page.lifecycle import CODE_TRIES, LinkKind

_LIVING = sa.text("ended_at IS NULL")


class DelegateLink(db.Model):
    """The personal link of whoever sits in a seat, or of the helper whom they named; a seat has one of each at a time.
    It leads nowhere once it was ended, once another person sits in the seat, once nobody travels on it any more, and
    90 days after the settlement (`queries.living`). Name and address of a helper go with it."""

    __tablename__ = "delegate_links"
    __event_subject__ = "delegate_link"
    __table_args__ = (
        enum_check("kind", LinkKind),
        sa.CheckConstraint("(helper_name IS NULL) = (helper_email IS NULL)", name="helper_is_named_whole"),
        sa.CheckConstraint(
            "kind = 'helper' OR (helper_email IS NULL AND helper_language IS NULL)", name="helper_of_a_link"
        ),
        sa.Index(
            "uq_delegate_links_one", "seat_id", "kind", unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING
        ),
        sa.Index("ix_delegate_links_seat", "seat_id", "id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    seat_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("seats.id"))
    delegate_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegates.id"))
    kind: Mapped[str] = mapped_column(sa.String(10), default=LinkKind.OWN, server_default=LinkKind.OWN)
    helper_name: Mapped[str | None] = mapped_column(sa.String(160))
    helper_email: Mapped[str | None] = mapped_column(sa.String(254))
    helper_language: Mapped[str | None] = mapped_column(sa.String(2))
    nonce: Mapped[str] = mapped_column(sa.String(32))
    key_id: Mapped[str] = mapped_column(sa.String(20))
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime] = moment(default=now)
    made_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))
    ended_at: Mapped[datetime | None] = moment()


class DelegateCode(db.Model):
    """A code that opens the page behind a link once. `read_by_id` is the officer who read it out by telephone; None
    where it went out by mail."""

    __tablename__ = "delegate_codes"
    __event_subject__ = "delegate_code"
    __table_args__ = (
        sa.CheckConstraint(f"tries BETWEEN 0 AND {CODE_TRIES}", name="tries_end"),
        sa.Index("ix_delegate_codes_link", "link_id", "id"),
    )

    id: Mapped[int] = pk()
    link_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegate_links.id"))
    nonce: Mapped[str] = mapped_column(sa.String(32))
    key_id: Mapped[str] = mapped_column(sa.String(20))
    tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = moment(default=now)
    expires_at: Mapped[datetime] = moment()
    used_at: Mapped[datetime | None] = moment()
    read_by_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("people.id"))


class DelegateOpening(db.Model):
    """The page behind a link, open in one browser, whose cookie has the token; `code_id` is what opened it."""

    __tablename__ = "delegate_openings"
    __table_args__ = (sa.UniqueConstraint("code_id", name="uq_delegate_openings_code"),)

    id: Mapped[int] = pk()
    link_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegate_links.id"), index=True)
    code_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("delegate_codes.id"))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    opened_at: Mapped[datetime] = moment(default=now)
    pressed_at: Mapped[datetime] = moment(default=now)
    closed_at: Mapped[datetime | None] = moment()
