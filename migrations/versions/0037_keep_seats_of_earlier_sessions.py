"""Keep seats of earlier sessions.

A State all of whose seats came back reads so from now on, also where they came back before.
"""

import sqlalchemy as sa
from alembic import op

revision = "keep_seats_of_earlier_sessions"
down_revision = "say_why_nobody_travels_on_a_seat"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "earlier_seats",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("session", sa.String(length=80), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("state_iso3", sa.String(length=3), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("seats >= 1", name=op.f("ck_earlier_seats_seats_from_one")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_runs.id"], name=op.f("fk_earlier_seats_import_run_id")),
        sa.ForeignKeyConstraint(["state_iso3"], ["states.iso3"], name=op.f("fk_earlier_seats_state_iso3")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_seats")),
        sa.UniqueConstraint("session", "state_iso3", name="uq_earlier_seats_state"),
    )
    with op.batch_alter_table("earlier_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_earlier_seats_import_run_id"), ["import_run_id"], unique=False)
        batch_op.create_index("ix_earlier_seats_state", ["state_iso3", "ended_on"], unique=False)

    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_assistance_requests_round_result_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_assistance_requests_round_result_known"), "round_result IN ('seats', 'reserve', 'returned')"
        )
    op.execute(
        "UPDATE assistance_requests SET round_result = 'returned' WHERE round_result = 'seats' AND NOT EXISTS ("
        "SELECT 1 FROM seats WHERE seats.request_id = assistance_requests.id"
        " AND seats.status NOT IN ('declined', 'taken_back', 'cancelled'))"
    )

    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_what_known"),
            "what IN ('requests', 'pledges', 'cost_rates', 'cost_rules', 'earlier_seats')",
        )


def downgrade() -> None:
    op.execute("UPDATE assistance_requests SET round_result = 'seats' WHERE round_result = 'returned'")
    with op.batch_alter_table("earlier_seats", schema=None) as batch_op:
        batch_op.drop_index("ix_earlier_seats_state")
        batch_op.drop_index(batch_op.f("ix_earlier_seats_import_run_id"))

    op.drop_table("earlier_seats")
    op.execute("DELETE FROM import_runs WHERE what = 'earlier_seats'")
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_what_known"), "what IN ('requests', 'pledges', 'cost_rates', 'cost_rules')"
        )

    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_assistance_requests_round_result_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_assistance_requests_round_result_known"), "round_result IN ('seats', 'reserve')"
        )


# As `make migration` wrote it: a7c015b36acd97f3
