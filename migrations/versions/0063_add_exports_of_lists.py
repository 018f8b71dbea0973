"""Add exports of lists."""

import sqlalchemy as sa
from alembic import op

revision = "add_exports_of_lists"
down_revision = "add_entries_of_the_finance_syste"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_exports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("confidential", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("confidential = 0 OR reason <> ''", name=op.f("ck_list_exports_confidential_for_a_reason")),
        sa.CheckConstraint("format IN ('xlsx', 'csv')", name=op.f("ck_list_exports_format_known")),
        sa.CheckConstraint(
            "rows >= 0 AND confidential BETWEEN 0 AND rows", name=op.f("ck_list_exports_confidential_among_rows")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_exports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_list_exports_public_id")),
    )


def downgrade() -> None:
    op.drop_table("list_exports")


# As `make migration` wrote it: 1f416e139d2d8a05
