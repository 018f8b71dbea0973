"""Add messages of delegates."""

import sqlalchemy as sa
from alembic import op

revision = "add_messages_of_delegates"
down_revision = "let_pledges_ask_for_women_among"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegate_messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_whom", sa.String(length=10), nullable=False),
        sa.Column("written_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("needs_no_answer", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(by_whom = 'officer') = (written_by_id IS NOT NULL)",
            name=op.f("ck_delegate_messages_written_by_an_officer"),
        ),
        sa.CheckConstraint("body <> ''", name=op.f("ck_delegate_messages_says_something")),
        sa.CheckConstraint(
            "by_whom = 'officer' OR answers_id IS NULL", name=op.f("ck_delegate_messages_officers_answer")
        ),
        sa.CheckConstraint(
            "by_whom IN ('delegate', 'helper', 'officer')", name=op.f("ck_delegate_messages_by_whom_known")
        ),
        sa.CheckConstraint(
            "(body IS NOT NULL) = (erased_at IS NULL)", name=op.f("ck_delegate_messages_erased_is_gone")
        ),
        sa.CheckConstraint(
            "NOT needs_no_answer OR answers_id IS NOT NULL", name=op.f("ck_delegate_messages_needs_no_answer")
        ),
        sa.ForeignKeyConstraint(["answers_id"], ["delegate_messages.id"], name=op.f("fk_delegate_messages_answers_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_delegate_messages_delegate_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_delegate_messages_seat_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_delegate_messages_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate_messages")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delegate_messages_public_id")),
    )
    with op.batch_alter_table("delegate_messages", schema=None) as batch_op:
        batch_op.create_index("ix_delegate_messages_answers", ["answers_id"], unique=False)
        batch_op.create_index("ix_delegate_messages_delegate", ["delegate_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegate_messages_seat_id"), ["seat_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("delegate_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegate_messages_seat_id"))
        batch_op.drop_index("ix_delegate_messages_delegate")
        batch_op.drop_index("ix_delegate_messages_answers")

    op.drop_table("delegate_messages")


# As `make migration` wrote it: 015c36cb0bb6841b
