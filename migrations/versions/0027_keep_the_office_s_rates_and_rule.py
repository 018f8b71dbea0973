"""Keep the office's rates and rules of travel cost.

Only delivered rows stood in dsa_rates; `flask reference load`, which follows every upgrade, fills cost_rates with them.
"""

import sqlalchemy as sa
from alembic import op

revision = "keep_the_office_s_rates_and_rule"
down_revision = "accept_for_participation_without"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cost_rates",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=3), nullable=False),
        sa.Column("cabin", sa.String(length=20), nullable=False),
        sa.Column("over_km", sa.Integer(), nullable=False),
        sa.Column("up_to_km", sa.Integer(), nullable=False),
        sa.Column("season_first", sa.Date(), nullable=True),
        sa.Column("season_last", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(season_first IS NULL AND season_last IS NULL) OR (what = 'daily' AND season_first IS NOT NULL AND season_last IS NOT NULL AND season_last >= season_first)",
            name=op.f("ck_cost_rates_season_of_a_day"),
        ),
        sa.CheckConstraint(
            "(what = 'daily' AND place <> '') OR (what = 'fare' AND place = '') OR what NOT IN ('daily', 'fare')",
            name=op.f("ck_cost_rates_place"),
        ),
        sa.CheckConstraint(
            "(what = 'fare' AND over_km >= 0 AND up_to_km > over_km) OR (what <> 'fare' AND over_km = 0 AND up_to_km = 0)",
            name=op.f("ck_cost_rates_distance_of_a_fare"),
        ),
        sa.CheckConstraint("(what = 'fare') = (cabin <> '')", name=op.f("ck_cost_rates_cabin_of_a_fare")),
        sa.CheckConstraint("cabin IN ('', 'economy', 'business')", name=op.f("ck_cost_rates_cabin_known")),
        sa.CheckConstraint("origin IN ('own', 'proxy')", name=op.f("ck_cost_rates_origin_known")),
        sa.CheckConstraint(
            "what IN ('daily', 'fare', 'terminal', 'insurance', 'insurance_day')", name=op.f("ck_cost_rates_what_known")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_cost_rates_above_zero")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_runs.id"], name=op.f("fk_cost_rates_import_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_rates")),
        sa.UniqueConstraint("key", name=op.f("uq_cost_rates_key")),
    )
    with op.batch_alter_table("cost_rates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_rates_import_run_id"), ["import_run_id"], unique=False)
        batch_op.create_index("ix_cost_rates_place", ["place", "what"], unique=False)

    op.create_table(
        "cost_rules",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("rule_set", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("parameter", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_cost_rules_percent")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_runs.id"], name=op.f("fk_cost_rules_import_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_rules")),
        sa.UniqueConstraint(
            "rule_set", "valid_from", "parameter", name=op.f("uq_cost_rules_rule_set_valid_from_parameter")
        ),
    )
    with op.batch_alter_table("cost_rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_rules_import_run_id"), ["import_run_id"], unique=False)

    with op.batch_alter_table("dsa_rates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dsa_rates_airport_iata"))

    op.drop_table("dsa_rates")
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_what_known"), "what IN ('requests', 'pledges', 'cost_rates', 'cost_rules')"
        )


def downgrade() -> None:
    op.create_table(
        "dsa_rates",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("country_iso3", sa.String(length=3), nullable=False),
        sa.Column("airport_iata", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("season_start", sa.Date(), nullable=True),
        sa.Column("season_end", sa.Date(), nullable=True),
        sa.Column("lodging", sa.BigInteger(), nullable=False),
        sa.Column("meals_incidentals", sa.BigInteger(), nullable=False),
        sa.Column("per_day", sa.BigInteger(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("note", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dsa_rates")),
        sa.UniqueConstraint(
            "city",
            "kind",
            "effective_from",
            "season_start",
            name=op.f("uq_dsa_rates_city_kind_effective_from_season_start"),
        ),
    )
    with op.batch_alter_table("dsa_rates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dsa_rates_airport_iata"), ["airport_iata"], unique=False)

    with op.batch_alter_table("cost_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cost_rules_import_run_id"))

    op.drop_table("cost_rules")
    with op.batch_alter_table("cost_rates", schema=None) as batch_op:
        batch_op.drop_index("ix_cost_rates_place")
        batch_op.drop_index(batch_op.f("ix_cost_rates_import_run_id"))

    op.drop_table("cost_rates")
    op.execute("DELETE FROM import_runs WHERE what IN ('cost_rates', 'cost_rules')")
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_import_runs_what_known"), "what IN ('requests', 'pledges')")


# As `make migration` wrote it: 87c0cbdbb440f024
