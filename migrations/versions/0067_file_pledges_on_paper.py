"""File pledges on paper."""

import sqlalchemy as sa
from alembic import op

revision = "file_pledges_on_paper"
down_revision = "add_annual_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signed_on_paper_by", sa.String(length=200), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_pledges_paper_by_two_persons"),
            "signed_on_paper_by IS NULL OR accepted_by_id IS NULL OR accepted_by_id <> signed_by_id",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_pledges_paper_is_kept"),
            "signed_on_paper_by IS NULL OR (signed_at IS NOT NULL AND agreement_file_id IS NOT NULL)",
        )


def downgrade() -> None:
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_pledges_paper_is_kept"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_pledges_paper_by_two_persons"), type_="check")
        batch_op.drop_column("signed_on_paper_by")


# As `make migration` wrote it: 3db62dfaf91569c0
