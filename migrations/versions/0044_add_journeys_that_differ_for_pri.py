"""Add journeys that differ for private reasons."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "add_journeys_that_differ_for_pri"
down_revision = "keep_what_people_sign_for_by_lin"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seat_deviations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column(
            "private_days",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("route", sa.String(length=120), nullable=False),
        sa.Column("fare_minor", sa.BigInteger(), nullable=True),
        sa.Column("comparable_minor", sa.BigInteger(), nullable=True),
        sa.Column("allowance_minor", sa.BigInteger(), nullable=True),
        sa.Column("borne_by", sa.String(length=8), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("borne_by IN ('delegate', 'state')", name=op.f("ck_seat_deviations_borne_by_known")),
        sa.CheckConstraint(
            "(borne_by IS NOT NULL) = (fare_minor IS NOT NULL AND fare_minor > comparable_minor)",
            name=op.f("ck_seat_deviations_more_is_borne"),
        ),
        sa.CheckConstraint(
            "(fare_minor IS NOT NULL) = (comparable_minor IS NOT NULL)", name=op.f("ck_seat_deviations_compared")
        ),
        sa.CheckConstraint(
            "fare_minor > 0 AND comparable_minor > 0 AND allowance_minor >= 0",
            name=op.f("ck_seat_deviations_not_negative"),
        ),
        sa.CheckConstraint("leaves_on >= arrives_on", name=op.f("ck_seat_deviations_days_in_order")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_seat_deviations_delegate_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_seat_deviations_recorded_by_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_seat_deviations_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_deviations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seat_deviations_public_id")),
        sa.UniqueConstraint("seat_id", "delegate_id", name="uq_seat_deviations_person"),
    )


def downgrade() -> None:
    op.drop_table("seat_deviations")


# As `make migration` wrote it: faa26384b035edf4
