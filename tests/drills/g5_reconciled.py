"""G5: what the finance system has is compared with the ledger; all that is wrong is found, nothing is invented."""

import time

import sqlalchemy as sa

from tests.drills.frame import Drill, DrillSite, Outcome
from tests.factories import pledges as make
from tests.reconciling.lines import file_of, paid, source, spoilt
from tracker.extensions import db
from tracker.imports.hints import Hints
from tracker.imports.reading import Source
from tracker.reconciling import imports, queries, services
from tracker.reconciling.models import EntryMatch, FinanceEntry
from tracker.reconciling.queries import Listed
from tracker.rights.actor import Actor

LINES, ONE_IN = 10_000, 100
LONGEST = 120  # seconds


def run(site: DrillSite) -> list[Outcome]:
    """One file of a finance system, with one line in a hundred wrong in one of six ways, read twice."""
    people, lines = make.people(), site.some_of(LINES, least=150)
    here = paid(people, lines)
    there, ways = spoilt(here, max(6, lines // ONE_IN))
    chosen, data = source(people, "Drilled system"), file_of(there)
    begun = time.monotonic()
    _read(people, str(chosen), data)
    took = time.monotonic() - begun
    first = _stands()
    _read(people, str(chosen), data)
    differing = ways["amount"] | ways["currency"] | ways["day"] | ways["direction"]
    wanted = [sorted(ways["missing here"]), sorted(ways["missing there"]), sorted(differing)]
    found = _lists()
    wrong = sum(len(set(one) ^ set(other)) for one, other in zip(wanted, found, strict=True))
    same = _stands() == first
    figure = f"{sum(map(len, wanted))} of {lines} lines wrong, {wrong} not found or invented, in {took:.0f} s, "
    figure += "twice unchanged" if same else "changed by the second reading"
    goal = f"all found, none invented, twice unchanged, in {LONGEST} s"
    right = not wrong and same
    return [Outcome("G5", figure, goal, right and took <= LONGEST, late=right and took > LONGEST)]


def _read(people: make.People, chosen: str, data: bytes) -> None:
    rows = imports.read(Source("entries.csv", "csv", data, Hints(source=chosen)))
    services.import_entries(rows, actor=people.finance.actor, file_name="entries.csv", sha256="0" * 64)


def _lists() -> list[list[str]]:
    steps = [one.reference for one in queries.missing_there(Actor.system, limit=LINES)]
    here, differing = (
        [one.entry.reference for one in queries.entries_of(which, Actor.system, limit=LINES)]
        for which in (Listed.MISSING_HERE, Listed.DIFFERING)
    )
    db.session.rollback()
    return [sorted(here), sorted(steps), sorted(differing)]


def _stands() -> tuple[int, ...]:
    counted = [sa.select(sa.func.count(model.id)).scalar_subquery() for model in (FinanceEntry, EntryMatch)]
    found = tuple(db.session.execute(sa.select(*counted)).one())
    db.session.rollback()
    return found


DRILLS = [Drill(("G5",), run)]
