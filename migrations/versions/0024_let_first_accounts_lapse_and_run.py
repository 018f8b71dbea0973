"""Let first accounts lapse and runs say they grow."""

import sqlalchemy as sa
from alembic import op

revision = "let_first_accounts_lapse_and_run"
down_revision = "say_what_a_session_pays"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account_requests", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_account_requests_status_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_account_requests_status_known"), "status IN ('waiting', 'approved', 'refused', 'lapsed')"
        )

    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("grew_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM account_requests WHERE status = 'lapsed'")  # nothing but its State and days is left of one
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_column("grew_at")

    with op.batch_alter_table("account_requests", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_account_requests_status_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_account_requests_status_known"), "status IN ('waiting', 'approved', 'refused')"
        )


# As `make migration` wrote it: 35ea72fb14d837da
