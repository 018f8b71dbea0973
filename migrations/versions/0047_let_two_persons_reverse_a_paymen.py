"""Let two persons reverse a payment."""

from alembic import op

revision = "let_two_persons_reverse_a_paymen"
down_revision = "keep_the_statements_of_the_trave"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_kind_known"), "kind IN ('top_up', 'promotion', 'write_off', 'reversal')"
        )


def downgrade() -> None:
    # What was done by then stands in the ledger; the version before knows no such proposal.
    op.execute("DELETE FROM proposed_acts WHERE kind = 'reversal'")
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_kind_known"), "kind IN ('top_up', 'promotion', 'write_off')"
        )


# As `make migration` wrote it: 36196aea70b94916
