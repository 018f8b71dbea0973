"""The office's book of costs: rates and rules as dated rows, which are added and never edited.

A payment or a seat keeps what it was counted with, so that a row can be taken back with the import it came by.
"""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import now
from tracker.costs.rows import CABINS, ORIGINS, PROXY, What
from tracker.database.columns import BigId, Minor, enum_check, moment, pk
from tracker.extensions import db


class CostRate(db.Model):
    """An amount from a day on: for a day at a place, a return fare by distance, terminal expenses, insurance,
    the fee of a visa, the journey to a consulate.

    `place` is the code of an airport; empty is everywhere. A season counts by month and day and comes back each year.
    What is delivered with the tracker is a stand-in (`origin` "proxy"). `key` names what no two rows have in common
    (`columns.Rate.key`).
    """

    __tablename__ = "cost_rates"
    __event_subject__ = "cost_rate"
    __table_args__ = (
        enum_check("what", What),
        enum_check("cabin", ("", *CABINS)),
        enum_check("origin", ORIGINS),
        sa.CheckConstraint("amount > 0", name="above_zero"),
        sa.CheckConstraint("(what = 'fare') = (cabin <> '')", name="cabin_of_a_fare"),
        sa.CheckConstraint(
            "(what = 'fare' AND over_km >= 0 AND up_to_km > over_km)"
            " OR (what <> 'fare' AND over_km = 0 AND up_to_km = 0)",
            name="distance_of_a_fare",
        ),
        sa.CheckConstraint(
            "(what = 'daily' AND place <> '') OR (what = 'fare' AND place = '') OR what NOT IN ('daily', 'fare')",
            name="place",
        ),
        sa.CheckConstraint(
            "(season_first IS NULL AND season_last IS NULL) OR (what = 'daily' AND season_first IS NOT NULL"
            " AND season_last IS NOT NULL AND season_last >= season_first)",
            name="season_of_a_day",
        ),
        sa.Index("ix_cost_rates_place", "place", "what"),
    )

    id: Mapped[int] = pk()
    key: Mapped[str] = mapped_column(sa.String(80), unique=True)
    what: Mapped[str] = mapped_column(sa.String(20))
    place: Mapped[str] = mapped_column(sa.String(3), default="")
    cabin: Mapped[str] = mapped_column(sa.String(20), default="")
    over_km: Mapped[int] = mapped_column(default=0)
    up_to_km: Mapped[int] = mapped_column(default=0)
    season_first: Mapped[date | None]
    season_last: Mapped[date | None]
    amount: Mapped[Minor]
    currency: Mapped[str] = mapped_column(sa.String(3))
    effective_from: Mapped[date]
    origin: Mapped[str] = mapped_column(sa.String(10), default=PROXY)
    source: Mapped[str] = mapped_column(sa.String(160))
    added_at: Mapped[datetime] = moment(default=now)
    import_run_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("import_runs.id"), index=True)


class CostRule(db.Model):
    """One percentage of a rule set from a day on; all rows of a set and a day come and go together."""

    __tablename__ = "cost_rules"
    __event_subject__ = "cost_rule"
    __table_args__ = (
        sa.UniqueConstraint("rule_set", "valid_from", "parameter"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    )

    id: Mapped[int] = pk()
    rule_set: Mapped[str] = mapped_column(sa.String(20))
    valid_from: Mapped[date]
    parameter: Mapped[str] = mapped_column(sa.String(40))
    percent: Mapped[Decimal] = mapped_column(sa.Numeric(7, 4))
    source: Mapped[str] = mapped_column(sa.String(160))
    verified: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime] = moment(default=now)
    import_run_id: Mapped[int | None] = mapped_column(BigId, sa.ForeignKey("import_runs.id"), index=True)
