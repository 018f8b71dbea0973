"""Add months of validity of passports to a session."""

import sqlalchemy as sa
from alembic import op

revision = "add_months_of_validity_of_passpo"
down_revision = "add_confirmations_of_receipts_an"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("session_support", schema=None) as batch_op:
        batch_op.add_column(sa.Column("passport_months", sa.Integer(), server_default="3", nullable=False))
        batch_op.create_check_constraint(
            batch_op.f("ck_session_support_passport_months"), "passport_months BETWEEN 0 AND 24"
        )


def downgrade() -> None:
    with op.batch_alter_table("session_support", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_session_support_passport_months"), type_="check")
        batch_op.drop_column("passport_months")


# As `make migration` wrote it: 6f8666b334dce326
