"""Add copies of requests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "add_copies_of_requests"
down_revision = "name_organisations_that_are_the"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "request_copies",
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "copied", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column(
            "left_out", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(["from_id"], ["assistance_requests.id"], name=op.f("fk_request_copies_from_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["assistance_requests.id"], name=op.f("fk_request_copies_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request_copies")),
    )
    with op.batch_alter_table("request_copies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_copies_from_id"), ["from_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("request_copies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_copies_from_id"))

    op.drop_table("request_copies")


# As `make migration` wrote it: 8fea3bd2a237c2f7
