"""Taking the office's rates and rules over from files: all new rows of a file at once, one event for the run."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.costs import imports, moving, queries
from tracker.costs.book import Book
from tracker.costs.imports import Sorted
from tracker.costs.models import CostRate, CostRule
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.imports import runs
from tracker.imports.report import Done, Moved, Records, Report
from tracker.imports.runs import Progress, no_progress
from tracker.rights.actor import Actor

RATES, RULES = "cost_rates", "cost_rules"
_MODELS: dict[str, type[Any]] = {RATES: CostRate, RULES: CostRule}
_SORT: dict[str, Callable[[Records, int | None], Sorted]] = {RATES: imports.sort_rates, RULES: imports.sort_rules}


def examine_rates(rows: Records, *, progress: Progress = no_progress) -> Report:
    """What an import of rates would do, and which estimates it would move."""
    return _examine(RATES, rows, progress)


def examine_rules(rows: Records, *, progress: Progress = no_progress) -> Report:
    """What an import of rules would do, and which estimates it would move."""
    return _examine(RULES, rows, progress)


def _examine(what: str, rows: Records, progress: Progress) -> Report:
    progress(0, len(rows))
    found = _SORT[what](rows, None)
    found.report.moved = _moved(what, found.new) if found.new else []
    return found.report


def _moved(what: str, new: list[Any]) -> list[Moved]:
    before = queries.open_book(None)
    if what == RULES:
        after = Book(before.rates, (*before.rule_sets, *queries.rule_sets_of(new)))
    else:
        after = Book(before.rates.with_rows(queries.rates_of_rows(new, queries.cities())), before.rule_sets)
    return moving.moved(before, after)


def import_rates(rows: Records, **facts: Any) -> dict[str, Any]:
    """Take over the new rows of a table of rates; gives the report as data. Repeating a run changes nothing."""
    return _import(RATES, rows, **facts)


def import_rules(rows: Records, **facts: Any) -> dict[str, Any]:
    """Take over the new rule sets of a table of rules; gives the report as data. Repeating a run changes nothing."""
    return _import(RULES, rows, **facts)


def _import(what: str, rows: Records, *, actor: Actor, **run: Any) -> dict[str, Any]:
    return runs.take_whole(
        what, rows, take=lambda run_id: take(what, rows, run_id=run_id), end=_ENDS[what], actor=actor, **run
    )


@verb(events=0)
def take(what: str, rows: Records, *, run_id: int) -> Report:
    """Write every new row of a file, in one transaction; whoever comes second finds what the first took."""
    runs.begin_part(run_id)
    found = _SORT[what](rows, run_id)
    model = _MODELS[what]
    if not db.session.scalar(sa.select(sa.exists().where(model.import_run_id == run_id))) and found.new:
        db.session.execute(sa.insert(model), [{**row.values, "import_run_id": run_id} for row in found.new])
    return found.report


@verb
def end_rates(run_id: int, report: Report, *, actor: Actor, status: str) -> None:
    """Close a run of rates, with one event."""
    _end(RATES, run_id, report, actor=actor, status=status)


@verb
def end_rules(run_id: int, report: Report, *, actor: Actor, status: str) -> None:
    """Close a run of rules, with one event."""
    _end(RULES, run_id, report, actor=actor, status=status)


_ENDS: dict[str, Callable[..., None]] = {RATES: end_rates, RULES: end_rules}


def _end(what: str, run_id: int, report: Report, *, actor: Actor, status: str) -> None:
    model = _MODELS[what]
    mine = db.session.scalar(sa.select(sa.func.count()).where(model.import_run_id == run_id)) or 0
    run = runs.end(run_id, report, taken=mine, status=status)
    imported = report.counts[Done.IMPORTED]
    events.record("costs.imported", run, actor=actor, what=what, rows=report.total, imported=imported)
