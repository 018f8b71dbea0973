"""Whom an act tells is fixed with it."""

import sqlalchemy as sa
from alembic import op

revision = "whom_an_act_tells_is_fixed_with"
down_revision = "reasons_kept"
branch_labels = None
depends_on = None

ENDED_BADLY = (
    "status IN ('bounced', 'failed', 'suppressed') AND channel = 'email' AND event_id IS NOT NULL "
    "AND followed_at IS NULL"
)


def upgrade() -> None:
    op.create_table(
        "addressees",
        sa.Column(
            "event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("recipient_key", sa.String(length=60), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "side IN ('state', 'staff', 'donor', 'address', 'self')", name=op.f("ck_addressees_side_known")
        ),
        sa.CheckConstraint("turn IN (1, 2, 3)", name=op.f("ck_addressees_turn_known")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_addressees_event_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_addressees_membership_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_addressees_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_addressees_person_id")),
        sa.PrimaryKeyConstraint("event_id", "recipient_key", name=op.f("pk_addressees")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_deliveries_ended_badly",
            ["id"],
            unique=False,
            postgresql_where=sa.text(ENDED_BADLY),
            sqlite_where=sa.text(ENDED_BADLY),
        )

    with op.batch_alter_table("dispatch_marks", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("unaddressed_until", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
    _leave_what_was_before()
    with op.batch_alter_table("dispatch_marks", schema=None) as batch_op:
        batch_op.alter_column(
            "unaddressed_until",
            existing_type=sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        )


def _leave_what_was_before() -> None:
    """Whom an event tells that nobody was told of yet is decided when it is; mail that failed before is let be."""
    op.execute(
        "INSERT INTO dispatch_marks (id, event_id) SELECT 1, 0 "
        "WHERE EXISTS (SELECT 1 FROM events) AND NOT EXISTS (SELECT 1 FROM dispatch_marks)"
    )
    op.execute("UPDATE dispatch_marks SET unaddressed_until = (SELECT coalesce(max(id), 0) FROM events)")
    op.execute(
        "UPDATE deliveries SET followed_at = created_at WHERE status IN ('bounced', 'failed', 'suppressed') "
        "AND channel = 'email' AND event_id IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("dispatch_marks", schema=None) as batch_op:
        batch_op.drop_column("unaddressed_until")

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_deliveries_ended_badly",
            postgresql_where=sa.text(ENDED_BADLY),
            sqlite_where=sa.text(ENDED_BADLY),
        )
        batch_op.drop_column("followed_at")

    op.drop_table("addressees")


# As `make migration` wrote it: 489ba7d1946a7e0b
