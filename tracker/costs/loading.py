"""The stand-ins that the tracker is delivered with, put into an office's book where they are absent."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.costs.columns import check_rate, check_rule
from tracker.costs.models import CostRate, CostRule
from tracker.costs.rows import PROXY
from tracker.costs.rule_sets import SHIPPED
from tracker.extensions import db
from tracker.reference.models import Airport

RATES = SHIPPED.with_name("cost_rates.csv")


def load_rates() -> int:
    """Add the rates that are absent; gives how many."""
    airports = set(db.session.scalars(sa.select(Airport.iata)))
    read = [rate for row in _rows(RATES) if (rate := check_rate(0, row, airports)[0]) is not None]
    stand_ins = [replace(rate, origin=PROXY) for rate in read]
    known = set(db.session.scalars(sa.select(CostRate.key)))
    return _insert(CostRate, [rate.values for rate in stand_ins if rate.key not in known])


def load_rules() -> int:
    """Add the rule sets that are absent; gives how many rows."""
    read = [rule for row in _rows(SHIPPED) if (rule := check_rule(0, row)[0]) is not None]
    known = {
        (row.rule_set, row.valid_from) for row in db.session.execute(sa.select(CostRule.rule_set, CostRule.valid_from))
    }
    return _insert(CostRule, [rule.values for rule in read if rule.whole not in known])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _insert(model: type[Any], rows: list[dict[str, Any]]) -> int:
    if rows:
        db.session.execute(sa.insert(model), rows)
    return len(rows)
