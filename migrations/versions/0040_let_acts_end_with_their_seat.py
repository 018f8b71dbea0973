"""Let acts end with their seat."""

from alembic import op

revision = "let_acts_end_with_their_seat"
down_revision = "add_the_travel_desk_of_a_session"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_own_taken_back"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_dropped_with_a_seat"), "status <> 'dropped' OR seat_id IS NOT NULL"
        )
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_answered_once"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_answered_once"),
            "(answered_at IS NOT NULL) = (status <> 'waiting') AND (answered_by_id IS NOT NULL) = (status NOT IN ('waiting', 'dropped'))",
        )
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_status_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_status_known"),
            "status IN ('waiting', 'confirmed', 'refused', 'taken_back', 'dropped')",
        )


def downgrade() -> None:
    # What nobody answered, or another in the stead of who was gone, counts as taken back by whoever proposed it.
    op.execute(
        "UPDATE proposed_acts SET status = 'taken_back', answered_by_id = proposed_by_id"
        " WHERE status IN ('dropped', 'taken_back')"
    )
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_status_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_status_known"), "status IN ('waiting', 'confirmed', 'refused', 'taken_back')"
        )
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_answered_once"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_answered_once"),
            "(answered_at IS NOT NULL) = (status <> 'waiting') AND (answered_by_id IS NOT NULL) = (status <> 'waiting')",
        )
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_dropped_with_a_seat"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_own_taken_back"), "status <> 'taken_back' OR answered_by_id = proposed_by_id"
        )


# As `make migration` wrote it: d03b161106c7df13
