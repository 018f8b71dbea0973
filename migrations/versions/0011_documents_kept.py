"""Documents kept."""

import sqlalchemy as sa
from alembic import op

revision = "documents_kept"
down_revision = "hold_files_of_forms_whose_sessio"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_erasures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ground IN ('personal_data', 'malware')", name=op.f("ck_file_erasures_ground_known")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name=op.f("ck_file_erasures_confirmed_whole")
        ),
        sa.CheckConstraint("confirmed_at IS NULL OR dropped_at IS NULL", name=op.f("ck_file_erasures_ended_once")),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name=op.f("ck_file_erasures_two_persons")
        ),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_file_erasures_has_a_reason")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["people.id"], name=op.f("fk_file_erasures_confirmed_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_file_erasures_file_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_file_erasures_proposed_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["assistance_requests.id"], name=op.f("fk_file_erasures_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_erasures")),
    )
    with op.batch_alter_table("file_erasures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_erasures_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_file_erasures_request_id"), ["request_id"], unique=False)
        batch_op.create_index(
            "uq_file_erasures_waiting",
            ["request_id"],
            unique=True,
            postgresql_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
            sqlite_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
        )

    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("struck_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("strike_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("strike_language", sa.String(length=2), nullable=True))
        batch_op.add_column(
            sa.Column("replaced_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_unique_constraint(batch_op.f("uq_attachments_replaced_by_id"), ["replaced_by_id"])
        batch_op.create_foreign_key(batch_op.f("fk_attachments_struck_by_id"), "people", ["struck_by_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_attachments_replaced_by_id"), "attachments", ["replaced_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_attachments_replaced_is_struck"), "replaced_by_id IS NULL OR struck_at IS NOT NULL"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_attachments_struck_whole"),
            "(struck_at IS NULL) = (struck_by_id IS NULL) AND (struck_at IS NULL) = (strike_reason IS NULL) AND (struck_at IS NULL) = (strike_language IS NULL)",
        )

    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_files_erased_once_handed_in"), "erased_at IS NULL OR handed_in_at IS NOT NULL"
        )
    # What a job wrote for its reader was handed in by nobody; the papers of a request were once it was submitted.
    op.execute(
        """
        UPDATE files SET handed_in_at = added_at
        WHERE id NOT IN (SELECT report_file_id FROM jobs WHERE report_file_id IS NOT NULL)
        AND id NOT IN (
            SELECT a.file_id FROM attachments a
            JOIN assistance_requests r ON r.id = a.request_id WHERE r.submitted_at IS NULL
        )
        """
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # they know the column that goes; SQLite drops them with the table
        for act in ("delete", "update"):
            op.execute(f"DROP TRIGGER IF EXISTS files_kept_{act} ON files")
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_files_erased_once_handed_in"), type_="check")
        batch_op.drop_column("erased_at")
        batch_op.drop_column("handed_in_at")

    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_attachments_struck_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_attachments_replaced_is_struck"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_attachments_replaced_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_attachments_struck_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_attachments_replaced_by_id"), type_="unique")
        batch_op.drop_column("replaced_by_id")
        batch_op.drop_column("strike_language")
        batch_op.drop_column("strike_reason")
        batch_op.drop_column("struck_at")
        batch_op.drop_column("struck_by_id")

    with op.batch_alter_table("file_erasures", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_file_erasures_waiting",
            postgresql_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
            sqlite_where=sa.text("confirmed_at IS NULL AND dropped_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_file_erasures_request_id"))
        batch_op.drop_index(batch_op.f("ix_file_erasures_file_id"))

    op.drop_table("file_erasures")


# As `make migration` wrote it: 6a32cb4e4168b57a
