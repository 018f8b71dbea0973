"""Keep what a list of participants said."""

import sqlalchemy as sa
from alembic import op

revision = "keep_what_a_list_of_participants"
down_revision = "keep_which_seats_were_given_back"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance_marks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("import_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("in_file", sa.Boolean(), nullable=False),
        sa.Column("seat_version", sa.Integer(), nullable=True),
        sa.Column("journey_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(seat_version IS NOT NULL) = in_file AND (journey_version IS NOT NULL) = in_file",
            name=op.f("ck_attendance_marks_kept_what_was_read"),
        ),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_attendance_marks_delegate_id")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_runs.id"], name=op.f("fk_attendance_marks_import_run_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_attendance_marks_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_marks")),
        sa.UniqueConstraint("import_run_id", "seat_id", name="uq_attendance_marks_seat"),
    )
    with op.batch_alter_table("attendance_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_marks_seat_id"), ["seat_id"], unique=False)

    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_what_known"),
            "what IN ('requests', 'pledges', 'cost_rates', 'cost_rules', 'earlier_seats', 'attendance')",
        )


def downgrade() -> None:
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_what_known"),
            "what IN ('requests', 'pledges', 'cost_rates', 'cost_rules', 'earlier_seats')",
        )

    with op.batch_alter_table("attendance_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_marks_seat_id"))

    op.drop_table("attendance_marks")


# As `make migration` wrote it: 68554f8b4f0d96dc
