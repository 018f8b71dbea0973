"""Let acts with money take two persons."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "let_acts_with_money_take_two_per"
down_revision = "offer_seats_to_their_states"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposed_acts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(answer IS NOT NULL) = (status = 'refused')", name=op.f("ck_proposed_acts_refused_says_why")
        ),
        sa.CheckConstraint(
            "(answered_at IS NOT NULL) = (status <> 'waiting') AND (answered_by_id IS NOT NULL) = (status <> 'waiting')",
            name=op.f("ck_proposed_acts_answered_once"),
        ),
        sa.CheckConstraint("kind IN ('top_up', 'promotion')", name=op.f("ck_proposed_acts_kind_known")),
        sa.CheckConstraint(
            "status <> 'taken_back' OR answered_by_id = proposed_by_id", name=op.f("ck_proposed_acts_own_taken_back")
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'confirmed', 'refused', 'taken_back')", name=op.f("ck_proposed_acts_status_known")
        ),
        sa.CheckConstraint(
            "status NOT IN ('confirmed', 'refused') OR answered_by_id <> proposed_by_id",
            name=op.f("ck_proposed_acts_two_persons"),
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_proposed_acts_answered_by_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_proposed_acts_delegate_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_proposed_acts_proposed_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["assistance_requests.id"], name=op.f("fk_proposed_acts_request_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_proposed_acts_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_acts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proposed_acts_public_id")),
    )
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.create_index("ix_proposed_acts_seat", ["seat_id"], unique=False)
        batch_op.create_index("ix_proposed_acts_status", ["status", "id"], unique=False)
        batch_op.create_index(
            "uq_proposed_acts_one_waits",
            ["kind", "subject"],
            unique=True,
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("proposed_acts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_proposed_acts_one_waits",
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        )
        batch_op.drop_index("ix_proposed_acts_status")
        batch_op.drop_index("ix_proposed_acts_seat")

    op.drop_table("proposed_acts")


# As `make migration` wrote it: e8231ca0491bc97d
