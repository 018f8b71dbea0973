"""Add personal links of delegates."""

import sqlalchemy as sa
from alembic import op

revision = "add_personal_links_of_delegates"
down_revision = "add_disclosures_of_sealed_papers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegate_links",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_delegate_links_delegate_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_delegate_links_made_by_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_delegate_links_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate_links")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delegate_links_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_delegate_links_token_hash")),
    )
    with op.batch_alter_table("delegate_links", schema=None) as batch_op:
        batch_op.create_index("ix_delegate_links_seat", ["seat_id", "id"], unique=False)
        batch_op.create_index(
            "uq_delegate_links_one",
            ["seat_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "delegate_codes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_delegate_codes_tries_end")),
        sa.ForeignKeyConstraint(["link_id"], ["delegate_links.id"], name=op.f("fk_delegate_codes_link_id")),
        sa.ForeignKeyConstraint(["read_by_id"], ["people.id"], name=op.f("fk_delegate_codes_read_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate_codes")),
    )
    with op.batch_alter_table("delegate_codes", schema=None) as batch_op:
        batch_op.create_index("ix_delegate_codes_link", ["link_id", "id"], unique=False)

    op.create_table(
        "delegate_openings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pressed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["code_id"], ["delegate_codes.id"], name=op.f("fk_delegate_openings_code_id")),
        sa.ForeignKeyConstraint(["link_id"], ["delegate_links.id"], name=op.f("fk_delegate_openings_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate_openings")),
        sa.UniqueConstraint("code_id", name="uq_delegate_openings_code"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_delegate_openings_token_hash")),
    )
    with op.batch_alter_table("delegate_openings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegate_openings_link_id"), ["link_id"], unique=False)

    with op.batch_alter_table("session_support", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone_day", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("phone_night", sa.String(length=40), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("session_support", schema=None) as batch_op:
        batch_op.drop_column("phone_night")
        batch_op.drop_column("phone_day")

    with op.batch_alter_table("delegate_openings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegate_openings_link_id"))

    op.drop_table("delegate_openings")
    with op.batch_alter_table("delegate_codes", schema=None) as batch_op:
        batch_op.drop_index("ix_delegate_codes_link")

    op.drop_table("delegate_codes")
    with op.batch_alter_table("delegate_links", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_delegate_links_one",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_delegate_links_seat")

    op.drop_table("delegate_links")


# As `make migration` wrote it: 026169135cf73b76
