"""Live totals for everyone, merged where fewer than three requests or States stand behind one."""

from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import sqlalchemy as sa
from flask_babel import ngettext

from tracker.assistance.models import AssistanceRequest
from tracker.calendar import working_days
from tracker.calendar.now import today
from tracker.database.one_statement import read_in_one_statement
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_amount, format_days, format_number
from tracker.languages.marking import lazy
from tracker.pledges.queries.totals import as_public_totals, select_public_totals
from tracker.reference.models import ClockRule, Holiday, Session
from tracker.reference.queries import clock_days_among

# Below this many requests or States a total could betray one of them.
FEWEST = 3
# The median is taken over the latest decisions: enough to be steady, few enough to be quick.
_LATEST = 300

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures as the home page prints them; `merged` says that some were too small to be shown."""

    requests: str
    requests_label: str
    pledged: str
    pledged_label: str
    allocated: str
    currency: str
    median: str
    median_unit: str
    merged: bool
    rates_of: date | None
    days: dict[str, int]


def home() -> tuple[Totals, dict[str, Any] | None]:
    """What was asked and given so far, from the requests and the ledger as they stand, and the next session: what the
    first page shows, in one statement."""
    found = read_in_one_statement(
        requests=_counts(),
        decided=_latest_decisions(),
        holidays=sa.select(Holiday.day).where(Holiday.ended_at.is_(None)),
        clocks=sa.select(
            ClockRule.id, ClockRule.clock, ClockRule.working_days, ClockRule.valid_from, ClockRule.ended_on
        ),
        meeting=_next_session(),
        **select_public_totals(),
    )
    meeting = found["meeting"][0] if found["meeting"] else None
    # Made a Session again, though in no database session, because it knows its title and place in each language.
    return _totals(found), _as_shown(Session(**meeting._asdict())) if meeting else None


def _counts() -> sa.Select[*tuple[Any, ...]]:
    states = sa.func.count(sa.distinct(R.organisation_id)).label("states")
    return sa.select(sa.func.count(R.id).label("number"), states).where(
        R.submitted_at.is_not(None), R.origin != "imported"
    )


def _latest_decisions() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(R.submitted_at, R.decided_at)
        .where(R.decided_at.is_not(None), R.submitted_at.is_not(None), R.origin != "imported")
        .order_by(R.decided_at.desc())
        .limit(_LATEST)
    )


def _next_session() -> sa.Select[*tuple[Any, ...]]:
    """The next session that has not ended, dated ones first."""
    return (
        sa.select(*Session.__table__.columns)
        .where(sa.or_(Session.ends_on.is_(None), Session.ends_on >= today()), Session.status != "held")
        .order_by(Session.starts_on.is_(None), Session.starts_on, Session.id)
        .limit(1)
    )


def _totals(found: dict[str, list[Any]]) -> Totals:
    requests, states = found["requests"][0]
    money = as_public_totals(found)
    holidays = frozenset(row.day for row in found["holidays"])
    # Working days from submission to decision.
    days = [working_days.between(row.submitted_at, row.decided_at, holidays) for row in found["decided"]]
    few_requests = requests < FEWEST or states < FEWEST
    few_decisions = len(days) < FEWEST
    return Totals(
        requests=str(lazy("fewer than 3")) if few_requests else format_number(requests),
        requests_label=_from_states(0 if few_requests else states),
        pledged=format_amount(money.pledged_minor, "USD", whole=True),
        pledged_label=ngettext("pledged by %(num)d donor", "pledged by %(num)d donors", money.donors),
        allocated=format_amount(money.allocated_minor, "USD", whole=True),
        currency="USD",
        median="–" if few_decisions else format_number(int(median(days))),
        median_unit="" if few_decisions else ngettext("working day", "working days", int(median(days))),
        merged=few_requests or few_decisions,
        rates_of=money.rates_of,
        days=clock_days_among(found["clocks"], today()),
    )


def _from_states(states: int) -> str:
    if not states:
        return str(lazy("requests received"))
    return ngettext("requests from %(num)d State", "requests from %(num)d States", states)


def _as_shown(session: Session) -> dict[str, Any]:
    language = current_language()
    return {
        "title": session.title(language),
        "city": session.place(language),
        "dates": format_days(session.starts_on, session.ends_on) if session.starts_on else None,
        "closing_on": session.closing_on,
        "seats_per_state": session.seats_per_state if session.closing_on else None,
        "code": session.code,
    }
