"""What becomes of the rows of a file of rates or rules: new, there already, in contradiction, or wrong."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.costs.columns import (
    DAYS,
    RATE_COLUMNS,
    RATE_REQUIRED,
    RULE_COLUMNS,
    RULE_REQUIRED,
    Rate,
    Rule,
    check_rate,
    check_rule,
)
from tracker.costs.models import CostRate, CostRule
from tracker.costs.rows import OWN, What
from tracker.costs.rule_sets import lacking
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.files.damaged import refused_when_damaged
from tracker.imports.days import rewrite_days
from tracker.imports.reading import Source
from tracker.imports.report import Done, Finding, Records, Report, Sample
from tracker.imports.tables import table_rows
from tracker.languages.marking import N_, lazy
from tracker.reference.models import Airport

MOST_ROWS = 10_000
"""So many are taken over in one transaction: half a tariff or half a rule set would be a wrong one."""


@refused_when_damaged()
def read_rates(source: Source) -> Records:
    """The rows of a table of rates. Raises Invalid when the columns are others."""
    return _read(source, RATE_COLUMNS, RATE_REQUIRED)


@refused_when_damaged()
def read_rules(source: Source) -> Records:
    """The rows of a table of rules. Raises Invalid when the columns are others."""
    return _read(source, RULE_COLUMNS, RULE_REQUIRED)


def _read(source: Source, columns: Collection[str], required: Sequence[str]) -> Records:
    if source.type not in ("csv", "xlsx"):
        raise Invalid(lazy("Rates and rules are read from a table: CSV or XLSX."))
    rows = list(table_rows(source, columns))
    if not rows:
        raise Invalid(lazy("The file has no rows."))
    if missing := [name for name in required if name not in rows[0][1]]:
        raise Invalid(lazy("The file needs the columns %(columns)s.", columns=", ".join(missing)))
    if len(rows) > MOST_ROWS:
        raise Invalid(lazy("The file has more than %(most)d rows.", most=MOST_ROWS))
    days = [name for name in DAYS if name in rows[0][1]]
    return Records(rows, rewrite_days(rows, days, source.hints.dates))


@dataclass
class Sorted:
    """The report on a file, and its new rows."""

    report: Report
    new: list[Any] = field(default_factory=list)

    def refuse(self, number: int, done: Done, reason: str = "", **values: Any) -> None:
        """One more row that is not taken over, with why where that is to be said."""
        self.report.count(done)
        if reason:
            self.report.remark(Finding(number, "row", reason, done, values))

    def take(self, row: Any) -> None:
        """One more row to be taken over."""
        self.report.count(Done.IMPORTED)
        self.new.append(row)


_STANDS = N_("Such a row is there already with other figures, and is never changed: give a later day.")
_TWICE = N_("The same row stands at %(row)d with other figures; the first was taken.")
_AGAIN = N_("The same row stands at %(row)d.")
_OVERLAP = N_("The distances overlap with those of another row of the same tariff.")


def sort_rates(rows: Records, run_id: int | None = None) -> Sorted:
    """What becomes of each row of a table of rates; those that a run took over already count as new."""
    found = Sorted(Report(findings=list(rows.notes)))
    airports = set(db.session.scalars(sa.select(Airport.iata)))
    standing = {rate.key: rate for rate in standing_rates(run_id)}
    above: dict[str, tuple[int, Rate]] = {}
    bands: dict[tuple[str, date], list[Rate]] = {}
    for rate in standing.values():
        bands.setdefault((rate.cabin, rate.effective_from), []).append(rate)
    for number, cells in rows:
        checked, findings = check_rate(number, cells, airports)
        found.report.findings += findings
        if checked is None:
            found.report.count(Done.SKIPPED)
        elif checked.key in above:
            _again(found, number, checked, *above[checked.key])
        elif checked.key in standing:
            same = standing[checked.key] == checked
            found.refuse(number, *((Done.UNCHANGED,) if same else (Done.CONFLICT, _STANDS)))
        else:
            above[checked.key] = number, checked
            _take_rate(found, number, checked, bands.setdefault((checked.cabin, checked.effective_from), []))
    return found


def _again(found: Sorted, number: int, rate: Rate, row: int, above: Rate) -> None:
    if above == rate:
        found.refuse(number, Done.DUPLICATE, _AGAIN, row=row)
    else:
        found.refuse(number, Done.CONFLICT, _TWICE, row=row)


def _take_rate(found: Sorted, number: int, rate: Rate, others: list[Rate]) -> None:
    if rate.what == What.FARE:
        if any(one.over_km < rate.up_to_km and rate.over_km < one.up_to_km for one in others):
            found.refuse(number, Done.SKIPPED, _OVERLAP)
            return
        others.append(rate)
    found.take(rate)
    days = [rate.effective_from.isoformat(), rate.season_last.isoformat() if rate.season_last else ""]
    where = rate.place or (f"{rate.cabin} {rate.over_km}–{rate.up_to_km} km" if rate.cabin else "")
    found.report.show(Sample(number, rate.what, where, rate.source, rate.amount, rate.currency, days))


def standing_rates(but_run: int | None = None) -> Iterable[Rate]:
    """The office's own rates that are there, without those of one run."""
    mine = CostRate.origin == OWN, CostRate.import_run_id.is_distinct_from(but_run if but_run is not None else -1)
    names = Rate.__slots__
    for row in db.session.scalars(sa.select(CostRate).where(*mine)):
        yield Rate(*(getattr(row, name) for name in names))


def sort_rules(rows: Records, run_id: int | None = None) -> Sorted:
    """What becomes of each row of a table of rules: a rule set is taken over whole or not at all."""
    found = Sorted(Report(findings=list(rows.notes)))
    standing: dict[tuple[str, date], set[Rule]] = {}
    for rule in standing_rules(run_id):
        standing.setdefault(rule.whole, set()).add(rule)
    wrong: set[tuple[str, str]] = set()
    sets: dict[tuple[str, date], list[tuple[int, Rule]]] = {}
    for number, cells in rows:
        checked, findings = check_rule(number, cells)
        found.report.findings += findings
        if checked is None:
            found.report.count(Done.SKIPPED)
            wrong.add((cells.get("rule_set", "").strip(), cells.get("valid_from", "").strip()))
        else:
            sets.setdefault(checked.whole, []).append((number, checked))
    for whole, numbered in sets.items():
        is_wrong = (whole[0], whole[1].isoformat()) in wrong
        against = _against([rule for _, rule in numbered], standing.get(whole), is_wrong=is_wrong)
        for number, rule in numbered:
            if against is None:
                found.take(rule)
            else:
                found.refuse(number, *against[:2], **against[2])
    return found


def _against(rules: list[Rule], there: set[Rule] | None, *, is_wrong: bool) -> tuple[Done, str, dict[str, Any]] | None:
    """Why a rule set is not taken over; None when it is."""
    names = [rule.parameter for rule in rules]
    if there is not None:
        return (Done.UNCHANGED, "", {}) if there == set(rules) else (Done.CONFLICT, _STANDS, {})
    if is_wrong:
        return Done.SKIPPED, N_("Another row of this rule set cannot be taken."), {}
    if len(set(names)) < len(names):
        return Done.SKIPPED, N_("A parameter of this rule set stands twice."), {}
    if missing := lacking(names):
        code, day = rules[0].whole
        said = {"code": code, "day": day.isoformat(), "names": ", ".join(missing)}
        return Done.SKIPPED, N_("Rule set %(code)s of %(day)s lacks %(names)s."), said
    return None


def standing_rules(but_run: int | None = None) -> Iterable[Rule]:
    """The rules that are there, delivered ones too, without those of one run."""
    others = CostRule.import_run_id.is_distinct_from(but_run if but_run is not None else -1)
    for row in db.session.scalars(sa.select(CostRule).where(others)):
        yield Rule(*(getattr(row, name) for name in Rule.__slots__))
