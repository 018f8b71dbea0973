"""Let imports go on and be undone."""

import sqlalchemy as sa
from alembic import op

revision = "let_imports_go_on_and_be_undone"
down_revision = "let_papers_outside_requests_be_e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("import_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_assistance_requests_import_run_id"), ["import_run_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_assistance_requests_import_run_id"), "import_runs", ["import_run_id"], ["id"]
        )

    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("status", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("work_key", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("undone_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("undone", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("kept", sa.Integer(), nullable=True))

    # What was imported before was one transaction each: it is there, whole.
    op.execute("UPDATE import_runs SET status = 'done', ended_at = at, undone = 0, kept = 0")
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.alter_column("status", existing_type=sa.String(length=10), nullable=False)
        batch_op.alter_column("undone", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("kept", existing_type=sa.Integer(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_import_runs_work_key"), ["work_key"])
        batch_op.create_foreign_key(batch_op.f("fk_import_runs_undone_by_id"), "people", ["undone_by_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_ended"), "(status = 'running') = (ended_at IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_status_known"), "status IN ('running', 'done', 'stopped', 'undone')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_import_runs_undone"), "(status = 'undone') = (undone_at IS NOT NULL)"
        )

    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("import_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_pledges_import_run_id"), ["import_run_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_pledges_import_run_id"), "import_runs", ["import_run_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pledges_import_run_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_pledges_import_run_id"))
        batch_op.drop_column("import_run_id")

    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_runs_undone"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_import_runs_status_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_import_runs_ended"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_import_runs_undone_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_import_runs_work_key"), type_="unique")
        batch_op.drop_column("kept")
        batch_op.drop_column("undone")
        batch_op.drop_column("undone_by_id")
        batch_op.drop_column("undone_at")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("work_key")
        batch_op.drop_column("status")

    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_assistance_requests_import_run_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_assistance_requests_import_run_id"))
        batch_op.drop_column("import_run_id")


# As `make migration` wrote it: 4e5dbf6d87ed604d
