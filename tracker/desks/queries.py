"""Live totals for everyone, merged where fewer than three requests or States stand behind one."""

from dataclasses import dataclass
from statistics import median
from typing import Any

import sqlalchemy as sa
from flask_babel import ngettext

from tracker import working_days
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.i18n import current_language, format_amount, format_days, format_number, lazy
from tracker.now import today
from tracker.pledges.queries.totals import public_totals
from tracker.reference import queries as reference
from tracker.reference.models import Session

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
    days: dict[str, int]


def totals() -> Totals:
    """What was asked and given so far, from the requests and the ledger as they stand."""
    requests, states = db.session.execute(
        sa.select(sa.func.count(), sa.func.count(sa.distinct(R.organisation_id))).where(
            R.submitted_at.is_not(None), R.origin != "imported"
        )
    ).one()
    money = public_totals()
    days = _days_to_decision()
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
        days=reference.all_clock_days(),
    )


def _from_states(states: int) -> str:
    if not states:
        return str(lazy("requests received"))
    return ngettext("requests from %(num)d State", "requests from %(num)d States", states)


def _days_to_decision() -> list[int]:
    """Working days from submission to decision of the latest decided requests."""
    rows = db.session.execute(
        sa.select(R.submitted_at, R.decided_at)
        .where(R.decided_at.is_not(None), R.submitted_at.is_not(None), R.origin != "imported")
        .order_by(R.decided_at.desc())
        .limit(_LATEST)
    ).all()
    holidays = reference.holiday_dates()
    return [working_days.between(a, b, holidays) for a, b in rows if a is not None and b is not None]


def next_session() -> dict[str, Any] | None:
    """The next session that has not ended, dated ones first; as the home page and the desks show it."""
    session = db.session.scalars(
        sa.select(Session)
        .where(sa.or_(Session.ends_on.is_(None), Session.ends_on >= today()), Session.status != "held")
        .order_by(Session.starts_on.is_(None), Session.starts_on, Session.id)
        .limit(1)
    ).first()
    if session is None:
        return None
    language = current_language()
    return {
        "title": session.title(language),
        "city": session.place(language),
        "dates": format_days(session.starts_on, session.ends_on) if session.starts_on else None,
        "closing_on": session.closing_on,
        "seats_per_state": session.seats_per_state if session.closing_on else None,
        "code": session.code,
    }
