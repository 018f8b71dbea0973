"""Add rounds of seats given by hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "add_rounds_of_seats_given_by_han"
down_revision = "add_addresses_of_calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "inputs", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column(
            "outcome", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.CheckConstraint(
            "(status = 'approved') = (approved_by_id IS NOT NULL)", name=op.f("ck_rounds_approved_by_somebody")
        ),
        sa.CheckConstraint("status <> 'dropped' OR reason IS NOT NULL", name=op.f("ck_rounds_dropped_says_why")),
        sa.CheckConstraint(
            "status IN ('open', 'prepared', 'approved', 'dropped')", name=op.f("ck_rounds_status_known")
        ),
        sa.CheckConstraint(
            "status NOT IN ('prepared', 'approved') OR prepared_by_id IS NOT NULL", name=op.f("ck_rounds_prepared_by")
        ),
        sa.CheckConstraint("approved_by_id <> prepared_by_id", name=op.f("ck_rounds_two_persons")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_rounds_number_from_one")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["people.id"], name=op.f("fk_rounds_approved_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["people.id"], name=op.f("fk_rounds_opened_by_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["people.id"], name=op.f("fk_rounds_prepared_by_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_rounds_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rounds_public_id")),
        sa.UniqueConstraint("session_id", "number", name="uq_rounds_number"),
    )
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.create_index(
            "uq_rounds_one_under_way",
            ["session_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('open', 'prepared')"),
            postgresql_where=sa.text("status IN ('open', 'prepared')"),
        )

    op.create_table(
        "round_seats",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pledge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("second_pledge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("second_lines", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("given_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(second_pledge_id IS NULL) = (second_lines IS NULL)", name=op.f("ck_round_seats_second_pledge_pays_lines")
        ),
        sa.CheckConstraint(
            "pledge_id IS NOT NULL OR second_pledge_id IS NULL", name=op.f("ck_round_seats_first_pledge_first")
        ),
        sa.CheckConstraint("second_pledge_id <> pledge_id", name=op.f("ck_round_seats_two_pledges")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_round_seats_delegate_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["people.id"], name=op.f("fk_round_seats_given_by_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_round_seats_pledge_id")),
        sa.ForeignKeyConstraint(["request_id"], ["assistance_requests.id"], name=op.f("fk_round_seats_request_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_seats_round_id")),
        sa.ForeignKeyConstraint(["second_pledge_id"], ["pledges.id"], name=op.f("fk_round_seats_second_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_seats")),
        sa.UniqueConstraint("round_id", "delegate_id", name="uq_round_seats_person"),
    )
    with op.batch_alter_table("round_seats", schema=None) as batch_op:
        batch_op.create_index("ix_round_seats_request", ["request_id"], unique=False)

    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round_result", sa.String(length=8), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_assistance_requests_round_result_known"), "round_result IN ('seats', 'reserve')"
        )


def downgrade() -> None:
    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_assistance_requests_round_result_known"), type_="check")
        batch_op.drop_column("round_result")

    with op.batch_alter_table("round_seats", schema=None) as batch_op:
        batch_op.drop_index("ix_round_seats_request")

    op.drop_table("round_seats")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rounds_one_under_way",
            sqlite_where=sa.text("status IN ('open', 'prepared')"),
            postgresql_where=sa.text("status IN ('open', 'prepared')"),
        )

    op.drop_table("rounds")


# As `make migration` wrote it: 8a40019d6814b94a
