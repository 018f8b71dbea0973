"""Let payments for seats name their line."""

import sqlalchemy as sa
from alembic import op

revision = "let_payments_for_seats_name_thei"
down_revision = "say_who_pays_for_each_delegate"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("seat_lines", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_seat_lines_kind"), type_="unique")
        batch_op.create_unique_constraint("uq_seat_lines_kind", ["seat_id", "kind", "number"])
        batch_op.create_unique_constraint("uq_seat_lines_allocation", ["seat_id", "kind", "allocation_id"])
        batch_op.create_unique_constraint("uq_seat_lines_paid_from", ["id", "allocation_id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_seat_lines_further_shares_top_up"),
            "number >= 1 AND (number = 1 OR (estimate_minor = 0 AND approved_minor > 0))",
        )

    with op.batch_alter_table("disbursements", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("seat_line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("part", sa.String(length=10), nullable=True))
        batch_op.create_index("ix_disbursements_seat_line", ["seat_line_id"], unique=False)
        batch_op.create_foreign_key(
            "fk_disbursements_seat_line", "seat_lines", ["seat_line_id", "allocation_id"], ["id", "allocation_id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_disbursements_a_lines_payment_has_a_part"),
            "(part IS NOT NULL) = (seat_line_id IS NOT NULL AND direction = 'paid')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_disbursements_part_known"), "part IN ('whole', 'advance', 'balance')"
        )


def downgrade() -> None:
    with op.batch_alter_table("disbursements", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_disbursements_part_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_disbursements_a_lines_payment_has_a_part"), type_="check")
        batch_op.drop_constraint("fk_disbursements_seat_line", type_="foreignkey")
        batch_op.drop_index("ix_disbursements_seat_line")
        batch_op.drop_column("part")
        batch_op.drop_column("seat_line_id")

    # The share of a further pledge in a line has no place any more.
    op.execute("DELETE FROM seat_lines WHERE number > 1")
    with op.batch_alter_table("seat_lines", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_seat_lines_further_shares_top_up"), type_="check")
        batch_op.drop_constraint("uq_seat_lines_paid_from", type_="unique")
        batch_op.drop_constraint("uq_seat_lines_allocation", type_="unique")
        batch_op.drop_constraint("uq_seat_lines_kind", type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_seat_lines_kind"), ["seat_id", "kind"])
        batch_op.drop_column("number")


# As `make migration` wrote it: 46ef674a4861fa43
