"""Add claims of delegates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "add_claims_of_delegates"
down_revision = "take_photographs_of_telephones"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegate_claims",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column(
            "provided", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column(
            "accepted", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("evidence_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NOT NULL) = (status = 'answered')", name=op.f("ck_delegate_claims_answered_has_moment")
        ),
        sa.CheckConstraint(
            "(asked_at IS NOT NULL) = (asked_by_id IS NOT NULL) AND (status <> 'asked' OR asked_at IS NOT NULL)",
            name=op.f("ck_delegate_claims_asked_by_somebody"),
        ),
        sa.CheckConstraint(
            "(sent_at IS NOT NULL) = (status <> 'draft')", name=op.f("ck_delegate_claims_sent_has_moment")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'sent', 'begun', 'asked', 'answered')", name=op.f("ck_delegate_claims_status_known")
        ),
        sa.CheckConstraint(
            "(first_day IS NOT NULL) = (last_day IS NOT NULL)", name=op.f("ck_delegate_claims_days_are_whole")
        ),
        sa.CheckConstraint(
            "evidence_until IS NULL OR erased_on IS NOT NULL",
            name=op.f("ck_delegate_claims_evidence_of_what_is_erased"),
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_delegate_claims_days_in_order")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_delegate_claims_number_from_one")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_delegate_claims_asked_by_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_delegate_claims_delegate_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_delegate_claims_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate_claims")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delegate_claims_public_id")),
        sa.UniqueConstraint("seat_id", "delegate_id", "number", name="uq_delegate_claims_number"),
    )
    with op.batch_alter_table("delegate_claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegate_claims_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(
            "uq_delegate_claims_one_draft",
            ["seat_id", "delegate_id"],
            unique=True,
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )

    op.create_table(
        "claim_papers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("line", sa.String(length=10), nullable=True),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("receipt_number", sa.String(length=60), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("rate", sa.Numeric(precision=24, scale=10), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("rate_source", sa.Text(), nullable=False),
        sa.Column("dollars_minor", sa.BigInteger(), nullable=True),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(line IS NOT NULL) = (kind = 'receipt') AND (paid_on IS NOT NULL) = (kind = 'receipt') AND (amount_minor IS NOT NULL) = (kind = 'receipt') AND (currency IS NOT NULL) = (kind = 'receipt')",
            name=op.f("ck_claim_papers_receipt_is_whole"),
        ),
        sa.CheckConstraint("kind IN ('boarding', 'receipt')", name=op.f("ck_claim_papers_kind_known")),
        sa.CheckConstraint("line IN ('visa', 'insurance', 'other')", name=op.f("ck_claim_papers_line_known")),
        sa.CheckConstraint(
            "(rate IS NOT NULL) = (rate_on IS NOT NULL) AND (rate IS NULL OR dollars_minor IS NOT NULL)",
            name=op.f("ck_claim_papers_rate_is_whole"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_claim_papers_above_zero")),
        sa.ForeignKeyConstraint(["claim_id"], ["delegate_claims.id"], name=op.f("fk_claim_papers_claim_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_claim_papers_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_papers")),
        sa.UniqueConstraint("claim_id", "number", name="uq_claim_papers_number"),
        sa.UniqueConstraint("public_id", name=op.f("uq_claim_papers_public_id")),
    )
    with op.batch_alter_table("claim_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_papers_file_id"), ["file_id"], unique=False)

    op.create_table(
        "claim_openings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["opened_by_id"], ["people.id"], name=op.f("fk_claim_openings_opened_by_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["claim_papers.id"], name=op.f("fk_claim_openings_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_openings")),
    )
    with op.batch_alter_table("claim_openings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_openings_paper_id"), ["paper_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("claim_openings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_openings_paper_id"))

    op.drop_table("claim_openings")
    with op.batch_alter_table("claim_papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_papers_file_id"))

    op.drop_table("claim_papers")
    with op.batch_alter_table("delegate_claims", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_delegate_claims_one_draft",
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )
        batch_op.drop_index(batch_op.f("ix_delegate_claims_delegate_id"))

    op.drop_table("delegate_claims")


# As `make migration` wrote it: ab88dd43649fdabe
