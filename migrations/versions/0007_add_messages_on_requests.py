"""Add messages on requests."""

import sqlalchemy as sa
from alembic import op

revision = "add_messages_on_requests"
down_revision = "whom_an_act_tells_is_fixed_with"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("owed_by", sa.String(length=6), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("day_before", sa.Date(), nullable=True),
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note_issuer", sa.String(length=200), nullable=True),
        sa.Column("note_reference", sa.String(length=80), nullable=True),
        sa.Column("note_dated", sa.Date(), nullable=True),
        sa.Column("written_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'amendment') = (note_issuer IS NOT NULL AND note_reference IS NOT NULL AND note_dated IS NOT NULL)",
            name=op.f("ck_messages_wanted_with_note"),
        ),
        sa.CheckConstraint(
            "(kind = 'not_as_described') = (activity_id IS NOT NULL)", name=op.f("ck_messages_about_activity")
        ),
        sa.CheckConstraint("(kind = 'time_given') = (day_before IS NOT NULL)", name=op.f("ck_messages_day_replaced")),
        sa.CheckConstraint(
            "(kind IN ('more_time', 'time_given')) = (day IS NOT NULL)", name=op.f("ck_messages_day_of_time")
        ),
        sa.CheckConstraint("kind <> 'paper' OR file_id IS NOT NULL", name=op.f("ck_messages_paper_with_file")),
        sa.CheckConstraint(
            "kind IN ('message', 'paper', 'more_time', 'amendment', 'not_as_described', 'answer_wanted', 'time_given', 'refused', 'no_answer', 'amended', 'overtaken')",
            name=op.f("ck_messages_kind_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('time_given', 'no_answer', 'amended', 'overtaken') OR length(trim(body)) > 0",
            name=op.f("ck_messages_has_words"),
        ),
        sa.CheckConstraint("owed_by IN ('state', 'office')", name=op.f("ck_messages_owed_by_known")),
        sa.CheckConstraint("side IN ('state', 'office')", name=op.f("ck_messages_side_known")),
        sa.CheckConstraint("owed_by IS NULL OR owed_by <> side", name=op.f("ck_messages_owed_by_other")),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_messages_activity_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_messages_file_id")),
        sa.ForeignKeyConstraint(["request_id"], ["assistance_requests.id"], name=op.f("fk_messages_request_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_messages_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("public_id", name=op.f("uq_messages_public_id")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_messages_owed",
            ["owed_by", "request_id"],
            unique=False,
            postgresql_where=sa.text("owed_by IS NOT NULL"),
            sqlite_where=sa.text("owed_by IS NOT NULL"),
        )
        batch_op.create_index("ix_messages_thread", ["request_id", "id"], unique=False)

    op.create_table(
        "message_answers",
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["messages.id"], name=op.f("fk_message_answers_answer_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_message_answers_message_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_message_answers")),
    )
    with op.batch_alter_table("message_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_answers_answer_id"), ["answer_id"], unique=False)

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wanted_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_decisions_wanted_id"), "messages", ["wanted_id"], ["id"])

    with op.batch_alter_table("request_clocks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_before", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("request_clocks", schema=None) as batch_op:
        batch_op.drop_column("due_before")

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decisions_wanted_id"), type_="foreignkey")
        batch_op.drop_column("wanted_id")

    with op.batch_alter_table("message_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_answers_answer_id"))

    op.drop_table("message_answers")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index("ix_messages_thread")
        batch_op.drop_index(
            "ix_messages_owed",
            postgresql_where=sa.text("owed_by IS NOT NULL"),
            sqlite_where=sa.text("owed_by IS NOT NULL"),
        )

    op.drop_table("messages")


# As `make migration` wrote it: 64d0b3738605165c
