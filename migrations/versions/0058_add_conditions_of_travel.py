"""Add conditions of travel."""

import sqlalchemy as sa
from alembic import op

revision = "add_conditions_of_travel"
down_revision = "add_helpers_of_delegates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conditions_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "delivered OR made_by_id IS NOT NULL", name=op.f("ck_conditions_versions_written_by_somebody")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_conditions_versions_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conditions_versions")),
        sa.UniqueConstraint("holds_from", name="uq_conditions_versions_day"),
        sa.UniqueConstraint("public_id", name=op.f("uq_conditions_versions_public_id")),
    )
    op.create_table(
        "conditions_texts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("conditions_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_conditions_texts_says_something")),
        sa.ForeignKeyConstraint(
            ["conditions_id"], ["conditions_versions.id"], name=op.f("fk_conditions_texts_conditions_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conditions_texts")),
        sa.UniqueConstraint("conditions_id", "language", name="uq_conditions_texts_language"),
    )
    op.create_table(
        "conditions_answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_whom", sa.String(length=10), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(by_whom = 'officer') = (entered_by_id IS NOT NULL) AND (by_whom = 'officer') = (source IS NOT NULL) AND (by_whom = 'officer') = (received_on IS NOT NULL)",
            name=op.f("ck_conditions_answers_entered_with_its_source"),
        ),
        sa.CheckConstraint("by_whom IN ('delegate', 'officer')", name=op.f("ck_conditions_answers_by_whom_known")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_conditions_answers_delegate_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_conditions_answers_entered_by_id")),
        sa.ForeignKeyConstraint(["text_id"], ["conditions_texts.id"], name=op.f("fk_conditions_answers_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conditions_answers")),
        sa.UniqueConstraint("delegate_id", name="uq_conditions_answers_delegate"),
    )
    with op.batch_alter_table("conditions_answers", schema=None) as batch_op:
        batch_op.create_index("ix_conditions_answers_text", ["text_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("conditions_answers", schema=None) as batch_op:
        batch_op.drop_index("ix_conditions_answers_text")

    op.drop_table("conditions_answers")
    op.drop_table("conditions_texts")
    op.drop_table("conditions_versions")


# As `make migration` wrote it: 77914413ce96768e
