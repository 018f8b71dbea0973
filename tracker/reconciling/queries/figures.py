"""How many entries and steps stand in each list, and up to which day both sides agree."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from tracker.extensions import db
from tracker.pledges.models import Act
from tracker.reconciling.models import FinanceEntry
from tracker.reconciling.queries.entries import CONDITIONS, WAITS, Listed
from tracker.reconciling.queries.postings import first_and_last_day, unmatched

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """The length of each list, the days of the first and last entry that was read, and the day up to which all agrees
    or is explained (None: no such day)."""

    counts: dict[Listed, int]
    first: date | None
    last: date | None
    until: date | None


def figures() -> Figures:
    """The figures of the page."""
    number = {
        listed: sa.select(sa.func.count(FinanceEntry.id)).where(condition).scalar_subquery()
        for listed, condition in CONDITIONS.items()
    }
    steps = unmatched(only_waiting=True).subquery()
    number[Listed.MISSING_THERE] = sa.select(sa.func.count(steps.c.act_id)).scalar_subquery()
    row = db.session.execute(sa.select(*number.values())).one()
    first, last = db.session.execute(first_and_last_day()).one()
    return Figures(dict(zip(number, row, strict=True)), first, last, reconciled_until())


def reconciled_until() -> date | None:
    """The last day up to which every entry that was read and every receipt and payment agrees or was explained by
    somebody; None where nothing was read, or the first day that was read has something open."""
    first, last = db.session.execute(first_and_last_day()).one()
    if last is None:
        return None
    steps = unmatched(only_waiting=True).with_only_columns(sa.func.min(Act.value_date))
    entry = db.session.scalar(sa.select(sa.func.min(FinanceEntry.day)).where(WAITS))
    waiting = [day for day in (entry, db.session.scalar(steps)) if day is not None]
    until = min([last, *(day - _A_DAY for day in waiting)])
    return until if until >= first else None
