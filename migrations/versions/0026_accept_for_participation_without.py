"""Accept for participation without an amount."""

import sqlalchemy as sa
from alembic import op

revision = "accept_for_participation_without"
down_revision = "add_seats_and_their_money"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("kind", sa.String(length=20), nullable=True))
    op.add_column("decisions", sa.Column("before_rounds", sa.Boolean(), server_default=sa.false(), nullable=False))
    _lift_the_guard()
    op.execute(
        "UPDATE decisions SET kind ="
        " (SELECT assistance_requests.kind FROM assistance_requests WHERE assistance_requests.id = decisions.request_id)"
    )
    # What nobody has signed yet is signed under the new rule; what was signed or dropped stays as it was said.
    op.execute(
        "UPDATE decisions SET amount_minor = NULL, version = version + 1 WHERE kind = 'participation'"
        " AND outcome = 'accepted' AND signed_at IS NULL AND dropped_at IS NULL AND amends_id IS NULL"
    )
    rounds = sa.table("decisions", *(sa.column(name) for name in ("kind", "outcome", "amount_minor")), _flag)
    named = (rounds.c.kind == "participation", rounds.c.outcome == "accepted", rounds.c.amount_minor.is_not(None))
    op.execute(sa.update(rounds).where(*named).values(before_rounds=sa.true()))

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.alter_column("kind", existing_type=sa.String(length=20), nullable=False)
        batch_op.create_check_constraint(batch_op.f("ck_decisions_amount_not_negative"), "amount_minor >= 0")
        batch_op.create_check_constraint(
            batch_op.f("ck_decisions_kind_known"), "kind IN ('technical', 'participation')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_decisions_rounds_are_of_participation"),
            "NOT before_rounds OR (kind = 'participation' AND outcome = 'accepted')",
        )
        batch_op.drop_constraint(batch_op.f("ck_decisions_accepted_amount"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_decisions_accepted_amount"),
            "outcome <> 'accepted' OR (amount_minor IS NOT NULL) = (kind = 'technical' OR before_rounds)",
        )


def downgrade() -> None:
    _lift_the_guard()
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        for name in ("accepted_amount", "rounds_are_of_participation", "kind_known", "amount_not_negative"):
            batch_op.drop_constraint(batch_op.f(f"ck_decisions_{name}"), type_="check")
        batch_op.drop_column("before_rounds")
        batch_op.drop_column("kind")
    op.execute("UPDATE decisions SET amount_minor = 0 WHERE outcome = 'accepted' AND amount_minor IS NULL")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_decisions_accepted_amount"),
            "outcome <> 'accepted' OR (amount_minor IS NOT NULL AND amount_minor >= 0)",
        )


_flag: sa.ColumnClause[bool] = sa.column("before_rounds", sa.Boolean())


def _lift_the_guard() -> None:
    """Signed rows are filled, too; the guard is put back after every migration."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER IF EXISTS decisions_final_update")
        op.execute("DROP TRIGGER IF EXISTS decisions_final_delete")
    else:
        op.execute("DROP TRIGGER IF EXISTS decisions_final ON decisions")


# As `make migration` wrote it: 2cfce0be9dec1dd4
