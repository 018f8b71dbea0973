"""Add helpers of delegates."""

import sqlalchemy as sa
from alembic import op

revision = "add_helpers_of_delegates"
down_revision = "add_claims_of_delegates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delegate_links", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=10), server_default="own", nullable=False))
        batch_op.add_column(sa.Column("helper_name", sa.String(length=160), nullable=True))
        batch_op.add_column(sa.Column("helper_email", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("helper_language", sa.String(length=2), nullable=True))
        batch_op.drop_index(batch_op.f("uq_delegate_links_one"), sqlite_where=sa.text("ended_at IS NULL"))
        batch_op.create_index(
            "uq_delegate_links_one",
            ["seat_id", "kind"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_delegate_links_helper_is_named_whole"), "(helper_name IS NULL) = (helper_email IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_delegate_links_helper_of_a_link"),
            "kind = 'helper' OR (helper_email IS NULL AND helper_language IS NULL)",
        )
        batch_op.create_check_constraint(batch_op.f("ck_delegate_links_kind_known"), "kind IN ('own', 'helper')")


def downgrade() -> None:
    with op.batch_alter_table("delegate_links", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delegate_links_kind_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delegate_links_helper_of_a_link"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delegate_links_helper_is_named_whole"), type_="check")
        batch_op.drop_index(
            "uq_delegate_links_one",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("uq_delegate_links_one"), ["seat_id"], unique=1, sqlite_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_column("helper_language")
        batch_op.drop_column("helper_email")
        batch_op.drop_column("helper_name")
        batch_op.drop_column("kind")


# As `make migration` wrote it: 629dd3c7f2c9f96e
