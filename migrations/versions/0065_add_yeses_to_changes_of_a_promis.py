"""Add yeses to changes of a promise."""

import sqlalchemy as sa
from alembic import op

revision = "add_yeses_to_changes_of_a_promis"
down_revision = "add_issued_statements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "act_yeses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("given_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paper_reference", sa.String(length=120), nullable=True),
        sa.Column("paper_date", sa.Date(), nullable=True),
        sa.Column("paper_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "side <> 'donor' OR (signed_by IS NULL) = (paper_reference IS NULL)",
            name=op.f("ck_act_yeses_letter_says_who"),
        ),
        sa.CheckConstraint(
            "side <> 'office' OR paper_reference IS NOT NULL", name=op.f("ck_act_yeses_office_has_amendment")
        ),
        sa.CheckConstraint("side IN ('donor', 'office')", name=op.f("ck_act_yeses_side_known")),
        sa.CheckConstraint(
            "(paper_reference IS NULL) = (paper_date IS NULL) AND (paper_reference IS NULL) = (paper_file_id IS NULL)",
            name=op.f("ck_act_yeses_paper_is_whole"),
        ),
        sa.ForeignKeyConstraint(["act_id"], ["proposed_acts.id"], name=op.f("fk_act_yeses_act_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["people.id"], name=op.f("fk_act_yeses_given_by_id")),
        sa.ForeignKeyConstraint(["paper_file_id"], ["files.id"], name=op.f("fk_act_yeses_paper_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_yeses")),
        sa.UniqueConstraint("act_id", "side", name=op.f("uq_act_yeses_act_id_side")),
    )
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_kind_known"),
            "kind IN ('top_up', 'promotion', 'write_off', 'reversal', 'refund', 'apply_surplus', 'return_surplus',"
            " 'raise', 'reduce', 'extend', 'earmark')",
        )


def downgrade() -> None:
    # What was done by then stands in the ledger; the version before knows no such proposal.
    op.drop_table("act_yeses")
    op.execute("DELETE FROM proposed_acts WHERE kind IN ('raise', 'reduce', 'extend', 'earmark')")
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_kind_known"),
            "kind IN ('top_up', 'promotion', 'write_off', 'reversal', 'refund', 'apply_surplus', 'return_surplus')",
        )


# As `make migration` wrote it: b0222903aa651cd8
