"""End without a seat."""

import sqlalchemy as sa
from alembic import op

revision = "end_without_a_seat"
down_revision = "keep_the_office_s_rates_and_rule"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seats_given_up", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(
            batch_op.f("ck_assistance_requests_given_up_unfunded"), "NOT seats_given_up OR status = 'unfunded'"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_assistance_requests_unfunded_participation"),
            "origin = 'imported' OR NOT (status = 'unfunded') OR (kind = 'participation')",
        )
        batch_op.drop_constraint(batch_op.f("ck_assistance_requests_decided"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_assistance_requests_decided"),
            "origin = 'imported' OR NOT (status IN ('accepted', 'completed', 'declined', 'in_implementation', 'merged', 'referred', 'unfunded')) OR (decision_id IS NOT NULL)",
        )
        batch_op.drop_constraint(batch_op.f("ck_assistance_requests_status_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_assistance_requests_status_known"),
            "status IN ('draft', 'awaiting_authorisation', 'submitted', 'in_review', 'clarification', 'accepted', 'declined', 'referred', 'merged', 'in_implementation', 'completed', 'withdrawn', 'unfunded')",
        )

    with op.batch_alter_table("given_reasons", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_given_reasons_action_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_given_reasons_action_known"),
            "action IN ('return_to_draft', 'return_note', 'reopen', 'withdraw', 'record_contact', 'end_unfunded')",
        )


def downgrade() -> None:
    # What ended so stands as accepted again, and its reason goes: nothing here knows it any more.
    ended = sa.table("assistance_requests", sa.column("status"), sa.column("seats_given_up"))
    was = sa.update(ended).where(ended.c.status == "unfunded")
    op.execute(was.values(status="accepted", seats_given_up=sa.false()))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER IF EXISTS given_reasons_no_delete")
    else:
        op.execute("DROP TRIGGER IF EXISTS given_reasons_no_change ON given_reasons")
    op.execute("DELETE FROM given_reasons WHERE action = 'end_unfunded'")
    with op.batch_alter_table("given_reasons", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_given_reasons_action_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_given_reasons_action_known"),
            "action IN ('return_to_draft', 'return_note', 'reopen', 'withdraw', 'record_contact')",
        )

    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_assistance_requests_status_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_assistance_requests_status_known"),
            "status IN ('draft', 'awaiting_authorisation', 'submitted', 'in_review', 'clarification', 'accepted', 'declined', 'referred', 'merged', 'in_implementation', 'completed', 'withdrawn')",
        )
        batch_op.drop_constraint(batch_op.f("ck_assistance_requests_decided"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_assistance_requests_decided"),
            "origin = 'imported' OR NOT (status IN ('accepted', 'declined', 'referred', 'merged', 'in_implementation', 'completed')) OR (decision_id IS NOT NULL)",
        )
        batch_op.drop_constraint(batch_op.f("ck_assistance_requests_unfunded_participation"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_assistance_requests_given_up_unfunded"), type_="check")
        batch_op.drop_column("seats_given_up")


# As `make migration` wrote it: 8ca2131a195521c5
