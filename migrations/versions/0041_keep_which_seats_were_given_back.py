"""Keep which seats were given back before travel."""

import sqlalchemy as sa
from alembic import op

revision = "keep_which_seats_were_given_back"
down_revision = "let_acts_end_with_their_seat"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("given_back", sa.Boolean(), nullable=False, server_default=sa.false()))

    op.execute("UPDATE seats SET given_back = TRUE WHERE status IN ('declined', 'taken_back', 'cancelled')")
    # What is due of a seat is entered after it was cancelled, and before one that was missed ends by being settled.
    op.execute(
        "UPDATE seats SET given_back = TRUE WHERE status = 'settled' AND cause IS NOT NULL"
        " AND ended_at < (SELECT entered_at FROM settlements WHERE settlements.seat_id = seats.id)"
    )
    op.execute(
        "UPDATE delegates SET status = 'cancelled' WHERE status = 'settled'"
        " AND id IN (SELECT delegate_id FROM seats WHERE status = 'settled' AND given_back)"
    )

    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_given_back_and_settled_has_cause"),
            "NOT (given_back AND status = 'settled') OR cause IS NOT NULL",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_seats_given_back_before_its_journey"),
            "status = 'settled' OR given_back = (status IN ('declined', 'taken_back', 'cancelled'))",
        )


def downgrade() -> None:
    op.execute(
        "UPDATE delegates SET status = 'settled' WHERE status = 'cancelled'"
        " AND id IN (SELECT delegate_id FROM seats WHERE status = 'settled' AND given_back)"
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_seats_given_back_before_its_journey"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_seats_given_back_and_settled_has_cause"), type_="check")
        batch_op.drop_column("given_back")


# As `make migration` wrote it: 40c643f959059164
