"""Add issued statements."""

import sqlalchemy as sa
from alembic import op

revision = "add_issued_statements"
down_revision = "add_exports_of_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issued_statements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("pledge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("after >= 0 AND until >= after", name=op.f("ck_issued_statements_steps_in_order")),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_issued_statements_ends_after_beginning")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_issued_statements_number_from_one")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["people.id"], name=op.f("fk_issued_statements_issued_by_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_issued_statements_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_statements")),
        sa.UniqueConstraint("pledge_id", "number", name="uq_issued_statements_number"),
    )


def downgrade() -> None:
    op.drop_table("issued_statements")


# As `make migration` wrote it: f6de8e32e99fd5d0
