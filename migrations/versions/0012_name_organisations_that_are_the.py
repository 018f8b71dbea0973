"""Name organisations that are the same."""

import sqlalchemy as sa
from alembic import op

revision = "name_organisations_that_are_the"
down_revision = "documents_kept"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_organisations_merged_into", ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_organisations_merged_into_id"), "organisations", ["merged_into_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_organisations_merger_is_whole"), "(merged_into_id IS NULL) = (merged_at IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_organisations_only_donors_are_merged"),
            "merged_into_id IS NULL OR (kind = 'donor' AND merged_into_id <> id)",
        )


def downgrade() -> None:
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_organisations_only_donors_are_merged"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_organisations_merger_is_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_organisations_merged_into_id"), type_="foreignkey")
        batch_op.drop_index("ix_organisations_merged_into")
        batch_op.drop_column("merged_at")
        batch_op.drop_column("merged_into_id")


# As `make migration` wrote it: 8e5a9e528504d68e
