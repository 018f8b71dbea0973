"""Offer seats to their States."""

import sqlalchemy as sa
from alembic import op

revision = "offer_seats_to_their_states"
down_revision = "add_rounds_of_seats_given_by_han"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("nobody_else_pays", sa.Boolean(), nullable=False),
        sa.Column("instead_of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note_issuer", sa.String(length=200), nullable=True),
        sa.Column("note_reference", sa.String(length=80), nullable=True),
        sa.Column("note_dated", sa.Date(), nullable=True),
        sa.Column("note_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('confirmed', 'declined', 'substituted', 'taken_back', 'ended')",
            name=op.f("ck_offers_outcome_known"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome <> 'confirmed' OR nobody_else_pays", name=op.f("ck_offers_confirmed_alone_pays")
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome NOT IN ('declined', 'taken_back') OR reason IS NOT NULL",
            name=op.f("ck_offers_says_why"),
        ),
        sa.CheckConstraint("(closed_at IS NOT NULL) = (outcome IS NOT NULL)", name=op.f("ck_offers_closed_has_moment")),
        sa.CheckConstraint(
            "(note_issuer IS NOT NULL AND note_reference IS NOT NULL AND note_dated IS NOT NULL AND note_file_id IS NOT NULL) OR (note_issuer IS NULL AND note_reference IS NULL AND note_dated IS NULL AND note_file_id IS NULL)",
            name=op.f("ck_offers_note_is_whole"),
        ),
        sa.CheckConstraint(
            "instead_of_id IS NOT NULL OR note_file_id IS NULL", name=op.f("ck_offers_note_of_a_substitute")
        ),
        sa.ForeignKeyConstraint(["closed_by_id"], ["people.id"], name=op.f("fk_offers_closed_by_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_offers_delegate_id")),
        sa.ForeignKeyConstraint(["instead_of_id"], ["delegates.id"], name=op.f("fk_offers_instead_of_id")),
        sa.ForeignKeyConstraint(["note_file_id"], ["files.id"], name=op.f("fk_offers_note_file_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_offers_seat_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["people.id"], name=op.f("fk_offers_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_offers_public_id")),
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index("ix_offers_seat", ["seat_id", "id"], unique=False)
        batch_op.create_index(
            "uq_offers_open_seat",
            ["seat_id"],
            unique=True,
            sqlite_where=sa.text("outcome IS NULL"),
            postgresql_where=sa.text("outcome IS NULL"),
        )

    with op.batch_alter_table("clock_rules", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clock_rules_clock_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_clock_rules_clock_known"),
            "clock IN ('authorise', 'acknowledge', 'decide', 'answer', 'reopen', 'instalment_first', 'instalment_second', 'instalment_last', 'offer', 'offer_first', 'offer_second', 'offer_last', 'nomination_first', 'nomination_second', 'nomination_last')",
        )


def downgrade() -> None:
    # The clocks of offers are unknown below, and a database that was filled has their rules.
    op.execute("DELETE FROM clock_rules WHERE clock LIKE 'offer%'")
    with op.batch_alter_table("clock_rules", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clock_rules_clock_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_clock_rules_clock_known"),
            "clock IN ('authorise', 'acknowledge', 'decide', 'answer', 'reopen', 'instalment_first', 'instalment_second', 'instalment_last', 'nomination_first', 'nomination_second', 'nomination_last')",
        )

    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_offers_open_seat", sqlite_where=sa.text("outcome IS NULL"), postgresql_where=sa.text("outcome IS NULL")
        )
        batch_op.drop_index("ix_offers_seat")

    op.drop_table("offers")


# As `make migration` wrote it: 46e733db11a753fa
