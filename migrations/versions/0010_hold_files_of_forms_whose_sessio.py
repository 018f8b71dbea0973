"""Hold files of forms whose session is gone."""

import sqlalchemy as sa
from alembic import op

revision = "hold_files_of_forms_whose_sessio"
down_revision = "keep_what_clocks_used"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("stored_as", sa.String(length=40), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_held_files_public_id")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_held_files_stored_as")),
    )
    with op.batch_alter_table("held_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_held_files_held_at"), ["held_at"], unique=False)
        batch_op.create_index("ix_held_files_person", ["person_id", "held_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("held_files", schema=None) as batch_op:
        batch_op.drop_index("ix_held_files_person")
        batch_op.drop_index(batch_op.f("ix_held_files_held_at"))

    op.drop_table("held_files")


# As `make migration` wrote it: b33e00bd4ded3c2b
