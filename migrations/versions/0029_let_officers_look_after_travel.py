"""Let officers look after travel."""

import sqlalchemy as sa
from alembic import op

revision = "let_officers_look_after_travel"
down_revision = "end_without_a_seat"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("membership_roles", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_membership_roles_role_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_membership_roles_role_known"),
            "role IN ('focal_point', 'authorising_officer', 'state_administrator', 'donor_officer', 'donor_signatory', 'donor_administrator', 'triage_officer', 'programme_manager', 'finance_officer', 'travel_officer', 'administrator', 'auditor')",
        )


def downgrade() -> None:
    # Whoever has no other role has none any more.
    roles = sa.table("membership_roles", sa.column("role"))
    op.execute(sa.delete(roles).where(roles.c.role == "travel_officer"))
    with op.batch_alter_table("membership_roles", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_membership_roles_role_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_membership_roles_role_known"),
            "role IN ('focal_point', 'authorising_officer', 'state_administrator', 'donor_officer', 'donor_signatory', 'donor_administrator', 'triage_officer', 'programme_manager', 'finance_officer', 'administrator', 'auditor')",
        )


# As `make migration` wrote it: d538ef38ab1d7fcf
