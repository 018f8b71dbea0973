"""Say what a session pays."""

import sqlalchemy as sa
from alembic import op

revision = "say_what_a_session_pays"
down_revision = "let_somebody_stand_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_support",
        sa.Column(
            "session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_pass", sa.Integer(), nullable=False),
        sa.Column("cabin", sa.String(length=20), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("rule_set", sa.String(length=20), nullable=False),
        sa.Column("pays_fare", sa.Boolean(), nullable=False),
        sa.Column("pays_allowance", sa.Boolean(), nullable=False),
        sa.Column("pays_terminals", sa.Boolean(), nullable=False),
        sa.Column("pays_visa", sa.Boolean(), nullable=False),
        sa.Column("pays_insurance", sa.Boolean(), nullable=False),
        sa.Column("pays_contingency", sa.Boolean(), nullable=False),
        sa.Column("announce_days", sa.Integer(), nullable=False),
        sa.Column("nominations_days", sa.Integer(), nullable=False),
        sa.Column("round_days", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("papers_days", sa.Integer(), nullable=False),
        sa.Column("ticket_days", sa.Integer(), nullable=False),
        sa.Column("announce_on", sa.Date(), nullable=True),
        sa.Column("round_on", sa.Date(), nullable=True),
        sa.Column("answer_on", sa.Date(), nullable=True),
        sa.Column("papers_on", sa.Date(), nullable=True),
        sa.Column("ticket_on", sa.Date(), nullable=True),
        sa.Column("visa_days", sa.Integer(), nullable=False),
        sa.Column("copied_from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("set_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cabin IN ('economy', 'business')", name=op.f("ck_session_support_cabin_known")),
        sa.CheckConstraint(
            "announce_days BETWEEN 0 AND 400 AND nominations_days BETWEEN 0 AND 400 AND round_days BETWEEN 0 AND 400 AND answer_days BETWEEN 0 AND 400 AND papers_days BETWEEN 0 AND 400 AND ticket_days BETWEEN 0 AND 400",
            name=op.f("ck_session_support_days"),
        ),
        sa.CheckConstraint("first_pass BETWEEN 1 AND 50", name=op.f("ck_session_support_first_pass")),
        sa.CheckConstraint("visa_days BETWEEN 0 AND 400", name=op.f("ck_session_support_visa_days")),
        sa.ForeignKeyConstraint(["copied_from_id"], ["sessions.id"], name=op.f("fk_session_support_copied_from_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_session_support_session_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_support")),
    )
    with op.batch_alter_table("session_support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_support_copied_from_id"), ["copied_from_id"], unique=False)

    op.create_table(
        "session_rules",
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "kind IN ('in_time', 'ldc', 'lldc', 'sids', 'never_funded', 'fewest_seats', 'accounts_settled')",
            name=op.f("ck_session_rules_kind_known"),
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_session_rules_position_from_one")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session_support.session_id"], name=op.f("fk_session_rules_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "position", name=op.f("pk_session_rules")),
    )
    op.create_table(
        "visa_days",
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("nationality_iso3", sa.String(length=3), nullable=False),
        sa.Column("passport", sa.String(length=12), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "passport IN ('any', 'ordinary', 'service', 'diplomatic')", name=op.f("ck_visa_days_passport_known")
        ),
        sa.CheckConstraint("days BETWEEN 0 AND 400", name=op.f("ck_visa_days_days")),
        sa.ForeignKeyConstraint(["nationality_iso3"], ["states.iso3"], name=op.f("fk_visa_days_nationality_iso3")),
        sa.ForeignKeyConstraint(["session_id"], ["session_support.session_id"], name=op.f("fk_visa_days_session_id")),
        sa.PrimaryKeyConstraint("session_id", "nationality_iso3", "passport", name=op.f("pk_visa_days")),
    )
    with op.batch_alter_table("visa_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visa_days_nationality_iso3"), ["nationality_iso3"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("visa_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visa_days_nationality_iso3"))

    op.drop_table("visa_days")
    op.drop_table("session_rules")
    with op.batch_alter_table("session_support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_support_copied_from_id"))

    op.drop_table("session_support")


# As `make migration` wrote it: 0a6d15bc88c1a758
