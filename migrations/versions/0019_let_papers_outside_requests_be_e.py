"""Let papers outside requests be erased."""

import sqlalchemy as sa
from alembic import op

revision = "let_papers_outside_requests_be_e"
down_revision = "keep_addresses_in_one_form"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("file_erasures", schema=None) as batch_op:
        batch_op.alter_column("request_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(
            "uq_file_erasures_waiting_file",
            ["file_id"],
            unique=True,
            postgresql_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
            sqlite_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
        )


def downgrade() -> None:
    _forget_papers()
    with op.batch_alter_table("file_erasures", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_file_erasures_waiting_file",
            postgresql_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
            sqlite_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
        )
        batch_op.alter_column("request_id", existing_type=sa.INTEGER(), nullable=False)


def _forget_papers() -> None:
    """The version before knows removals of requests only; the guard that keeps confirmed ones is put back afterwards."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER IF EXISTS file_erasures_final ON file_erasures")
    else:
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS file_erasures_final_{act}")
    op.execute("DELETE FROM file_erasures WHERE request_id IS NULL")


# As `make migration` wrote it: 446a396a99c8e229
