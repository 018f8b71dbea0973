"""Let pledges ask for women among their seats."""

from alembic import op

revision = "let_pledges_ask_for_women_among"
down_revision = "add_personal_links_of_delegates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("earmarks", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_earmarks_women_have_a_share"), "rule <> 'women' OR share_bp IS NOT NULL"
        )
        batch_op.drop_constraint(batch_op.f("ck_earmarks_rule_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_earmarks_rule_known"),
            "rule IN ('kinds', 'areas', 'sessions', 'regions', 'lists', 'states', 'requests', 'women', 'until')",
        )


def downgrade() -> None:
    with op.batch_alter_table("earmarks", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_earmarks_rule_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_earmarks_rule_known"),
            "rule IN ('kinds', 'areas', 'sessions', 'regions', 'lists', 'states', 'requests', 'until')",
        )
        batch_op.drop_constraint(batch_op.f("ck_earmarks_women_have_a_share"), type_="check")


# As `make migration` wrote it: 6d62e44cc47c0944
