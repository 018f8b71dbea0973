"""Add disclosures of sealed papers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "add_disclosures_of_sealed_papers"
down_revision = "seal_what_delegates_hand_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recipient", sa.String(length=8), nullable=False),
        sa.Column("recipient_name", sa.String(length=160), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column(
            "fields", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("how IN ('zip', 'screen')", name=op.f("ck_disclosures_how_known")),
        sa.CheckConstraint(
            "reason <> '' AND recipient_name <> ''", name=op.f("ck_disclosures_to_somebody_for_a_reason")
        ),
        sa.CheckConstraint("recipient IN ('agency', 'host', 'finance')", name=op.f("ck_disclosures_recipient_known")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_disclosures_made_by_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_disclosures_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
        sa.UniqueConstraint("public_id", name=op.f("uq_disclosures_public_id")),
    )
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.create_index("ix_disclosures_session", ["session_id", "id"], unique=False)

    op.create_table(
        "disclosed_people",
        sa.Column("disclosure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "papers", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_disclosed_people_delegate_id")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosures.id"], name=op.f("fk_disclosed_people_disclosure_id")),
        sa.PrimaryKeyConstraint("disclosure_id", "delegate_id", name=op.f("pk_disclosed_people")),
    )
    with op.batch_alter_table("disclosed_people", schema=None) as batch_op:
        batch_op.create_index("ix_disclosed_people_delegate", ["delegate_id", "disclosure_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("disclosed_people", schema=None) as batch_op:
        batch_op.drop_index("ix_disclosed_people_delegate")

    op.drop_table("disclosed_people")
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.drop_index("ix_disclosures_session")

    op.drop_table("disclosures")


# As `make migration` wrote it: 12e347d6d251323c
