"""Who there is: organisations with their offices, people, and the memberships from which every right is read."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.roles import KINDS, ROLES
from tracker.calendar.now import now
from tracker.database.columns import BigId, enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.languages.choosing import LANGUAGES
from tracker.languages.marking import N_

OFFICE_KINDS: dict[str, str] = {
    "foreign_ministry": N_("Foreign ministry"),
    "mission": N_("Permanent mission"),
    "embassy": N_("Accredited embassy"),
    "ministry": N_("Ministry"),
    "agency": N_("Agency or service"),
    "unit": N_("Unit"),
}
AUTHORITY_KINDS = ("foreign_ministry", "mission", "embassy")


class Organisation(db.Model):
    """A State, a donor or the office itself. `name` is English; a State's localised name comes from `states`.

    A donor that turned out to be another under a second name is merged into it: the row stays with all that points to
    it, and is read as an alias of the other, its `home`.
    """

    __tablename__ = "organisations"
    __event_subject__ = "organisation"
    __table_args__ = (
        enum_check("kind", KINDS),
        enum_check("official_language", tuple(LANGUAGES)),
        sa.CheckConstraint("(kind = 'state') = (state_iso3 IS NOT NULL)", name="state_names_its_state"),
        sa.CheckConstraint("length(code) BETWEEN 2 AND 8", name="code_length"),
        sa.CheckConstraint("(merged_into_id IS NULL) = (merged_at IS NULL)", name="merger_is_whole"),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR (kind = 'donor' AND merged_into_id <> id)", name="only_donors_are_merged"
        ),
        sa.Index("ix_organisations_merged_into", "merged_into_id"),
        sa.Index("ix_organisations_kind", "kind", "code"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    kind: Mapped[str] = mapped_column(sa.String(10))
    code: Mapped[str] = mapped_column(sa.String(8), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    state_iso3: Mapped[str | None] = mapped_column(sa.ForeignKey("states.iso3"), unique=True)
    official_email: Mapped[str | None] = mapped_column(sa.String(254))
    official_language: Mapped[str] = mapped_column(sa.String(2), default="en")
    active: Mapped[bool] = mapped_column(default=True)
    merged_into_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("organisations.id"))
    merged_at: Mapped[datetime | None] = moment()
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = moment(default=now)

    merged_into: Mapped["Organisation | None"] = relationship(
        lazy="joined", join_depth=1, remote_side=[id], viewonly=True
    )

    aliases: Mapped[list["Organisation"]] = relationship(
        lazy="raise_on_sql", join_depth=1, order_by="Organisation.code", viewonly=True
    )

    @property
    def home(self) -> "Organisation":
        """The organisation under which this one is known: itself, or the one into which it was merged."""
        return self.merged_into if self.merged_into_id is not None and self.merged_into is not None else self

    @property
    def organisation_id(self) -> int:
        """The organisation that an event about this row belongs to: itself."""
        return self.id


class Office(db.Model):
    """A ministry, a mission, a unit. An authority may release requests in its State's name."""

    __tablename__ = "offices"
    __event_subject__ = "office"
    __table_args__ = (
        enum_check("kind", list(OFFICE_KINDS)),
        sa.UniqueConstraint("organisation_id", "name"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    organisation_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(20))
    is_authority: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = moment(default=now)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class Person(db.Model):
    """Somebody with an account. `email` is kept in small letters; `demonstration` allows one-click sign-in."""

    __tablename__ = "people"
    __event_subject__ = "person"
    __table_args__ = (
        enum_check("language", tuple(LANGUAGES)),
        sa.CheckConstraint("email = lower(email)", name="email_in_small_letters"),
        sa.Index(
            "ix_people_demonstration",
            "id",
            sqlite_where=sa.text("demonstration"),
            postgresql_where=sa.text("demonstration"),
        ),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    timezone: Mapped[str] = mapped_column(sa.String(60), default="Europe/Vienna")
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    disabled_at: Mapped[datetime | None] = moment()
    demonstration: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = moment(default=now)


class Membership(db.Model):
    """A person's place in one organisation, from `started_at` until `ended_at`; never deleted."""

    __tablename__ = "memberships"
    __event_subject__ = "membership"
    __table_args__ = (
        sa.Index(
            "uq_memberships_one_at_a_time",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_memberships_organisation", "organisation_id", "ended_at"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    person_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("people.id"))
    organisation_id: Mapped[int] = mapped_column(BigId, sa.ForeignKey("organisations.id"))
    office_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("offices.id"))
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    deputy: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime] = moment(default=now)
    ended_at: Mapped[datetime | None] = moment()
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    office: Mapped[Office | None] = relationship(lazy="raise_on_sql")
    role_rows: Mapped[list["MembershipRole"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )
    proposals: Mapped[list[Any]] = relationship(
        "RoleProposal",
        lazy="raise_on_sql",
        viewonly=True,
        order_by="RoleProposal.id",
        primaryjoin="and_(RoleProposal.membership_id == Membership.id, RoleProposal.held.is_(False), "
        "RoleProposal.status.in_(('waiting', 'refused')))",
    )

    @property
    def roles(self) -> frozenset[str]:
        """The roles held; `role_rows` must have been loaded."""
        return frozenset(row.role for row in self.role_rows)


class MembershipRole(db.Model):
    """One right-giving role of one membership."""

    __tablename__ = "membership_roles"
    __table_args__ = (
        enum_check("role", list(ROLES)),
        sa.Index("ix_membership_roles_role", "role", "membership_id"),
    )

    membership_id: Mapped[int] = mapped_column(
        BigId, sa.ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
