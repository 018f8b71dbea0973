"""Add entries of the finance system."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "add_entries_of_the_finance_syste"
down_revision = "let_acts_of_two_persons_be_about"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finance_sources",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "columns", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("sign", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.CheckConstraint("sign IN ('out_minus', 'out_plus')", name=op.f("ck_finance_sources_sign_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_sources")),
        sa.UniqueConstraint("name", name=op.f("uq_finance_sources_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_finance_sources_public_id")),
    )
    op.create_table(
        "finance_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("import_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.Column("payee", sa.String(length=40), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("remarked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("remarked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(remark IS NOT NULL) = (remarked_at IS NOT NULL) AND (remark IS NOT NULL) = (remarked_by_id IS NOT NULL)",
            name=op.f("ck_finance_entries_remark_by_somebody"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_finance_entries_amount_above_zero")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_runs.id"], name=op.f("fk_finance_entries_import_run_id")),
        sa.ForeignKeyConstraint(["remarked_by_id"], ["people.id"], name=op.f("fk_finance_entries_remarked_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["finance_sources.id"], name=op.f("fk_finance_entries_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_entries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_finance_entries_public_id")),
        sa.UniqueConstraint("source_id", "key", name="uq_finance_entries_key"),
    )
    with op.batch_alter_table("finance_entries", schema=None) as batch_op:
        batch_op.create_index("ix_finance_entries_day", ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_finance_entries_import_run_id"), ["import_run_id"], unique=False)

    op.create_table(
        "entry_matches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(how = 'person') = (by_id IS NOT NULL)", name=op.f("ck_entry_matches_person_who_matched")),
        sa.CheckConstraint("how IN ('reference', 'likeness', 'person')", name=op.f("ck_entry_matches_how_known")),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f("fk_entry_matches_act_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_entry_matches_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["finance_entries.id"], name=op.f("fk_entry_matches_entry_id")),
        sa.ForeignKeyConstraint(["source_id"], ["finance_sources.id"], name=op.f("fk_entry_matches_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_matches")),
        sa.UniqueConstraint("act_id", "source_id", name="uq_entry_matches_act"),
    )
    with op.batch_alter_table("entry_matches", schema=None) as batch_op:
        batch_op.create_index("ix_entry_matches_entry", ["entry_id"], unique=False)

    op.create_table(
        "posting_remarks",
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f("fk_posting_remarks_act_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_posting_remarks_by_id")),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_posting_remarks")),
    )
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_what_known"),
            "what IN ('requests', 'pledges', 'cost_rates', 'cost_rules', 'earlier_seats', 'attendance', 'agency_statement', 'finance_entries')",
        )


def downgrade() -> None:
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_what_known"),
            "what IN ('requests', 'pledges', 'cost_rates', 'cost_rules', 'earlier_seats', 'attendance', 'agency_statement')",
        )

    op.drop_table("posting_remarks")
    with op.batch_alter_table("entry_matches", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_matches_entry")

    op.drop_table("entry_matches")
    with op.batch_alter_table("finance_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_entries_import_run_id"))
        batch_op.drop_index("ix_finance_entries_day")

    op.drop_table("finance_entries")
    op.drop_table("finance_sources")


# As `make migration` wrote it: f6f0453fb403e2a2
