"""Say why nobody travels on a seat."""

import sqlalchemy as sa
from alembic import op

revision = "say_why_nobody_travels_on_a_seat"
down_revision = "let_acts_with_money_take_two_per"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cause", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("borne_by", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("borne_why", sa.Text(), nullable=True))

    # Until now a seat was cancelled with its request only; nobody noted a journey that was not made.
    op.execute("UPDATE seats SET cause = 'withdrawn' WHERE status = 'cancelled'")
    op.execute("UPDATE seats SET cause = 'other', reason = COALESCE(reason, '-') WHERE status = 'no_show'")

    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_bearer_has_cause"), "borne_by IS NULL OR cause IS NOT NULL"
        )
        batch_op.create_check_constraint(batch_op.f("ck_seats_borne_by_known"), "borne_by IN ('pledge', 'state')")
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_cause_has_reason"),
            "cause IS NULL OR cause IN ('no_reason', 'withdrawn') OR reason IS NOT NULL",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_cause_known"),
            "cause IN ('visa_refused', 'illness', 'session_moved', 'no_reason', 'other', 'withdrawn')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_cause_of_no_journey"), "cause IS NULL OR status IN ('cancelled', 'no_show', 'settled')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_choice_of_bearer_says_why"),
            "borne_by IS NULL OR cause NOT IN ('other', 'withdrawn') OR borne_why IS NOT NULL",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_no_journey_has_cause"), "status NOT IN ('cancelled', 'no_show') OR cause IS NOT NULL"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_pledge_bears"),
            "cause IS NULL OR cause NOT IN ('visa_refused', 'illness', 'session_moved') OR (borne_by IS NOT NULL AND borne_by = 'pledge')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_state_bears"),
            "cause IS NULL OR cause NOT IN ('no_reason') OR (borne_by IS NOT NULL AND borne_by = 'state')",
        )


def downgrade() -> None:
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_seats_state_bears"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seats_pledge_bears"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seats_no_journey_has_cause"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seats_choice_of_bearer_says_why"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seats_cause_of_no_journey"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seats_cause_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seats_cause_has_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seats_borne_by_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seats_bearer_has_cause"), type_="check")
        batch_op.drop_column("borne_why")
        batch_op.drop_column("borne_by")
        batch_op.drop_column("cause")


# As `make migration` wrote it: b3808b820c4336da
