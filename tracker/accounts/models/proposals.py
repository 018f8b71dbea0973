"""Roles that wait for a second person: asked by one, given or refused by another."""

import uuid
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models.people import Membership
from tracker.accounts.models.signing_in import Invitation
from tracker.calendar.now import now
from tracker.database.columns import BigId, Json, enum_check, moment, pk, public_id
from tracker.extensions import db

REFUSED_SHOWN_FOR = timedelta(days=60)
STATUSES = ("waiting", "given", "refused", "dropped")


class RoleProposal(db.Model):
    """Roles asked for one place. A row here gives no right: rights are read from `membership_roles` alone.

    `held` marks roles that somebody had already when a second person came to be needed: they keep them, and the
    office's administrators look them over. The note verbale is there where a signature in the name of a State or donor
    rests on it.
    """

    __tablename__ = "role_proposals"
    __event_subject__ = "role_proposal"
    __table_args__ = (
        enum_check("status", STATUSES),
        sa.CheckConstraint("membership_id IS NOT NULL OR invitation_id IS NOT NULL", name="has_its_place"),
        sa.CheckConstraint("(status = 'waiting') = (answered_at IS NULL)", name="answered_has_its_time"),
        sa.CheckConstraint("(status = 'refused') = (reason IS NOT NULL)", name="refused_has_a_reason"),
        sa.CheckConstraint("(note_reference IS NULL) = (note_date IS NULL)", name="note_has_its_date"),
        sa.CheckConstraint("(note_reference IS NULL) = (note_file_id IS NULL)", name="note_has_its_file"),
        sa.Index(
            "uq_role_proposals_waiting",
            "membership_id",
            unique=True,
            sqlite_where=sa.text("status = 'waiting' AND NOT held"),
            postgresql_where=sa.text("status = 'waiting' AND NOT held"),
        ),
        sa.Index(
            "uq_role_proposals_invited",
            "invitation_id",
            unique=True,
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        ),
        sa.Index("ix_role_proposals_organisation", "organisation_id", "status"),
        sa.Index("ix_role_proposals_status", "status", "held", "id"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    organisation_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("organisations.id"))
    membership_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    invitation_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("invitations.id"))
    roles: Mapped[list[str]] = mapped_column(Json)
    held: Mapped[bool] = mapped_column(default=False)
    asked_by: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    asked_at: Mapped[datetime] = moment(default=now)
    status: Mapped[str] = mapped_column(sa.String(10), default="waiting")
    answered_by: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("memberships.id"))
    answered_at: Mapped[datetime | None] = moment()
    reason: Mapped[str | None] = mapped_column(sa.Text)
    note_reference: Mapped[str | None] = mapped_column(sa.String(100))
    note_date: Mapped[date | None]
    note_file_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("files.id"))
    version: Mapped[int] = mapped_column(default=1)

    membership: Mapped[Membership | None] = relationship(lazy="raise_on_sql", foreign_keys=[membership_id])
    invitation: Mapped[Invitation | None] = relationship(lazy="raise_on_sql", foreign_keys=[invitation_id])
    asker: Mapped[Membership | None] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by])

    @property
    def shown(self) -> bool:
        """Whether the people's page tells of it: it waits, or was refused lately."""
        return self.answered_at is None or self.answered_at > now() - REFUSED_SHOWN_FOR

    @property
    def place(self) -> Membership | Invitation:
        """Whose roles they are: a membership, or an invitation that nobody has taken up."""
        found = self.membership or self.invitation
        if found is None:
            raise LookupError("The proposal has no place.")
        return found

    @property
    def name(self) -> str:
        """Whom they are for."""
        return self.place.person.name if isinstance(self.place, Membership) else self.place.name

    @property
    def email(self) -> str:
        """The address of whoever they are for."""
        return self.place.person.email if isinstance(self.place, Membership) else self.place.email
