"""Reasons kept."""

import sqlalchemy as sa
from alembic import op

revision = "reasons_kept"
down_revision = "one_request_a_session"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "given_reasons",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("given_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "action IN ('return_to_draft', 'return_note', 'reopen', 'withdraw')",
            name=op.f("ck_given_reasons_action_known"),
        ),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_given_reasons_says_something")),
        sa.ForeignKeyConstraint(["given_by_id"], ["people.id"], name=op.f("fk_given_reasons_given_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["assistance_requests.id"], name=op.f("fk_given_reasons_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_reasons")),
    )
    with op.batch_alter_table("given_reasons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_given_reasons_request_id"), ["request_id"], unique=False)
    for statement in STANDING:
        op.execute(statement)


# What stands on requests when they are migrated, with who did it and when as their events say. In which language it was
# written is not known.
STANDING = (
    """
    INSERT INTO given_reasons (request_id, action, reason, given_by_id, given_at)
    SELECT r.id, 'return_to_draft', r.return_reason, p.id, coalesce(e.at, r.status_since) FROM assistance_requests r
    LEFT JOIN events e ON e.id = (
        SELECT max(id) FROM events
        WHERE subject_type = 'request' AND subject_id = r.id AND name = 'assistance.returned_to_draft'
    )
    LEFT JOIN people p ON p.id = e.actor_person_id
    WHERE r.status = 'draft' AND length(trim(r.return_reason)) > 0
    """,
    """
    INSERT INTO given_reasons (request_id, action, reason, given_by_id, given_at)
    SELECT r.id, 'reopen', r.reopen_reason, p.id, coalesce(e.at, r.reopened_at, r.status_since)
    FROM assistance_requests r
    LEFT JOIN events e ON e.id = (
        SELECT max(id) FROM events
        WHERE subject_type = 'request' AND subject_id = r.id AND name = 'assistance.reopened'
    )
    LEFT JOIN people p ON p.id = e.actor_person_id
    WHERE length(trim(r.reopen_reason)) > 0
    """,
    """
    INSERT INTO given_reasons (request_id, action, reason, given_by_id, given_at)
    SELECT r.id, 'withdraw', r.withdrawal_reason, p.id, coalesce(e.at, r.status_since) FROM assistance_requests r
    LEFT JOIN events e ON e.id = (
        SELECT max(id) FROM events
        WHERE subject_type = 'request' AND subject_id = r.id AND name = 'assistance.withdrawn'
    )
    LEFT JOIN people p ON p.id = e.actor_person_id
    WHERE length(trim(r.withdrawal_reason)) > 0
    """,
    """
    INSERT INTO given_reasons (request_id, action, reason, given_by_id, given_at)
    SELECT request_id, 'return_note', return_reason, returned_by_id, returned_at FROM notes_verbales
    WHERE returned_at IS NOT NULL AND length(trim(return_reason)) > 0
    """,
)


def downgrade() -> None:
    with op.batch_alter_table("given_reasons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_given_reasons_request_id"))

    op.drop_table("given_reasons")


# As `make migration` wrote it: d8acdc54ef7d45f5
