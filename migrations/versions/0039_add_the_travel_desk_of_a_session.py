"""Add the travel desk of a session."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "add_the_travel_desk_of_a_session"
down_revision = "settle_seats"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seat_travels",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("papers_on", sa.Date(), nullable=True),
        sa.Column("visa_asked_on", sa.Date(), nullable=True),
        sa.Column("visa_on", sa.Date(), nullable=True),
        sa.Column("quoted_minor", sa.BigInteger(), nullable=True),
        sa.Column("quoted_until", sa.Date(), nullable=True),
        sa.Column("quoted_from", sa.String(length=120), nullable=True),
        sa.Column("direct_minor", sa.BigInteger(), nullable=True),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("authorisation_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ticket_number", sa.String(length=40), nullable=True),
        sa.Column("ticket_agency", sa.String(length=120), nullable=True),
        sa.Column("ticket_issued_on", sa.Date(), nullable=True),
        sa.Column("ticket_route", sa.String(length=120), nullable=True),
        sa.Column("ticket_out_on", sa.Date(), nullable=True),
        sa.Column("ticket_back_on", sa.Date(), nullable=True),
        sa.Column("ticket_minor", sa.BigInteger(), nullable=True),
        sa.Column("payee_number", sa.String(length=40), nullable=True),
        sa.Column("on_arrival", sa.Boolean(), nullable=False),
        sa.Column("advance", sa.String(length=80), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("pay_list_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("shown_by", sa.String(length=16), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column(
            "provided", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.CheckConstraint("shown_by IN ('attendance', 'boarded')", name=op.f("ck_seat_travels_shown_by_known")),
        sa.CheckConstraint(
            "(authorised_on IS NOT NULL) = (authorisation_file_id IS NOT NULL)",
            name=op.f("ck_seat_travels_authorised_by_a_file"),
        ),
        sa.CheckConstraint(
            "(first_day IS NOT NULL) = (shown_by IS NOT NULL) AND (last_day IS NOT NULL) = (shown_by IS NOT NULL)",
            name=op.f("ck_seat_travels_travelled_is_whole"),
        ),
        sa.CheckConstraint(
            "(handed_on IS NOT NULL) = (pay_list_file_id IS NOT NULL)", name=op.f("ck_seat_travels_handed_by_a_list")
        ),
        sa.CheckConstraint(
            "(quoted_until IS NOT NULL) = (quoted_minor IS NOT NULL) AND (quoted_from IS NOT NULL) = (quoted_minor IS NOT NULL) AND (direct_minor IS NULL OR quoted_minor IS NOT NULL)",
            name=op.f("ck_seat_travels_quotation_is_whole"),
        ),
        sa.CheckConstraint(
            "(ticket_agency IS NOT NULL) = (ticket_number IS NOT NULL) AND (ticket_issued_on IS NOT NULL) = (ticket_number IS NOT NULL) AND (ticket_route IS NOT NULL) = (ticket_number IS NOT NULL) AND (ticket_out_on IS NOT NULL) = (ticket_number IS NOT NULL) AND (ticket_back_on IS NOT NULL) = (ticket_number IS NOT NULL)",
            name=op.f("ck_seat_travels_ticket_is_whole"),
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_seat_travels_days_in_order")),
        sa.CheckConstraint(
            "on_arrival = (advance IS NOT NULL)", name=op.f("ck_seat_travels_on_arrival_names_an_advance")
        ),
        sa.CheckConstraint(
            "quoted_minor > 0 AND direct_minor > 0 AND ticket_minor > 0", name=op.f("ck_seat_travels_above_zero")
        ),
        sa.CheckConstraint("ticket_back_on >= ticket_out_on", name=op.f("ck_seat_travels_back_after_out")),
        sa.CheckConstraint(
            "ticket_minor IS NULL OR ticket_number IS NOT NULL", name=op.f("ck_seat_travels_fare_of_a_ticket")
        ),
        sa.CheckConstraint("visa_on >= visa_asked_on", name=op.f("ck_seat_travels_visa_after_it_was_asked")),
        sa.ForeignKeyConstraint(
            ["authorisation_file_id"], ["files.id"], name=op.f("fk_seat_travels_authorisation_file_id")
        ),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_seat_travels_delegate_id")),
        sa.ForeignKeyConstraint(["pay_list_file_id"], ["files.id"], name=op.f("fk_seat_travels_pay_list_file_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_seat_travels_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_travels")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seat_travels_public_id")),
        sa.UniqueConstraint("seat_id", "delegate_id", name="uq_seat_travels_person"),
        sa.UniqueConstraint("ticket_number", name="uq_seat_travels_ticket"),
    )


def downgrade() -> None:
    op.drop_table("seat_travels")


# As `make migration` wrote it: 20636fcfed72e9ac
