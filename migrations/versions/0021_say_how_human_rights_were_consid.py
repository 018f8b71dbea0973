"""Say how human rights were considered."""

import sqlalchemy as sa
from alembic import op

revision = "say_how_human_rights_were_consid"
down_revision = "let_imports_go_on_and_be_undone"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In place: a copy of the table would lose the guards of what was signed. What was decided before says nothing of it.
    op.add_column("decisions", sa.Column("amount_reason", sa.Text(), server_default="", nullable=False))
    op.add_column("decisions", sa.Column("human_rights", sa.Text(), server_default="", nullable=False))
    language = sa.Column("human_rights_language", sa.String(length=2), server_default="en", nullable=False)
    op.add_column("decisions", language)


def downgrade() -> None:
    for name in ("human_rights_language", "human_rights", "amount_reason"):
        op.drop_column("decisions", name)


# As `make migration` wrote it: 2fbe872ae12621f3
