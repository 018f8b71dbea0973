"""Let roles wait for a second person."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "let_roles_wait_for_a_second_pers"
down_revision = "say_whether_a_state_was_reached"
branch_labels = None
depends_on = None

# As they stand on this day: authorising officers, donor signatories, and everybody of the office.
SECOND_PERSON = [
    "authorising_officer",
    "donor_signatory",
    "triage_officer",
    "programme_manager",
    "finance_officer",
    "administrator",
    "auditor",
]
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MEMBERSHIPS = sa.table(
    "memberships",
    sa.column("id", NUMBER),
    sa.column("organisation_id", NUMBER),
    sa.column("ended_at", sa.DateTime(timezone=True)),
)
ROLES = sa.table("membership_roles", sa.column("membership_id", NUMBER), sa.column("role", sa.String()))
PROPOSALS = sa.table(
    "role_proposals",
    sa.column("public_id", sa.Uuid()),
    sa.column("organisation_id", NUMBER),
    sa.column("membership_id", NUMBER),
    sa.column("roles", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")),
    sa.column("held", sa.Boolean()),
    sa.column("asked_at", sa.DateTime(timezone=True)),
    sa.column("status", sa.String()),
    sa.column("version", sa.Integer()),
)


def upgrade() -> None:
    op.create_table(
        "role_proposals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("invitation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "roles", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("answered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note_reference", sa.String(length=100), nullable=True),
        sa.Column("note_date", sa.Date(), nullable=True),
        sa.Column("note_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'refused') = (reason IS NOT NULL)", name=op.f("ck_role_proposals_refused_has_a_reason")
        ),
        sa.CheckConstraint(
            "(status = 'waiting') = (answered_at IS NULL)", name=op.f("ck_role_proposals_answered_has_its_time")
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'given', 'refused', 'dropped')", name=op.f("ck_role_proposals_status_known")
        ),
        sa.CheckConstraint(
            "(note_reference IS NULL) = (note_date IS NULL)", name=op.f("ck_role_proposals_note_has_its_date")
        ),
        sa.CheckConstraint(
            "(note_reference IS NULL) = (note_file_id IS NULL)", name=op.f("ck_role_proposals_note_has_its_file")
        ),
        sa.CheckConstraint(
            "membership_id IS NOT NULL OR invitation_id IS NOT NULL", name=op.f("ck_role_proposals_has_its_place")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["memberships.id"], name=op.f("fk_role_proposals_answered_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["memberships.id"], name=op.f("fk_role_proposals_asked_by")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"], name=op.f("fk_role_proposals_invitation_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_role_proposals_membership_id")),
        sa.ForeignKeyConstraint(["note_file_id"], ["files.id"], name=op.f("fk_role_proposals_note_file_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_role_proposals_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_proposals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_role_proposals_public_id")),
    )
    with op.batch_alter_table("role_proposals", schema=None) as batch_op:
        batch_op.create_index("ix_role_proposals_organisation", ["organisation_id", "status"], unique=False)
        batch_op.create_index("ix_role_proposals_status", ["status", "held", "id"], unique=False)
        batch_op.create_index(
            "uq_role_proposals_invited",
            ["invitation_id"],
            unique=True,
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        )
        batch_op.create_index(
            "uq_role_proposals_waiting",
            ["membership_id"],
            unique=True,
            sqlite_where=sa.text("status = 'waiting' AND NOT held"),
            postgresql_where=sa.text("status = 'waiting' AND NOT held"),
        )
    _list_who_holds_them()


def _list_who_holds_them() -> None:
    """Who holds such a role on this day keeps it; the office's administrators look it over, membership by membership."""
    connection = op.get_bind()
    held = connection.execute(
        sa.select(MEMBERSHIPS.c.id, MEMBERSHIPS.c.organisation_id, ROLES.c.role)
        .join(ROLES, ROLES.c.membership_id == MEMBERSHIPS.c.id)
        .where(MEMBERSHIPS.c.ended_at.is_(None), ROLES.c.role.in_(SECOND_PERSON))
        .order_by(MEMBERSHIPS.c.id)
    )
    places: dict[tuple[int, int], list[str]] = {}
    for membership, organisation, role in held:
        places.setdefault((membership, organisation), []).append(role)
    at = datetime.now(UTC)
    rows = [
        {
            "public_id": uuid.uuid4(),
            "organisation_id": organisation,
            "membership_id": membership,
            "roles": sorted(theirs, key=SECOND_PERSON.index),
            "held": True,
            "asked_at": at,
            "status": "waiting",
            "version": 1,
        }
        for (membership, organisation), theirs in places.items()
    ]
    if rows:
        connection.execute(sa.insert(PROPOSALS), rows)


def downgrade() -> None:
    with op.batch_alter_table("role_proposals", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_proposals_waiting",
            sqlite_where=sa.text("status = 'waiting' AND NOT held"),
            postgresql_where=sa.text("status = 'waiting' AND NOT held"),
        )
        batch_op.drop_index(
            "uq_role_proposals_invited",
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        )
        batch_op.drop_index("ix_role_proposals_status")
        batch_op.drop_index("ix_role_proposals_organisation")

    op.drop_table("role_proposals")


# As `make migration` wrote it: 1524506f0f751513
