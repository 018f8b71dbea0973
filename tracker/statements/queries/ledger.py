"""The steps of pledges between two days, or between two numbers, and what stood before them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.calendar.working_days import day_of
from tracker.extensions import db
from tracker.pledges.lifecycle import OF_ALLOCATION
from tracker.pledges.models import Act, LedgerAccount, Pledge, Transfer
from tracker.statements.figures import Line, PledgeFigures, added, changes_of
from tracker.statements.periods import Period

Condition = sa.ColumnElement[bool]
_SOURCE, _TARGET, _REVERSED = aliased(LedgerAccount), aliased(LedgerAccount), aliased(Act)
_ALLOCATION = sa.func.coalesce(_SOURCE.allocation_id, _TARGET.allocation_id)


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps a statement carries: those posted in its days. One that is issued goes by their numbers instead, from
    above `after`, with which the one before it ended, to `until`, so that no step is left out or stands in two. What
    was posted before is its opening; where nothing can have been (`is_first`), nothing concerns earlier periods."""

    period: Period
    is_first: bool = False
    after: int | None = None
    until: int | None = None

    @property
    def before(self) -> Condition:
        """What was posted before."""
        return Act.at < self.period.begins_at if self.after is None else Act.number <= self.after

    @property
    def within(self) -> Condition:
        """What is carried."""
        ends = Act.at < self.period.ends_at if self.until is None else Act.number <= self.until
        return sa.and_(sa.not_(self.before), ends)


def figures_of(pledge: Pledge, steps: Steps) -> PledgeFigures:
    """A pledge's figures over these steps, in two statements."""
    return _figures([pledge], steps, {pledge.id: steps}, sa.true())[pledge.id]


def figures_of_each(
    pledges: Sequence[Pledge], period: Period, begun: Mapping[int, date], only: Collection[int] | None = None
) -> dict[int, PledgeFigures]:
    """The figures of several pledges over the same days, in two statements; `begun` is when the ledger of each began,
    and `only` the allocations whose steps count. Each is what `figures_of` gives from that day on."""
    own = {key: Steps(replace(period, first=max(period.first, day)), day >= period.first) for key, day in begun.items()}
    return _figures(pledges, Steps(period), own, sa.true() if only is None else _ALLOCATION.in_(only))


def _figures(
    pledges: Sequence[Pledge], steps: Steps, own: Mapping[int, Steps], only: Condition
) -> dict[int, PledgeFigures]:
    which = sa.and_(Act.pledge_id.in_([pledge.id for pledge in pledges]), only)
    opening_of: dict[int, dict[int | None, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in db.session.execute(_opening(which, steps.before)):
        changes = changes_of(row.source, row.target, int(row.total), reversal=row.reversal)
        opening_of[row.pledge_id][row.allocation_id].update(changes)
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(_within(which, steps.within)):
        rows[row.Act.pledge_id].append(row)
    return {
        pledge.id: PledgeFigures(
            period=own[pledge.id].period,
            currency=pledge.currency,
            support_rate_bp=pledge.support_rate_bp,
            opening=added(opening_of[pledge.id].values()),
            opening_of={
                key: {kind: sums[kind] for kind in OF_ALLOCATION}
                for key, sums in opening_of[pledge.id].items()
                if key is not None
            },
            lines=_lines(rows[pledge.id], own[pledge.id]),
        )
        for pledge in pledges
    }


def _transfers(*columns: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*columns)
        .select_from(Transfer)
        .join(Act, Act.id == Transfer.act_id)
        .join(_SOURCE, _SOURCE.id == Transfer.from_account_id)
        .join(_TARGET, _TARGET.id == Transfer.to_account_id)
    )


def _opening(which: Condition, before: Condition) -> sa.Select[*tuple[Any, ...]]:
    reversal = Act.reverses_id.is_not(None)
    keys = (Act.pledge_id, _SOURCE.kind, _TARGET.kind, reversal, _ALLOCATION)
    return (
        _transfers(
            Act.pledge_id,
            _SOURCE.kind.label("source"),
            _TARGET.kind.label("target"),
            reversal.label("reversal"),
            _ALLOCATION.label("allocation_id"),
            sa.func.sum(Transfer.amount_minor).label("total"),
        )
        .where(which, before)
        .group_by(*keys)
    )


def _within(which: Condition, within: Condition) -> sa.Select[*tuple[Any, ...]]:
    return (
        _transfers(
            Act,
            _REVERSED.name.label("took_back"),
            _REVERSED.number.label("reverses"),
            _REVERSED.at.label("reversed_at"),
            _SOURCE.kind.label("source"),
            _TARGET.kind.label("target"),
            _ALLOCATION.label("allocation_id"),
            Transfer.amount_minor,
        )
        .outerjoin(_REVERSED, _REVERSED.id == Act.reverses_id)
        .where(which, within)
        .order_by(Act.pledge_id, Act.number, Transfer.id)
    )


def _lines(rows: Iterable[Any], steps: Steps) -> list[Line]:
    found: dict[int, Line] = {}
    for row in rows:
        line = found.get(row.Act.number) or found.setdefault(row.Act.number, _line(row, steps))
        line.changes.update(changes_of(row.source, row.target, row.amount_minor, reversal=row.reverses is not None))
    return list(found.values())


def _line(row: Any, steps: Steps) -> Line:
    act = row.Act
    return Line(
        number=act.number,
        public_id=act.public_id,
        name=row.took_back or act.name,
        posted_on=day_of(act.at),
        value_date=act.value_date,
        reference=act.external_reference or "",
        reverses=row.reverses,
        allocation_id=row.allocation_id,
        rate=act.rate,
        rate_date=act.rate_date,
        rate_source=act.rate_source or "",
        earlier=not steps.is_first and _concerns_earlier(row, steps),
    )


def _concerns_earlier(row: Any, steps: Steps) -> bool:
    if row.reverses is None:
        return bool(row.Act.value_date < steps.period.first)
    if steps.after is not None:
        return bool(row.reverses <= steps.after)
    return bool(row.reversed_at < steps.period.begins_at)
