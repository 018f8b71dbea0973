"""Keep what people sign for by line."""

import sqlalchemy as sa
from alembic import op

revision = "keep_what_people_sign_for_by_lin"
down_revision = "keep_what_a_list_of_participants"
branch_labels = None
depends_on = None


ROWS = (
    # The requests that a signed paper tells of, as far as its journeys point to it still.
    "INSERT INTO travel_paper_cases (file_id, request_id)"
    " SELECT t.authorisation_file_id, s.request_id FROM seat_travels t JOIN seats s ON s.id = t.seat_id"
    " WHERE t.authorisation_file_id IS NOT NULL"
    " UNION SELECT t.pay_list_file_id, s.request_id FROM seat_travels t JOIN seats s ON s.id = t.seat_id"
    " WHERE t.pay_list_file_id IS NOT NULL",
    # What was signed for and is recorded: the payments in cash of the day on which it was handed over.
    "INSERT INTO cash_handed_over (travel_id, seat_line_id, amount_minor, handed_on, pay_list_file_id, act_id)"
    " SELECT t.id, l.id, d.amount_minor, t.handed_on, t.pay_list_file_id, d.act_id FROM seat_travels t"
    " JOIN seat_lines l ON l.seat_id = t.seat_id AND l.kind IN ('allowance', 'terminals')"
    " JOIN disbursements d ON d.seat_line_id = l.id AND d.method = 'cash' AND d.payee_kind = 'delegate'"
    " AND d.direction = 'paid' JOIN acts a ON a.id = d.act_id AND a.value_date = t.handed_on"
    " WHERE t.handed_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM acts r WHERE r.reverses_id = d.act_id)",
    # What was signed for and is not recorded: what was left of these lines, which finance would have recorded.
    "INSERT INTO cash_handed_over (travel_id, seat_line_id, amount_minor, handed_on, pay_list_file_id)"
    " SELECT o.travel_id, o.line_id, o.approved_minor - o.paid_minor, o.handed_on, o.pay_list_file_id FROM"
    " (SELECT t.id AS travel_id, l.id AS line_id, l.approved_minor, t.handed_on, t.pay_list_file_id,"
    " COALESCE((SELECT SUM(CASE WHEN d.direction = 'paid' THEN d.amount_minor ELSE -d.amount_minor END)"
    " FROM disbursements d WHERE d.seat_line_id = l.id"
    " AND NOT EXISTS (SELECT 1 FROM acts r WHERE r.reverses_id = d.act_id)), 0) AS paid_minor"
    " FROM seat_travels t JOIN seat_lines l ON l.seat_id = t.seat_id AND l.kind IN ('allowance', 'terminals')"
    " JOIN seats s ON s.id = t.seat_id AND s.delegate_id = t.delegate_id AND s.status IN ('ticketed', 'travelled')"
    " WHERE t.handed_on IS NOT NULL AND l.allocation_id IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM disbursements d WHERE d.seat_line_id = l.id AND d.part IN ('whole', 'balance')"
    " AND NOT EXISTS (SELECT 1 FROM acts r WHERE r.reverses_id = d.act_id))) o"
    " WHERE o.approved_minor > o.paid_minor",
)


def upgrade() -> None:
    op.create_table(
        "travel_paper_cases",
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column(
            "request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_travel_paper_cases_file_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["assistance_requests.id"], name=op.f("fk_travel_paper_cases_request_id")
        ),
        sa.PrimaryKeyConstraint("file_id", "request_id", name=op.f("pk_travel_paper_cases")),
    )
    op.create_table(
        "cash_handed_over",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("travel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("pay_list_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("undone_why", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(undone_at IS NOT NULL) = (undone_why IS NOT NULL) AND (undone_at IS NOT NULL) = (undone_by_id IS NOT NULL)",
            name=op.f("ck_cash_handed_over_undone_is_whole"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_cash_handed_over_above_zero")),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f("fk_cash_handed_over_act_id")),
        sa.ForeignKeyConstraint(["pay_list_file_id"], ["files.id"], name=op.f("fk_cash_handed_over_pay_list_file_id")),
        sa.ForeignKeyConstraint(["seat_line_id"], ["seat_lines.id"], name=op.f("fk_cash_handed_over_seat_line_id")),
        sa.ForeignKeyConstraint(["travel_id"], ["seat_travels.id"], name=op.f("fk_cash_handed_over_travel_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["people.id"], name=op.f("fk_cash_handed_over_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_handed_over")),
    )
    with op.batch_alter_table("cash_handed_over", schema=None) as batch_op:
        batch_op.create_index("ix_cash_handed_over_seat_line", ["seat_line_id"], unique=False)
        batch_op.create_index("ix_cash_handed_over_travel", ["travel_id"], unique=False)

    for statement in ROWS:
        op.execute(statement)

    with op.batch_alter_table("seat_travels", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_seat_travels_pay_list_file_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_seat_travels_handed_by_a_list"), type_="check")
        batch_op.drop_column("pay_list_file_id")
        batch_op.drop_column("handed_on")


def downgrade() -> None:
    with op.batch_alter_table("seat_travels", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed_on", sa.DATE(), nullable=True))
        batch_op.add_column(sa.Column("pay_list_file_id", sa.INTEGER(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_seat_travels_handed_by_a_list"), "(handed_on IS NOT NULL) = (pay_list_file_id IS NOT NULL)"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_seat_travels_pay_list_file_id"), "files", ["pay_list_file_id"], ["id"]
        )

    # Of several lists of one person the newest is kept; what was signed for by line is lost.
    op.execute(
        "UPDATE seat_travels SET handed_on = (SELECT h.handed_on FROM cash_handed_over h WHERE h.id ="
        " (SELECT MAX(c.id) FROM cash_handed_over c WHERE c.travel_id = seat_travels.id AND c.undone_at IS NULL)),"
        " pay_list_file_id = (SELECT h.pay_list_file_id FROM cash_handed_over h WHERE h.id ="
        " (SELECT MAX(c.id) FROM cash_handed_over c WHERE c.travel_id = seat_travels.id AND c.undone_at IS NULL))"
    )
    with op.batch_alter_table("cash_handed_over", schema=None) as batch_op:
        batch_op.drop_index("ix_cash_handed_over_travel")
        batch_op.drop_index("ix_cash_handed_over_seat_line")

    op.drop_table("cash_handed_over")
    op.drop_table("travel_paper_cases")


# As `make migration` wrote it: efe81a72634273dd
