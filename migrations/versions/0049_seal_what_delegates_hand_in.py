"""Seal what delegates hand in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "seal_what_delegates_hand_in"
down_revision = "add_proposals_of_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sealed_keys",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("holder", sa.String(length=20), nullable=False),
        sa.Column("holder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('journey', 'payment')", name=op.f("ck_sealed_keys_purpose_known")),
        sa.CheckConstraint("(key_id IS NULL) = (wrapped IS NULL)", name=op.f("ck_sealed_keys_wrapped_by_a_key")),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name=op.f("ck_sealed_keys_wrapped_or_destroyed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_keys")),
        sa.UniqueConstraint("holder", "holder_id", "purpose", name="uq_sealed_keys_holder"),
    )
    with op.batch_alter_table("sealed_keys", schema=None) as batch_op:
        batch_op.create_index("ix_sealed_keys_key_id", ["key_id"], unique=False)

    op.create_table(
        "delegate_papers",
        sa.Column(
            "delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("passport", sa.LargeBinary(), nullable=True),
        sa.Column("visa", sa.LargeBinary(), nullable=True),
        sa.Column("access", sa.LargeBinary(), nullable=True),
        sa.Column("bank", sa.LargeBinary(), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("passport_on", sa.Date(), nullable=True),
        sa.Column("visa_on", sa.Date(), nullable=True),
        sa.Column("access_on", sa.Date(), nullable=True),
        sa.Column("payment_on", sa.Date(), nullable=True),
        sa.Column("pays_by", sa.String(length=8), nullable=True),
        sa.Column(
            "doubts", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("evidence_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "erased_on IS NOT NULL OR (bank IS NOT NULL) = (pays_by IS NOT NULL AND pays_by = 'transfer')",
            name=op.f("ck_delegate_papers_bank_of_a_transfer"),
        ),
        sa.CheckConstraint("pays_by IN ('transfer', 'arrival')", name=op.f("ck_delegate_papers_pays_by_known")),
        sa.CheckConstraint(
            "(accepted_at IS NOT NULL) = (accepted_by_id IS NOT NULL)",
            name=op.f("ck_delegate_papers_accepted_by_somebody"),
        ),
        sa.CheckConstraint(
            "(evidence IS NOT NULL) = (evidence_until IS NOT NULL)", name=op.f("ck_delegate_papers_evidence_until")
        ),
        sa.CheckConstraint(
            "(pays_by IS NOT NULL) = (payment_on IS NOT NULL)", name=op.f("ck_delegate_papers_payment_is_chosen")
        ),
        sa.CheckConstraint(
            "erased_on IS NOT NULL OR (access IS NOT NULL) = (access_on IS NOT NULL)",
            name=op.f("ck_delegate_papers_access"),
        ),
        sa.CheckConstraint(
            "erased_on IS NOT NULL OR (passport IS NOT NULL) = (passport_on IS NOT NULL)",
            name=op.f("ck_delegate_papers_passport"),
        ),
        sa.CheckConstraint(
            "erased_on IS NOT NULL OR (visa IS NOT NULL) = (visa_on IS NOT NULL)", name=op.f("ck_delegate_papers_visa")
        ),
        sa.CheckConstraint(
            "erased_on IS NULL OR (passport IS NULL AND visa IS NULL AND access IS NULL AND bank IS NULL)",
            name=op.f("ck_delegate_papers_erased_is_gone"),
        ),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["people.id"], name=op.f("fk_delegate_papers_accepted_by_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_delegate_papers_delegate_id")),
        sa.PrimaryKeyConstraint("delegate_id", name=op.f("pk_delegate_papers")),
    )
    op.create_table(
        "paper_openings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "papers", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_paper_openings_reason")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_paper_openings_delegate_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["people.id"], name=op.f("fk_paper_openings_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_openings")),
    )
    with op.batch_alter_table("paper_openings", schema=None) as batch_op:
        batch_op.create_index("ix_paper_openings_delegate", ["delegate_id", "id"], unique=False)

    op.create_table(
        "papers_handed_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paper", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_whom", sa.String(length=10), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(by_whom = 'officer') = (entered_by_id IS NOT NULL) AND (by_whom = 'officer') = (source IS NOT NULL) AND (by_whom = 'officer') = (received_on IS NOT NULL)",
            name=op.f("ck_papers_handed_in_entered_with_its_source"),
        ),
        sa.CheckConstraint(
            "by_whom <> 'helper' OR paper <> 'payment'", name=op.f("ck_papers_handed_in_no_bank_data_by_helpers")
        ),
        sa.CheckConstraint(
            "by_whom IN ('delegate', 'helper', 'officer')", name=op.f("ck_papers_handed_in_by_whom_known")
        ),
        sa.CheckConstraint(
            "paper IN ('passport', 'visa', 'access', 'payment')", name=op.f("ck_papers_handed_in_paper_known")
        ),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_papers_handed_in_delegate_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_papers_handed_in_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers_handed_in")),
    )
    with op.batch_alter_table("papers_handed_in", schema=None) as batch_op:
        batch_op.create_index("ix_papers_handed_in_delegate", ["delegate_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("papers_handed_in", schema=None) as batch_op:
        batch_op.drop_index("ix_papers_handed_in_delegate")

    op.drop_table("papers_handed_in")
    with op.batch_alter_table("paper_openings", schema=None) as batch_op:
        batch_op.drop_index("ix_paper_openings_delegate")

    op.drop_table("paper_openings")
    op.drop_table("delegate_papers")
    with op.batch_alter_table("sealed_keys", schema=None) as batch_op:
        batch_op.drop_index("ix_sealed_keys_key_id")

    op.drop_table("sealed_keys")


# As `make migration` wrote it: c6de4703ef9e09cb
