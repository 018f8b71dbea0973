"""What sessions name of the office's rates and rules: a door for higher rooms, so that nothing is undone under them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.costs.models import CostRate, CostRule
from tracker.extensions import db
from tracker.languages.marking import lazy


@dataclass(frozen=True, slots=True)
class Named:
    """What one session names: the rules by which its seats are counted until its last day, and its place."""

    session: str
    rule_set: str
    place: str | None
    last: date | None


_readers: list[Callable[[], Iterable[Named]]] = []


def register(reader: Callable[[], Iterable[Named]]) -> None:
    """Let a room say what sessions that are not over name."""
    if reader not in _readers:
        _readers.append(reader)


def _named() -> list[Named]:
    return [one for reader in _readers for one in reader()]


def rules_named(run_id: int) -> list[Any]:
    """A sentence for each session that counts by a rule set which an import brought."""
    of_run = sa.select(CostRule.rule_set, CostRule.valid_from).where(CostRule.import_run_id == run_id).distinct()
    sets = db.session.execute(of_run).all()
    return [
        lazy("%(session)s counts by the rules %(code)s.", session=one.session, code=one.rule_set)
        for one in _named()
        if any(row.rule_set == one.rule_set and (one.last is None or row.valid_from <= one.last) for row in sets)
    ]


def rates_named(run_id: int) -> list[Any]:
    """A sentence for each session at a place whose rates an import brought."""
    of_run = sa.select(CostRate.place).where(CostRate.import_run_id == run_id, CostRate.place.is_not(None)).distinct()
    places = set(db.session.scalars(of_run))
    return [
        lazy("%(session)s takes place at %(place)s, whose rates these are.", session=one.session, place=one.place)
        for one in _named()
        if one.place in places
    ]
