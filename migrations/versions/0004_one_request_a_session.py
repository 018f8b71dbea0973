"""One live request of a State for each session; the second of two from before names the first."""

import sqlalchemy as sa
from alembic import op

revision = "one_request_a_session"
down_revision = "count_refusals_apart_from_outage"
branch_labels = None
depends_on = None

LIVE = (
    "kind = 'participation' AND origin <> 'imported' AND repeats_id IS NULL AND status IN "
    "('awaiting_authorisation','submitted','in_review','clarification','accepted','in_implementation')"
)
LATER_NAMES_EARLIER = """
    UPDATE assistance_requests SET repeats_id = (
        SELECT min(first.id) FROM assistance_requests AS first
        WHERE first.organisation_id = assistance_requests.organisation_id
        AND first.session_id = assistance_requests.session_id AND first.id < assistance_requests.id
        AND first.kind = 'participation' AND first.origin <> 'imported' AND first.status IN
        ('awaiting_authorisation','submitted','in_review','clarification','accepted','in_implementation')
    )
    WHERE kind = 'participation' AND origin <> 'imported' AND status IN
    ('awaiting_authorisation','submitted','in_review','clarification','accepted','in_implementation')
"""
KEY = "uq_assistance_requests_one_per_session"
REFERS = "fk_assistance_requests_repeats_id"


def upgrade() -> None:
    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("repeats_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(REFERS, "assistance_requests", ["repeats_id"], ["id"])
    op.execute(LATER_NAMES_EARLIER)
    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.create_index(
            KEY,
            ["organisation_id", "session_id"],
            unique=True,
            postgresql_where=sa.text(LIVE),
            sqlite_where=sa.text(LIVE),
        )


def downgrade() -> None:
    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.drop_constraint(REFERS, type_="foreignkey")
        batch_op.drop_index(KEY, postgresql_where=sa.text(LIVE), sqlite_where=sa.text(LIVE))
        batch_op.drop_column("repeats_id")
