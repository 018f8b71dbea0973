"""Let acts of two persons be about pledges."""

import sqlalchemy as sa
from alembic import op

revision = "let_acts_of_two_persons_be_about"
down_revision = "add_months_of_validity_of_passpo"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pledge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.alter_column("request_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index("ix_proposed_acts_pledge", ["pledge_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_proposed_acts_pledge_id"), "pledges", ["pledge_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_about_a_request_or_a_pledge"), "(request_id IS NULL) = (pledge_id IS NOT NULL)"
        )
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_kind_known"),
            "kind IN ('top_up', 'promotion', 'write_off', 'reversal', 'refund', 'apply_surplus', 'return_surplus')",
        )


def downgrade() -> None:
    op.execute("DELETE FROM proposed_acts WHERE pledge_id IS NOT NULL")
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_proposed_acts_kind_known"), "kind IN ('top_up', 'promotion', 'write_off', 'reversal')"
        )
        batch_op.drop_constraint(batch_op.f("ck_proposed_acts_about_a_request_or_a_pledge"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_proposed_acts_pledge_id"), type_="foreignkey")
        batch_op.drop_index("ix_proposed_acts_pledge")
        batch_op.alter_column("request_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("pledge_id")


# As `make migration` wrote it: 389594ca1b568ea8
