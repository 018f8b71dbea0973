"""Say who pays for each delegate.

What was needed, this fund was asked to pay. Of what was not needed nobody said who pays it, of a visa not even whether one
is needed: it stays open, and is asked. A name stays as it is: which part is the family name is not known, and is asked. An airport that was written
by its code is that airport; any other text stays as it was written. Of people who were taken off the name alone stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "say_who_pays_for_each_delegate"
down_revision = "let_officers_look_after_travel"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cost_rates", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_cost_rates_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cost_rates_what_known"),
            "what IN ('daily', 'fare', 'terminal', 'insurance', 'insurance_day', 'visa', 'consulate')",
        )

    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("given_name", sa.String(length=79), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("family_name", sa.String(length=79), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("departure_iata", sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column("arrives_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("leaves_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("payer_fare", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("payer_allowance", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("payer_terminals", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("payer_visa", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("payer_insurance", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("payer_other", sa.String(length=120), nullable=False, server_default=""))

    _say_who_pays()
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegates_departure_iata"), ["departure_iata"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_delegates_departure_iata"), "airports", ["departure_iata"], ["iata"])
        batch_op.create_check_constraint(batch_op.f("ck_delegates_leaves_after_arriving"), "leaves_on >= arrives_on")
        batch_op.create_check_constraint(
            batch_op.f("ck_delegates_payer_allowance_known"), "payer_allowance IN ('fund', 'state', 'host', 'other')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_delegates_payer_fare_known"), "payer_fare IN ('fund', 'state', 'host', 'other')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_delegates_payer_insurance_known"), "payer_insurance IN ('fund', 'state', 'host', 'other')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_delegates_payer_terminals_known"), "payer_terminals IN ('fund', 'state', 'host', 'other')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_delegates_payer_visa_known"), "payer_visa IN ('fund', 'state', 'host', 'other', 'nobody')"
        )
        batch_op.drop_column("needs_dsa")
        batch_op.drop_column("needs_fare")
        batch_op.drop_column("needs_terminals")
        batch_op.drop_column("needs_visa")


def downgrade() -> None:
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("needs_visa", sa.BOOLEAN(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("needs_terminals", sa.BOOLEAN(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("needs_fare", sa.BOOLEAN(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("needs_dsa", sa.BOOLEAN(), nullable=False, server_default=sa.false()))

    _say_what_is_needed()
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delegates_payer_visa_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delegates_payer_terminals_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delegates_payer_insurance_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delegates_payer_fare_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delegates_payer_allowance_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delegates_leaves_after_arriving"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_delegates_departure_iata"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_delegates_departure_iata"))
        batch_op.drop_column("payer_other")
        batch_op.drop_column("payer_insurance")
        batch_op.drop_column("payer_visa")
        batch_op.drop_column("payer_terminals")
        batch_op.drop_column("payer_allowance")
        batch_op.drop_column("payer_fare")
        batch_op.drop_column("leaves_on")
        batch_op.drop_column("arrives_on")
        batch_op.drop_column("departure_iata")
        batch_op.drop_column("family_name")
        batch_op.drop_column("given_name")

    op.execute("DELETE FROM cost_rates WHERE what IN ('visa', 'consulate')")
    with op.batch_alter_table("cost_rates", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_cost_rates_what_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cost_rates_what_known"),
            "what IN ('daily', 'fare', 'terminal', 'insurance', 'insurance_day')",
        )


def _say_who_pays() -> None:
    op.execute(
        "UPDATE delegates SET payer_fare = CASE WHEN needs_fare THEN 'fund' END,"
        " payer_allowance = CASE WHEN needs_dsa THEN 'fund' END,"
        " payer_terminals = CASE WHEN needs_terminals THEN 'fund' END,"
        " payer_visa = CASE WHEN needs_visa THEN 'fund' END WHERE removed_at IS NULL"
    )
    op.execute(
        "UPDATE delegates SET departure_iata = (SELECT airports.iata FROM airports"
        " WHERE airports.iata = upper(trim(delegates.departure_airport))) WHERE removed_at IS NULL"
    )


def _say_what_is_needed() -> None:
    op.execute(
        "UPDATE delegates SET needs_fare = coalesce(payer_fare = 'fund', false),"
        " needs_dsa = coalesce(payer_allowance = 'fund', false),"
        " needs_terminals = coalesce(payer_terminals = 'fund', false),"
        " needs_visa = coalesce(payer_visa = 'fund', false)"
    )


# As `make migration` wrote it: a87fc8837ea5ca5e
