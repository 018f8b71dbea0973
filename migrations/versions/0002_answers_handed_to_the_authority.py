"""Answers handed to the authority."""

import sqlalchemy as sa
from alembic import op

revision = "answers_handed_to_the_authority"
down_revision = "v0_1_0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("clarifications", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("handed_over_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_clarifications_handed_over_by_id"), "people", ["handed_over_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_clarifications_handed_over_by_somebody"),
            "(handed_over_at IS NULL) = (handed_over_by_id IS NULL)",
        )


def downgrade() -> None:
    with op.batch_alter_table("clarifications", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clarifications_handed_over_by_somebody"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_clarifications_handed_over_by_id"), type_="foreignkey")
        batch_op.drop_column("handed_over_at")
        batch_op.drop_column("handed_over_by_id")


# As `make migration` wrote it: 0fffff9ed3a1deeb
