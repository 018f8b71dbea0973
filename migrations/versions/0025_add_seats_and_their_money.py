"""Add seats and their money."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "add_seats_and_their_money"
down_revision = "let_first_accounts_lapse_and_run"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seats",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("selected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NOT NULL) = (status IN ('declined', 'taken_back', 'cancelled', 'settled'))",
            name=op.f("ck_seats_ended_has_moment"),
        ),
        sa.CheckConstraint("origin IN ('round', 'promotion')", name=op.f("ck_seats_origin_known")),
        sa.CheckConstraint("status <> 'taken_back' OR reason IS NOT NULL", name=op.f("ck_seats_taken_back_says_why")),
        sa.CheckConstraint(
            "status IN ('selected', 'confirmed', 'declined', 'taken_back', 'ticketed', 'travelled', 'no_show', 'cancelled', 'settled')",
            name=op.f("ck_seats_status_known"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_seats_number_from_one")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_seats_delegate_id")),
        sa.ForeignKeyConstraint(["request_id"], ["assistance_requests.id"], name=op.f("fk_seats_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seats_public_id")),
        sa.UniqueConstraint("request_id", "number", name="uq_seats_number"),
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index("ix_seats_status", ["status", "id"], unique=False)
        batch_op.create_index(
            "uq_seats_one_for_a_person",
            ["delegate_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "seat_lines",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("payer", sa.String(length=8), nullable=False),
        sa.Column("estimate_minor", sa.BigInteger(), nullable=True),
        sa.Column("approved_minor", sa.BigInteger(), nullable=False),
        sa.Column("allocation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "parts", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.CheckConstraint(
            "kind IN ('fare', 'allowance', 'terminals', 'visa', 'insurance', 'contingency')",
            name=op.f("ck_seat_lines_kind_known"),
        ),
        sa.CheckConstraint(
            "payer <> 'fund' OR estimate_minor IS NOT NULL", name=op.f("ck_seat_lines_the_funds_is_known")
        ),
        sa.CheckConstraint("payer = 'fund' OR approved_minor = 0", name=op.f("ck_seat_lines_others_need_no_approval")),
        sa.CheckConstraint("payer IN ('fund', 'state', 'host', 'other')", name=op.f("ck_seat_lines_payer_known")),
        sa.CheckConstraint(
            "(approved_minor > 0) = (allocation_id IS NOT NULL)", name=op.f("ck_seat_lines_approved_from_an_allocation")
        ),
        sa.CheckConstraint("estimate_minor >= 0 AND approved_minor >= 0", name=op.f("ck_seat_lines_not_negative")),
        sa.ForeignKeyConstraint(["allocation_id"], ["allocations.id"], name=op.f("fk_seat_lines_allocation_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_seat_lines_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_lines")),
        sa.UniqueConstraint("seat_id", "kind", name="uq_seat_lines_kind"),
    )
    with op.batch_alter_table("seat_lines", schema=None) as batch_op:
        batch_op.create_index("ix_seat_lines_allocation", ["allocation_id"], unique=False)

    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_index("ix_allocations_seat", ["seat_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_allocations_seat_id"), "seats", ["seat_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_allocations_a_seats_is_approved"), "seat_id IS NULL OR status <> 'planned'"
        )

    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delegates_status_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_delegates_status_known"),
            "status IN ('nominated', 'selected', 'reserve', 'not_selected', 'confirmed', 'declined', 'taken_back', 'cancelled', 'substituted', 'ticketed', 'travelled', 'no_show', 'settled')",
        )

    with op.batch_alter_table("request_funding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seats_minor", sa.BigInteger(), server_default="0", nullable=False))
        batch_op.create_check_constraint(
            batch_op.f("ck_request_funding_seats_within_allocated"), "seats_minor <= allocated_minor"
        )
        batch_op.drop_constraint(batch_op.f("ck_request_funding_not_negative"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_request_funding_not_negative"),
            "approved_minor >= 0 AND paid_minor >= 0 AND seats_minor >= 0",
        )


def downgrade() -> None:
    with op.batch_alter_table("request_funding", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_request_funding_not_negative"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_request_funding_not_negative"), "approved_minor >= 0 AND paid_minor >= 0"
        )
        batch_op.drop_constraint(batch_op.f("ck_request_funding_seats_within_allocated"), type_="check")
        batch_op.drop_column("seats_minor")

    op.execute("UPDATE delegates SET status = 'declined' WHERE status IN ('taken_back', 'cancelled')")
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delegates_status_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_delegates_status_known"),
            "status IN ('nominated', 'selected', 'reserve', 'not_selected', 'confirmed', 'declined', 'substituted', 'ticketed', 'travelled', 'no_show', 'settled')",
        )

    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_allocations_a_seats_is_approved"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_allocations_seat_id"), type_="foreignkey")
        batch_op.drop_index("ix_allocations_seat")
        batch_op.drop_column("seat_id")

    with op.batch_alter_table("seat_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_seat_lines_allocation")

    op.drop_table("seat_lines")
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seats_one_for_a_person",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_seats_status")

    op.drop_table("seats")


# As `make migration` wrote it: ec2a2cc9aa7d7080
