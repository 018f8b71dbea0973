"""Keep what clocks used.

Pauses of the decision's clock are filled from the rounds of questions that caused them; what has stopped gets the days
that it used and, where it stopped while standing still, its due day. Who waits since when follows from when the request
was submitted, answered, reopened and confirmed.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "keep_what_clocks_used"
down_revision = "draw_each_event_an_id_at_random"
branch_labels = None
depends_on = None


JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
MOMENT = sa.DateTime(timezone=True)
VIENNA = ZoneInfo("Europe/Vienna")
CLOCKS = sa.table(
    "request_clocks",
    *(sa.column(name, sa.Integer()) for name in ("id", "request_id", "working_days", "days_left", "days_used")),
    sa.column("name", sa.String()),
    *(sa.column(name, MOMENT) for name in ("started_at", "due_at", "paused_at", "stopped_at")),
    sa.column("pauses", JSON),
)
ROUNDS = sa.table(
    "clarifications",
    sa.column("request_id", sa.Integer()),
    sa.column("asked_at", MOMENT),
    sa.column("answered_at", MOMENT),
)
HOLIDAYS = sa.table("holidays", sa.column("day", sa.Date()), sa.column("ended_at", MOMENT))
REQUESTS = sa.table(
    "assistance_requests",
    sa.column("id", sa.Integer()),
    sa.column("status", sa.String()),
    *(sa.column(name, MOMENT) for name in ("waits_since", "status_since", "submitted_at", "reopened_at")),
)
ACTIVITIES = sa.table("activities", sa.column("id", sa.Integer()), sa.column("request_id", sa.Integer()))
CONFIRMATIONS = sa.table("confirmations", sa.column("activity_id", sa.Integer()), sa.column("confirmed_at", MOMENT))
WITH_THE_OFFICE = ("submitted", "in_review", "accepted", "in_implementation")
Pauses = list[tuple[date, date]]


def fill_who_waits_since() -> None:
    """Since when the side that has to act has had to; of several reasons to begin anew the last."""
    op.execute(sa.update(REQUESTS).values(waits_since=REQUESTS.c.status_since))
    office = sa.update(REQUESTS).where(REQUESTS.c.status.in_(WITH_THE_OFFICE))
    op.execute(office.where(REQUESTS.c.submitted_at.is_not(None)).values(waits_since=REQUESTS.c.submitted_at))
    answered = sa.select(sa.func.max(ROUNDS.c.answered_at)).where(ROUNDS.c.request_id == REQUESTS.c.id)
    confirmed = (
        sa.select(sa.func.max(CONFIRMATIONS.c.confirmed_at))
        .join(ACTIVITIES, ACTIVITIES.c.id == CONFIRMATIONS.c.activity_id)
        .where(ACTIVITIES.c.request_id == REQUESTS.c.id)
    )
    for moment in (REQUESTS.c.reopened_at, answered.scalar_subquery(), confirmed.scalar_subquery()):
        op.execute(office.where(moment > REQUESTS.c.waits_since).values(waits_since=moment))


def fill_clocks() -> None:
    """The pauses of every clock; of those that have stopped the days that they used and their due day, too."""
    connection = op.get_bind()
    free = set(connection.scalars(sa.select(HOLIDAYS.c.day).where(HOLIDAYS.c.ended_at.is_(None))))
    rounds = defaultdict(list)
    for asked in connection.execute(sa.select(ROUNDS).order_by(ROUNDS.c.asked_at)):
        rounds[asked.request_id].append(asked)
    changes = []
    for clock in connection.execute(sa.select(CLOCKS)):
        pauses = pauses_of(clock, rounds[clock.request_id]) if clock.name == "decide" else []
        due_at, used = clock.due_at, None
        if clock.stopped_at is not None:
            used = count(day_of(clock.started_at), day_of(clock.stopped_at), pauses, free)
            due_at = due_at or due(clock, pauses, free)
        written = [[began.isoformat(), ended.isoformat()] for began, ended in pauses]
        changes.append({"of": clock.id, "pauses": written, "days_used": used, "due_at": due_at})
    if changes:
        update = sa.update(CLOCKS).where(CLOCKS.c.id == sa.bindparam("of"))
        values = {name: sa.bindparam(name, type_=CLOCKS.c[name].type) for name in ("pauses", "days_used", "due_at")}
        connection.execute(update.values(values), changes)


def pauses_of(clock: Any, rounds: Iterable[Any]) -> Pauses:
    """From the day of each question to that of its answer, or to the end of the clock."""
    found = []
    for asked in rounds:
        ended = asked.answered_at or clock.stopped_at
        within = clock.started_at <= asked.asked_at and (clock.stopped_at is None or asked.asked_at < clock.stopped_at)
        if within and ended is not None:
            found.append((day_of(asked.asked_at), day_of(ended)))
    return found


def count(start: date, end: date, pauses: Pauses, free: set[date]) -> int:
    """Working days after the start up to and with the end, pauses left out."""
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(counts(day, pauses, free) for day in days)


def counts(day: date, pauses: Pauses, free: set[date]) -> bool:
    return day.weekday() < 5 and day not in free and not any(began < day <= ended for began, ended in pauses)


def due(clock: Any, pauses: Pauses, free: set[date]) -> datetime:
    """The end of the day on which a clock has run its working days."""
    day, left = day_of(clock.started_at), clock.working_days
    while left > 0:
        day += timedelta(days=1)
        left -= counts(day, pauses, free)
    return datetime.combine(day, time(23, 59, 59), tzinfo=VIENNA).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The day in Vienna; SQLite gives moments without their zone, which is UTC."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.astimezone(VIENNA).date()


def fill_days_left() -> None:
    """What a paused clock of the version before has left."""
    connection = op.get_bind()
    free = set(connection.scalars(sa.select(HOLIDAYS.c.day).where(HOLIDAYS.c.ended_at.is_(None))))
    paused = sa.select(CLOCKS).where(CLOCKS.c.paused_at.is_not(None), CLOCKS.c.stopped_at.is_(None))
    for clock in connection.execute(paused).all():
        pauses = [(date.fromisoformat(began), date.fromisoformat(ended)) for began, ended in clock.pauses]
        used = count(day_of(clock.started_at), day_of(clock.paused_at), pauses, free)
        change = sa.update(CLOCKS).where(CLOCKS.c.id == clock.id).values(days_left=clock.working_days - used)
        connection.execute(change)


def upgrade() -> None:
    op.add_column("assistance_requests", sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
    fill_who_waits_since()
    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.alter_column("waits_since", existing_type=sa.DateTime(timezone=True), nullable=False)

    with op.batch_alter_table("clock_rules", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clock_rules_clock_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_clock_rules_clock_known"),
            "clock IN ('authorise', 'acknowledge', 'decide', 'answer', 'reopen', 'instalment_first', 'instalment_second', 'instalment_last', 'nomination_first', 'nomination_second', 'nomination_last')",
        )

    op.add_column("request_clocks", sa.Column("pauses", JSON, nullable=True))
    op.add_column("request_clocks", sa.Column("days_used", sa.Integer(), nullable=True))
    fill_clocks()
    with op.batch_alter_table("request_clocks", schema=None) as batch_op:
        batch_op.alter_column("pauses", existing_type=JSON, nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_request_clocks_stopped_with_days"), "(stopped_at IS NULL) = (days_used IS NULL)"
        )
        batch_op.drop_constraint(batch_op.f("ck_request_clocks_name_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_request_clocks_name_known"),
            "name IN ('authorise', 'acknowledge', 'decide', 'answer', 'reopen')",
        )
        batch_op.drop_column("days_left")


def downgrade() -> None:
    op.add_column("request_clocks", sa.Column("days_left", sa.INTEGER(), nullable=True))
    fill_days_left()
    op.execute("DELETE FROM request_clocks WHERE name = 'authorise'")
    op.execute("DELETE FROM clock_rules WHERE clock = 'authorise'")
    with op.batch_alter_table("request_clocks", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_request_clocks_name_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_request_clocks_name_known"), "name IN ('acknowledge', 'decide', 'answer', 'reopen')"
        )
        batch_op.drop_constraint(batch_op.f("ck_request_clocks_stopped_with_days"), type_="check")
        batch_op.drop_column("days_used")
        batch_op.drop_column("pauses")

    with op.batch_alter_table("clock_rules", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clock_rules_clock_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_clock_rules_clock_known"),
            "clock IN ('acknowledge', 'decide', 'answer', 'reopen', 'instalment_first', 'instalment_second', 'instalment_last', 'nomination_first', 'nomination_second', 'nomination_last')",
        )

    with op.batch_alter_table("assistance_requests", schema=None) as batch_op:
        batch_op.drop_column("waits_since")


# As `make migration` wrote it: 9f92fadca663fc49
