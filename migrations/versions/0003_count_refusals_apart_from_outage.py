"""Count refusals apart from outages; mailboxes that hang are tried alone.

Until now one counter held both: what waits for an absent mail server keeps none of it as refusals."""

import sqlalchemy as sa
from alembic import op

revision = "count_refusals_apart_from_outage"
down_revision = "answers_handed_to_the_authority"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hung_mailboxes",
        sa.Column("recipient_key", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("hung_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("recipient_key", name=op.f("pk_hung_mailboxes")),
    )
    with op.batch_alter_table("hung_mailboxes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hung_mailboxes_address"), ["address"], unique=False)

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.alter_column(
            "attempts", new_column_name="refusals", existing_type=sa.Integer(), existing_nullable=False
        )
        batch_op.add_column(sa.Column("alone", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("away_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("lost_claims", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE deliveries SET refusals = 0 WHERE unreachable_at IS NOT NULL")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        for name in ("alone", "away_count", "lost_claims"):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_index(
            "uq_deliveries_alone",
            ["alone"],
            unique=True,
            postgresql_where=sa.text("alone AND status IN ('claimed', 'sending')"),
            sqlite_where=sa.text("alone AND status IN ('claimed', 'sending')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("uq_deliveries_alone")
        for name in ("alone", "away_count", "lost_claims"):
            batch_op.drop_column(name)
        batch_op.alter_column(
            "refusals", new_column_name="attempts", existing_type=sa.Integer(), existing_nullable=False
        )
    op.drop_table("hung_mailboxes")


# As `make migration` wrote it: 6f1c786d3f51404c
