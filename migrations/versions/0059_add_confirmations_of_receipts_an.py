"""Add confirmations of receipts and payments."""

import sqlalchemy as sa
from alembic import op

revision = "add_confirmations_of_receipts_an"
down_revision = "add_conditions_of_travel"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posting_confirmations",
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entry", sa.String(length=120), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("entry <> ''", name=op.f("ck_posting_confirmations_entry_is_named")),
        sa.CheckConstraint(
            "(confirmed_by_id IS NULL) = (entry IS NOT NULL)",
            name=op.f("ck_posting_confirmations_by_a_person_or_an_entry"),
        ),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f("fk_posting_confirmations_act_id")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["people.id"], name=op.f("fk_posting_confirmations_confirmed_by_id")
        ),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_posting_confirmations")),
    )


def downgrade() -> None:
    op.drop_table("posting_confirmations")


# As `make migration` wrote it: 0db4a6651260c5f9
