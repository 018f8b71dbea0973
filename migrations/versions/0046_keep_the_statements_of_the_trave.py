"""Keep the statements of the travel agency."""

import sqlalchemy as sa
from alembic import op

revision = "keep_the_statements_of_the_trave"
down_revision = "keep_what_others_provided_by_day"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refunds_not_awaited",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_not_awaited_amount_above_zero")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_refunds_not_awaited_by_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_refunds_not_awaited_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds_not_awaited")),
    )
    with op.batch_alter_table("refunds_not_awaited", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refunds_not_awaited_seat_id"), ["seat_id"], unique=False)

    op.create_table(
        "agency_lines",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("import_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("statement", sa.String(length=80), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("ticket", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("journey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("remarked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("remarked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('sale', 'exchange', 'fee', 'refund')", name=op.f("ck_agency_lines_kind_known")),
        sa.CheckConstraint(
            "(remark IS NOT NULL) = (remarked_at IS NOT NULL) AND (remark IS NOT NULL) = (remarked_by_id IS NOT NULL)",
            name=op.f("ck_agency_lines_remark_by_somebody"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_agency_lines_amount_above_zero")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_runs.id"], name=op.f("fk_agency_lines_import_run_id")),
        sa.ForeignKeyConstraint(["journey_id"], ["seat_travels.id"], name=op.f("fk_agency_lines_journey_id")),
        sa.ForeignKeyConstraint(["remarked_by_id"], ["people.id"], name=op.f("fk_agency_lines_remarked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_lines")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agency_lines_public_id")),
    )
    with op.batch_alter_table("agency_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_lines_import_run_id"), ["import_run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_lines_journey_id"), ["journey_id"], unique=False)
        batch_op.create_index("ix_agency_lines_ticket", ["ticket", "statement"], unique=False)

    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_what_known"),
            "what IN ('requests', 'pledges', 'cost_rates', 'cost_rules', 'earlier_seats', 'attendance', 'agency_statement')",
        )


def downgrade() -> None:
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_what_known"),
            "what IN ('requests', 'pledges', 'cost_rates', 'cost_rules', 'earlier_seats', 'attendance')",
        )

    with op.batch_alter_table("agency_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_agency_lines_ticket")
        batch_op.drop_index(batch_op.f("ix_agency_lines_journey_id"))
        batch_op.drop_index(batch_op.f("ix_agency_lines_import_run_id"))

    op.drop_table("agency_lines")
    with op.batch_alter_table("refunds_not_awaited", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refunds_not_awaited_seat_id"))

    op.drop_table("refunds_not_awaited")


# As `make migration` wrote it: 84e9e2b7e3d8f1ff
