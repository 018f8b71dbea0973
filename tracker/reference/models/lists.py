"""Lists that the tracker is delivered with. Areas are also added and ended by the office."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.database.columns import Json, Minor, enum_check, moment, pk
from tracker.extensions import db
from tracker.reference.lifecycle import AREA_KINDS, REGIONAL_GROUPS


class State(db.Model):
    """A Member or observer State by its ISO 3166-1 alpha-3 code, or one invented for demonstrations.

    Names for display come from `reference.names`; the columns here let the database join and sort by them.
    """

    __tablename__ = "states"
    __table_args__ = (enum_check("regional_group", REGIONAL_GROUPS),)

    iso3: Mapped[str] = mapped_column(sa.String(3), primary_key=True)
    iso2: Mapped[str] = mapped_column(sa.String(2), unique=True)
    m49: Mapped[str | None] = mapped_column(sa.String(3), unique=True)
    name_ar: Mapped[str] = mapped_column(sa.String(120))
    name_zh: Mapped[str] = mapped_column(sa.String(120))
    name_en: Mapped[str] = mapped_column(sa.String(120))
    name_fr: Mapped[str] = mapped_column(sa.String(120))
    name_ru: Mapped[str] = mapped_column(sa.String(120))
    name_es: Mapped[str] = mapped_column(sa.String(120))
    formal_en: Mapped[str] = mapped_column(sa.String(160))
    article_fr: Mapped[str] = mapped_column(sa.String(5), default="")
    article_es: Mapped[str] = mapped_column(sa.String(5), default="")
    un_status: Mapped[str] = mapped_column(sa.String(20))
    regional_group: Mapped[str | None] = mapped_column(sa.String(6), index=True)
    region: Mapped[str | None] = mapped_column(sa.String(40))
    sub_region: Mapped[str | None] = mapped_column(sa.String(60))
    # read through `reference.country_lists` only, which asks for a day
    _ldc: Mapped[bool] = mapped_column("ldc")
    _ldc_graduation_date: Mapped[date | None] = mapped_column("ldc_graduation_date")
    _lldc: Mapped[bool] = mapped_column("lldc")
    _sids: Mapped[bool] = mapped_column("sids")
    _oda_eligible: Mapped[bool] = mapped_column("oda_eligible")
    currency: Mapped[str] = mapped_column(sa.String(3))
    gateway_iata: Mapped[str | None] = mapped_column(sa.String(3))
    alt_gateway_iata: Mapped[str | None] = mapped_column(sa.String(3))
    invented: Mapped[bool] = mapped_column(default=False)


class Area(db.Model):
    """An area of assistance by the resolution's own words; ended ones stay on the requests that name them."""

    __tablename__ = "areas"
    __table_args__ = (enum_check("kind", AREA_KINDS),)
    __event_subject__ = "area"

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    parent: Mapped[str | None] = mapped_column(sa.ForeignKey("areas.code"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    name_en: Mapped[str] = mapped_column(sa.String(160))
    name_fr: Mapped[str] = mapped_column(sa.String(160))
    source: Mapped[str] = mapped_column(sa.String(160), default="")
    iati_sector: Mapped[str] = mapped_column(sa.String(5), default="")
    added_at: Mapped[datetime] = moment(default=now)
    ended_on: Mapped[date | None]

    def name(self, language: str) -> str:
        """The area's name; languages without one of their own get the English."""
        return self.name_fr if language == "fr" else self.name_en


class Airport(db.Model):
    """A gateway, hub or venue airport; which one serves which State is the data set's choice."""

    __tablename__ = "airports"

    iata: Mapped[str] = mapped_column(sa.String(3), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    city: Mapped[str] = mapped_column(sa.String(80))
    country_iso3: Mapped[str] = mapped_column(sa.String(3), index=True)
    latitude: Mapped[float]
    longitude: Mapped[float]
    timezone: Mapped[str] = mapped_column(sa.String(40))
    role: Mapped[str] = mapped_column(sa.String(40))
    serves_states: Mapped[list[str]] = mapped_column(Json)
    note: Mapped[str] = mapped_column(sa.Text, default="")


class ExistingProject(db.Model):
    """A known project of others, with which similar requests are compared; dates are as precise as the source."""

    __tablename__ = "existing_projects"

    id: Mapped[int] = pk()
    record_id: Mapped[str] = mapped_column(sa.String(60), unique=True)
    title: Mapped[str] = mapped_column(sa.Text)
    title_language: Mapped[str] = mapped_column(sa.String(2))
    funder: Mapped[str] = mapped_column(sa.String(160))
    implementer: Mapped[str] = mapped_column(sa.String(160))
    beneficiaries: Mapped[list[str]] = mapped_column(Json)
    starts: Mapped[str] = mapped_column(sa.String(10))
    ends: Mapped[str] = mapped_column(sa.String(10))
    status: Mapped[str] = mapped_column(sa.String(20))
    amount: Mapped[Minor | None]
    currency: Mapped[str | None] = mapped_column(sa.String(3))
    source: Mapped[str] = mapped_column(sa.String(160))
    note: Mapped[str] = mapped_column(sa.Text)
