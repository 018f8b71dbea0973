"""Add proposals of rounds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "add_proposals_of_rounds"
down_revision = "let_two_persons_reverse_a_paymen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round_proposals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "inputs", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column(
            "outcome", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column("job_public_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_round_proposals_number_from_one")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_round_proposals_asked_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_proposals_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_proposals")),
        sa.UniqueConstraint("round_id", "number", name="uq_round_proposals_number"),
    )


def downgrade() -> None:
    op.drop_table("round_proposals")


# As `make migration` wrote it: b01255af5b04cdbb
