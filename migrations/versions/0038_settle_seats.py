"""Settle seats."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "settle_seats"
down_revision = "keep_seats_of_earlier_sessions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_closings",
        sa.Column(
            "session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "remaining", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(["closed_by_id"], ["people.id"], name=op.f("fk_session_closings_closed_by_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_session_closings_session_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_closings")),
    )
    op.create_table(
        "settlements",
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=True),
        sa.Column("leaves_on", sa.Date(), nullable=True),
        sa.Column("breakfasts", sa.Integer(), nullable=False),
        sa.Column("lunches", sa.Integer(), nullable=False),
        sa.Column("dinners", sa.Integer(), nullable=False),
        sa.Column("lodging", sa.Integer(), nullable=False),
        sa.Column("state_bears", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(arrives_on IS NULL) = (leaves_on IS NULL)", name=op.f("ck_settlements_days_are_whole")),
        sa.CheckConstraint(
            "(settled_at IS NOT NULL) = (settled_by_id IS NOT NULL)", name=op.f("ck_settlements_settled_by_somebody")
        ),
        sa.CheckConstraint(
            "breakfasts >= 0 AND lunches >= 0 AND dinners >= 0 AND lodging >= 0",
            name=op.f("ck_settlements_not_negative"),
        ),
        sa.CheckConstraint("leaves_on >= arrives_on", name=op.f("ck_settlements_leaves_after_arriving")),
        sa.CheckConstraint(
            "settled_by_id IS NULL OR settled_by_id <> entered_by_id", name=op.f("ck_settlements_two_persons")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_settlements_entered_by_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_settlements_seat_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_settlements_settled_by_id")),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_settlements")),
    )
    op.create_table(
        "settlement_lines",
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("due_minor", sa.BigInteger(), nullable=False),
        sa.Column("invoice", sa.String(length=120), nullable=False),
        sa.Column(
            "parts", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("owed_minor", sa.BigInteger(), nullable=False),
        sa.Column("owes", sa.String(length=8), nullable=True),
        sa.Column("ended_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('fare', 'allowance', 'terminals', 'visa', 'insurance', 'contingency')",
            name=op.f("ck_settlement_lines_kind_known"),
        ),
        sa.CheckConstraint("owes IN ('state', 'payee')", name=op.f("ck_settlement_lines_owes_known")),
        sa.CheckConstraint("(owed_minor > 0) = (owes IS NOT NULL)", name=op.f("ck_settlement_lines_somebody_owes")),
        sa.CheckConstraint("due_minor >= 0 AND owed_minor >= 0", name=op.f("ck_settlement_lines_not_negative")),
        sa.CheckConstraint("ended_minor BETWEEN 0 AND owed_minor", name=op.f("ck_settlement_lines_ended_within_owed")),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["settlements.seat_id"], name=op.f("fk_settlement_lines_seat_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seat_id", "kind", name=op.f("pk_settlement_lines")),
    )
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_kind_known"), "kind IN ('top_up', 'promotion', 'write_off')"
        )


def downgrade() -> None:
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_kind_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_proposed_acts_kind_known"), "kind IN ('top_up', 'promotion')")

    op.drop_table("settlement_lines")
    op.drop_table("settlements")
    op.drop_table("session_closings")


# As `make migration` wrote it: fbccc741020cf91f
