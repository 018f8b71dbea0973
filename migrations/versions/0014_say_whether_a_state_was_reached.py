"""Say whether a State was reached."""

import sqlalchemy as sa
from alembic import op

revision = "say_whether_a_state_was_reached"
down_revision = "add_copies_of_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unreached_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_requests_unreached",
            ["unreached_since"],
            unique=False,
            postgresql_where=sa.text("unreached_since IS NOT NULL"),
            sqlite_where=sa.text("unreached_since IS NOT NULL"),
        )

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_status", sa.String(length=30), nullable=True))
        batch_op.create_index("ix_deliveries_subject", ["subject_key", "id"], unique=False)

    with op.batch_alter_table("given_reasons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch_op.drop_constraint(batch_op.f("ck_given_reasons_action_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_given_reasons_action_known"),
            "action IN ('return_to_draft', 'return_note', 'reopen', 'withdraw', 'record_contact')",
        )


def downgrade() -> None:
    with op.batch_alter_table("given_reasons", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_given_reasons_action_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_given_reasons_action_known"),
            "action IN ('return_to_draft', 'return_note', 'reopen', 'withdraw')",
        )
        batch_op.drop_column("day")

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_deliveries_subject")
        batch_op.drop_column("told_status")

    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_requests_unreached",
            postgresql_where=sa.text("unreached_since IS NOT NULL"),
            sqlite_where=sa.text("unreached_since IS NOT NULL"),
        )
        batch_op.drop_column("unreached_since")


# As `make migration` wrote it: 2b96e76c0aa8e1d2
