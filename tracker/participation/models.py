"""Delegates: nominated with what nominating takes. Identity papers and bank data are asked only after selection."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.costs.lines import LineKind, Payer
from tracker.database.columns import enum_check, moment, pk, public_id
from tracker.extensions import db
from tracker.participation.lifecycle import ASKED_LINES, PAYERS_OF, DelegateStatus, Gender


class Delegate(db.Model):
    """One person whom a State nominates for a session, as delegate or alternate, in the State's order of priority.

    `name` is shown everywhere; it is filled from the names as in the passport once those are said. `arrives_on` and
    `leaves_on` are days at the place of the session. `departure_airport` is what the State wrote, `departure_iata` the
    airport that is meant by it, None where that is not known. A payer (`PAYERS_OF`) is None while nobody said who pays.
    """

    __tablename__ = "delegates"
    __event_subject__ = "delegate"
    __table_args__ = (
        enum_check("status", DelegateStatus),
        enum_check("gender", Gender),
        *(enum_check(f"payer_{line}", PAYERS_OF[line]) for line in ASKED_LINES),
        sa.CheckConstraint("position >= 1", name="position_from_one"),
        sa.CheckConstraint("leaves_on >= arrives_on", name="leaves_after_arriving"),
        sa.Index("ix_delegates_request", "request_id", "position"),
    )

    id: Mapped[int] = pk()
    public_id: Mapped[uuid.UUID] = public_id()
    version: Mapped[int] = mapped_column(default=1)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance_requests.id", ondelete="CASCADE"))
    position: Mapped[int]
    alternate: Mapped[bool] = mapped_column(default=False)
    head: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(sa.String(20), default=DelegateStatus.NOMINATED)
    name: Mapped[str] = mapped_column(sa.String(160), default="")
    given_name: Mapped[str] = mapped_column(sa.String(79), default="")
    family_name: Mapped[str] = mapped_column(sa.String(79), default="")
    function: Mapped[str] = mapped_column(sa.String(200), default="")
    office: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    gender: Mapped[str] = mapped_column(sa.String(12), default=Gender.NOT_STATED)
    nationality_iso3: Mapped[str | None] = mapped_column(sa.ForeignKey("states.iso3"))
    departure_airport: Mapped[str] = mapped_column(sa.String(80), default="")
    departure_iata: Mapped[str | None] = mapped_column(sa.ForeignKey("airports.iata"), index=True)
    arrives_on: Mapped[date | None]
    leaves_on: Mapped[date | None]
    payer_fare: Mapped[str | None] = mapped_column(sa.String(8))
    payer_allowance: Mapped[str | None] = mapped_column(sa.String(8))
    payer_terminals: Mapped[str | None] = mapped_column(sa.String(8))
    payer_visa: Mapped[str | None] = mapped_column(sa.String(8))
    payer_insurance: Mapped[str | None] = mapped_column(sa.String(8))
    payer_other: Mapped[str] = mapped_column(sa.String(120), default="")
    nominated_at: Mapped[datetime] = moment(default=now)
    # Somebody who was taken off the delegation stays as a name, for the State's history; see services.remove.
    removed_at: Mapped[datetime | None] = moment()

    @property
    def payers(self) -> dict[LineKind, str | None]:
        """Who pays each line that is asked about."""
        return {line: getattr(self, f"payer_{line}") for line in ASKED_LINES}

    @property
    def needs(self) -> tuple[LineKind, ...]:
        """The lines that this fund is asked to pay for this person."""
        return tuple(line for line, payer in self.payers.items() if payer == Payer.FUND)
