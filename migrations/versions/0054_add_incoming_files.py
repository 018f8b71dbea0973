"""Add incoming files."""

import sqlalchemy as sa
from alembic import op

revision = "add_incoming_files"
down_revision = "add_messages_of_delegates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incoming_files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("stored_as", sa.String(length=40), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("received BETWEEN 0 AND size", name=op.f("ck_incoming_files_received_within_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_files")),
        sa.UniqueConstraint("owner", "key_hash", name=op.f("uq_incoming_files_owner_key_hash")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_incoming_files_stored_as")),
    )
    with op.batch_alter_table("incoming_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incoming_files_touched_at"), ["touched_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("incoming_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incoming_files_touched_at"))

    op.drop_table("incoming_files")


# As `make migration` wrote it: 3343ba6e381ecef5
