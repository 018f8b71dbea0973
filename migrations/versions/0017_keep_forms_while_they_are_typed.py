"""Keep forms while they are typed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "keep_forms_while_they_are_typed"
down_revision = "add_codes_to_sign_in_with"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unsent_forms",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("opened_on", sa.Integer(), nullable=False),
        sa.Column(
            "fields", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsent_forms")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_unsent_forms_person_id_key")),
    )
    with op.batch_alter_table("unsent_forms", schema=None) as batch_op:
        batch_op.create_index("ix_unsent_forms_address", ["person_id", "address"], unique=False)
        batch_op.create_index(batch_op.f("ix_unsent_forms_saved_at"), ["saved_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("unsent_forms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unsent_forms_saved_at"))
        batch_op.drop_index("ix_unsent_forms_address")

    op.drop_table("unsent_forms")


# As `make migration` wrote it: c3ced02c3fe18dee
