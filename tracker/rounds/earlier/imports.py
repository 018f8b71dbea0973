"""What becomes of the rows of a file of earlier seats: new, there already, in contradiction, or wrong."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.files.damaged import refused_when_damaged
from tracker.imports.days import rewrite_days
from tracker.imports.reading import Source
from tracker.imports.report import Done, Finding, Records, Report, Sample
from tracker.imports.tables import table_rows
from tracker.languages.marking import N_, lazy
from tracker.participation.seats.models import Seat
from tracker.reference.models import Session
from tracker.rounds.earlier.columns import COLUMNS, DAYS, Used, check
from tracker.rounds.earlier.models import EarlierSeats
from tracker.search.folding import flatten

MOST_ROWS = 10_000


@refused_when_damaged()
def read(source: Source) -> Records:
    """The rows of a table of earlier seats. Raises Invalid when the columns are others."""
    if source.type not in ("csv", "xlsx"):
        raise Invalid(lazy("Seats of earlier sessions are read from a table: CSV or XLSX."))
    rows = list(table_rows(source, COLUMNS))
    if not rows:
        raise Invalid(lazy("The file has no rows."))
    if missing := [name for name in COLUMNS if name not in rows[0][1]]:
        raise Invalid(lazy("The file needs the columns %(columns)s.", columns=", ".join(missing)))
    if len(rows) > MOST_ROWS:
        raise Invalid(lazy("The file has more than %(most)d rows.", most=MOST_ROWS))
    return Records(rows, rewrite_days(rows, DAYS, source.hints.dates))


@dataclass
class Sorted:
    """The report on a file, and its new rows."""

    report: Report
    new: list[Used] = field(default_factory=list)

    def refuse(self, number: int, done: Done, reason: str, **values: Any) -> None:
        """One more row that is not taken over, and why."""
        self.report.count(done)
        self.report.remark(Finding(number, "row", reason, done, values))


_KEPT_HERE = N_("The seats of this session are kept here: they count already (%(code)s).")
_SEVERAL = N_("Several sessions have this name (%(codes)s): write the code of the one that is meant.")
_NAMED = N_("Taken as session %(code)s.")
_STANDS = N_("Such a row is there already with other figures, and is never changed: undo the import it came by.")
_TWICE = N_("This session and State stand at %(row)d with other figures; the first was taken.")
_AGAIN = N_("The same row stands at %(row)d.")


def sort_out(rows: Records, run_id: int | None = None) -> Sorted:
    """What becomes of each row; those that a run took over already count as new."""
    found, day = Sorted(Report(findings=list(rows.notes))), today()
    known = _Known.read()
    standing = {known.meant(one).key: one for one in _standing(run_id)}
    above: dict[tuple[str, str], tuple[int, Used]] = {}
    for number, cells in rows:
        used, findings = check(number, cells, day)
        found.report.findings += findings
        if used is None:
            found.report.count(Done.SKIPPED)
            continue
        written, used = used.session, known.meant(used)
        if len(several := known.codes(used.session)) > 1:
            found.refuse(number, Done.SKIPPED, _SEVERAL, codes=", ".join(sorted(several)))
        elif used.session in known.kept_here:
            found.refuse(number, Done.SKIPPED, _KEPT_HERE, code=used.session)
        elif used.key in above:
            row, first = above[used.key]
            same = _same(first, used)
            found.refuse(number, *((Done.DUPLICATE, _AGAIN) if same else (Done.CONFLICT, _TWICE)), row=row)
        elif used.key in standing:
            if _same(standing[used.key], used):
                found.report.count(Done.UNCHANGED)
            else:
                found.refuse(number, Done.CONFLICT, _STANDS)
        else:
            above[used.key] = number, used
            found.new.append(used)
            found.report.count(Done.IMPORTED)
            if used.session != written:
                found.report.remark(Finding(number, "session", _NAMED, Done.CHANGED, {"code": used.session}))
            found.report.show(_sample(number, used))
    return found


def _sample(number: int, used: Used) -> Sample:
    return Sample(number, used.session, used.state_iso3, used.source, None, "", [used.ended_on.isoformat()])


def _standing(but_run: int | None) -> Iterable[Used]:
    others = EarlierSeats.import_run_id.is_distinct_from(but_run if but_run is not None else -1)
    for row in db.session.scalars(sa.select(EarlierSeats).where(others)):
        yield Used(*(getattr(row, name) for name in Used.__slots__))


def _same(one: Used, other: Used) -> bool:
    """Whether two rows of one session and State say the same, however the session is written."""
    return replace(one, session="") == replace(other, session="")


@dataclass(frozen=True, slots=True)
class _Known:
    """The sessions that are known here: the codes that a name can mean, folded, and whose seats are kept here."""

    by_name: dict[str, set[str]]
    kept_here: frozenset[str]

    def codes(self, written: str) -> set[str]:
        """The sessions whose code or title this is, without regard to case, accents and punctuation."""
        return self.by_name.get(flatten(written), set())

    def meant(self, used: Used) -> Used:
        """The row under the code of the one session that its name means; as it is where it means none or several."""
        codes = self.codes(used.session)
        return replace(used, session=next(iter(codes))) if len(codes) == 1 else used

    @classmethod
    def read(cls) -> Self:
        """What is known today."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in db.session.execute(sa.select(Session.code, Session.title_en, Session.title_fr)):
            for name in row:
                found[flatten(name)].add(row.code)
        of_seats = sa.select(Session.code).join(AssistanceRequest, AssistanceRequest.session_id == Session.id)
        of_seats = of_seats.join(Seat, Seat.request_id == AssistanceRequest.id).distinct()
        return cls(found, frozenset(db.session.scalars(of_seats)))
