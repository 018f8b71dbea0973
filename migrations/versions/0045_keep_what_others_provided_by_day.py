"""Keep what others provided by day."""

import json
from datetime import timedelta

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "keep_what_others_provided_by_day"
down_revision = "add_journeys_that_differ_for_pri"
branch_labels = None
depends_on = None

PROVIDED = {"breakfast": "breakfasts", "lunch": "lunches", "dinner": "dinners", "lodging": "lodging"}


def upgrade() -> None:
    plain = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    with op.batch_alter_table("settlements", schema=None) as batch_op:
        batch_op.add_column(sa.Column("provided", plain, nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("journey", plain, nullable=False, server_default="{}"))
        batch_op.drop_constraint(batch_op.f("ck_settlements_not_negative"), type_="check")
    _days_of_what_was_counted(op.get_bind(), plain)
    with op.batch_alter_table("settlements", schema=None) as batch_op:
        batch_op.alter_column("provided", existing_type=plain, existing_nullable=False, server_default=None)
        batch_op.alter_column("journey", existing_type=plain, existing_nullable=False, server_default=None)
        batch_op.drop_column("lunches")
        batch_op.drop_column("lodging")
        batch_op.drop_column("dinners")
        batch_op.drop_column("breakfasts")


def _days_of_what_was_counted(connection: sa.Connection, plain: sa.types.TypeEngine[object]) -> None:
    """A number of days counted from the first day on, as it was meant and counted; whatever the desk says of the journey
    now counts as read when it was entered what is due."""
    day = sa.Date()
    settlements = sa.table(
        "settlements",
        *(sa.column("seat_id"), sa.column("arrives_on", day), sa.column("leaves_on", day)),
        *(sa.column(name) for name in PROVIDED.values()),
        *(sa.column("provided", plain), sa.column("journey", plain)),
    )
    seats = sa.table("seats", sa.column("id"), sa.column("delegate_id"))
    travels = sa.table(
        "seat_travels",
        *(sa.column("seat_id"), sa.column("delegate_id"), sa.column("first_day", day), sa.column("last_day", day)),
        *(sa.column("provided", plain), sa.column("ticket_minor")),
    )
    person = sa.and_(travels.c.seat_id == seats.c.id, travels.c.delegate_id == seats.c.delegate_id)
    read = (
        sa.select(
            *(column for column in settlements.c if column.name not in ("provided", "journey")),
            *(travels.c.first_day, travels.c.last_day, travels.c.ticket_minor, travels.c.provided.label("given")),
        )
        .select_from(settlements)
        .join(seats, seats.c.id == settlements.c.seat_id)
        .outerjoin(travels, person)
    )
    for row in connection.execute(read).mappings().all():
        facts = {
            "first_day": row["first_day"].isoformat() if row["first_day"] else None,
            "last_day": row["last_day"].isoformat() if row["last_day"] else None,
            "provided": row["given"] or {},
            "ticket_minor": row["ticket_minor"],
        }
        own = settlements.c.seat_id == row["seat_id"]
        connection.execute(sa.update(settlements).where(own).values(provided=_by_day(row), journey=facts))


def _by_day(row: sa.RowMapping) -> dict[str, list[str]]:
    first, last = row["arrives_on"], row["leaves_on"]
    if first is None or last is None:
        return {}
    found: dict[str, list[str]] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        names = [name for name, column in PROVIDED.items() if number < row[column]]
        if day == last and "lodging" in names:
            names.remove("lodging")
        if names:
            found[day.isoformat()] = names
    return found


def downgrade() -> None:
    connection = op.get_bind()
    with op.batch_alter_table("settlements", schema=None) as batch_op:
        for column in PROVIDED.values():
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
    # The days are lost, their number stays.
    rows = connection.execute(sa.text("SELECT seat_id, provided FROM settlements")).all()
    for seat_id, kept in rows:
        days = json.loads(kept) if isinstance(kept, str) else kept
        counts = {column: sum(name in given for given in days.values()) for name, column in PROVIDED.items()}
        connection.execute(
            sa.text(
                "UPDATE settlements SET breakfasts = :breakfasts, lunches = :lunches, dinners = :dinners,"
                " lodging = :lodging WHERE seat_id = :seat_id"
            ),
            {**counts, "seat_id": seat_id},
        )
    with op.batch_alter_table("settlements", schema=None) as batch_op:
        for column in PROVIDED.values():
            batch_op.alter_column(column, existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_settlements_not_negative"),
            "breakfasts >= 0 AND lunches >= 0 AND dinners >= 0 AND lodging >= 0",
        )
        batch_op.drop_column("journey")
        batch_op.drop_column("provided")
