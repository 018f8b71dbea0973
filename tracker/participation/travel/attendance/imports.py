"""What becomes of the rows of a list of participants: attended, recorded already, unclear, unknown, or wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.files.damaged import refused_when_damaged
from tracker.imports.reading import Source
from tracker.imports.report import Done, Finding, Records, Report, Sample
from tracker.imports.tables import Row, table_rows
from tracker.languages.marking import N_, lazy
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.attendance import columns, queries
from tracker.participation.travel.attendance.columns import NAMES, Present, check
from tracker.participation.travel.attendance.matching import Match, Traveller, days_spent, is_of, match, missing
from tracker.rights.actor import Actor

MOST_ROWS = 10_000
Days = tuple[date, date]


class Listed(Records):
    """The rows of a list of participants, with the session that it is about and who reads it."""

    def __init__(self, rows: Iterable[Row], notes: Iterable[Finding], session: str, reader: Actor) -> None:
        super().__init__(rows, notes)
        self.session, self.reader = session, reader


@refused_when_damaged()
def read(source: Source) -> Listed:
    """The rows of a list of participants. Raises Invalid when the columns are others, or the session is not over."""
    if source.type not in ("csv", "xlsx"):
        raise Invalid(lazy("A list of participants is read from a table: CSV or XLSX."))
    session = queries.session_of(source.hints.session)
    rows: list[Row] = list(table_rows(source, NAMES))
    if not rows:
        raise Invalid(lazy("The file has no rows."))
    if len(rows) > MOST_ROWS:
        raise Invalid(lazy("The file has more than %(most)d rows.", most=MOST_ROWS))
    rows = columns.by_column(rows)
    notes = columns.rewritten(rows, source.hints)
    return Listed(rows, notes, session.code, source.reader)


@dataclass
class Sorted:
    """The report on a file, whom it shows as present with the days to be kept, and who is not in it."""

    report: Report
    attended: list[tuple[Traveller, Days]] = field(default_factory=list)
    not_in_file: list[Traveller] = field(default_factory=list)


_UNKNOWN = N_("Nobody in a seat of this session has this address or name: %(name)s.")
_SEVERAL = N_("%(name)s could be: %(others)s. Nobody was chosen: record it by hand if one of them is meant.")
_AGAIN = N_("The same person stands at %(row)d.")
_TWICE = N_("%(name)s stands at %(row)d with other days; the first was taken.")
_NO_DAY = N_("%(name)s is registered, and the file shows no day: they count as not in the file.")
_NO_TICKET = N_("%(name)s was present, and no ticket is recorded: record it first, or find out how they came.")
_NOT_COME = N_("%(name)s was present from %(first)s to %(last)s, and stands here as somebody who did not travel.")
_OTHER = N_(
    "%(name)s: recorded is %(old_first)s to %(old_last)s, the file shows %(first)s to %(last)s. What stands stays."
)
_ENDED = N_("%(name)s was present from %(first)s to %(last)s, and the seat is settled without a journey.")
_AHEAD = N_("%(name)s leaves on %(last)s: import the list once that day has come.")
_OTHER_DAYS = N_("%(name)s: %(first)s to %(last)s are not days of this session; is the list of another one?")
_EXTENDED = N_(
    "%(name)s: kept is %(first)s to %(last)s, with the planned days of travel; the file shows %(from)s to %(to)s."
)
_GAPS = N_("%(name)s: the file does not show %(number)d of the days between; they are kept as spent there.")
_EXPECTED = N_("%(name)s has a ticket and is not in the file. Whether they did not come is for you to say.")


def sort_out(rows: Listed, run_id: int | None = None) -> Sorted:
    """What becomes of each row; those whom this run took already count as new. Of seats that the reader may not know
    nothing is said."""
    session = queries.session_of(rows.session)
    everybody = queries.travellers(session, rows.reader, run_id)
    found = _Sorting(everybody, (session.starts_on, session.ends_on), list(rows.notes))
    for number, cells in rows:
        present, findings = check(number, cells)
        found.first += findings
        if present is None:
            found.report.count(Done.SKIPPED)
        else:
            found.take(number, present)
    return found.end()


class _Sorting:
    """Rows one after the other; remarks that ask for something stand before those on who is not known here."""

    def __init__(self, everybody: list[Traveller], days: tuple[date | None, date | None], notes: list[Finding]) -> None:
        self.everybody, self.days = everybody, days
        self.report, self.first = Report(), notes
        self.unknown: list[Finding] = []
        self.above: dict[int, tuple[int, Present]] = {}
        self.unclear: set[int] = set()
        self.sorted = Sorted(self.report)

    def take(self, row: int, present: Present) -> None:
        """One more row that could be read."""
        found: Match = match(present, self.everybody)
        if found.one is not None:
            self._person(row, present, found.one)
        elif found.could_be:
            self.unclear |= {one.seat_id for one in found.could_be}
            others = "; ".join(one.shown for one in found.could_be)
            self._say(row, Done.SKIPPED, _SEVERAL, name=_called(present), others=others)
        else:
            self.report.count(Done.UNKNOWN)
            self.unknown.append(Finding(row, "name", _UNKNOWN, Done.UNKNOWN, {"name": _called(present)}))

    def _person(self, row: int, present: Present, one: Traveller) -> None:
        if present.first is None:
            self._say(row, Done.SKIPPED, _NO_DAY, name=one.shown)
        elif one.seat_id in self.above:
            number, other = self.above[one.seat_id]
            same = (other.first, other.last) == (present.first, present.last)
            self._say(row, *((Done.DUPLICATE, _AGAIN) if same else (Done.CONFLICT, _TWICE)), name=one.shown, row=number)
        else:
            self.above[one.seat_id] = row, present
            self._days(row, present, one)

    def _days(self, row: int, present: Present, one: Traveller) -> None:
        days = days_spent(present, one, self.days)
        shown = {"name": one.shown, "first": days[0].isoformat(), "last": days[1].isoformat()}
        if one.read:
            self.report.count(Done.IMPORTED)
        elif one.status is SeatStatus.TICKETED:
            self._attended(row, present, one, days, shown)
        elif one.status is SeatStatus.CONFIRMED:
            self._say(row, Done.SKIPPED, _NO_TICKET, **shown)
        elif one.status in (SeatStatus.NO_SHOW, SeatStatus.CANCELLED):
            self._say(row, Done.CONFLICT, _NOT_COME, **shown)
        elif (one.first, one.last) == days:
            self.report.count(Done.UNCHANGED)
        elif one.first is None or one.last is None:
            self._say(row, Done.CONFLICT, _ENDED, **shown)
        else:
            old = {"old_first": one.first.isoformat(), "old_last": one.last.isoformat()}
            self._say(row, Done.CONFLICT, _OTHER, **shown, **old)

    def _attended(self, row: int, present: Present, one: Traveller, days: Days, shown: dict[str, str]) -> None:
        if not is_of(days, self.days):
            self._say(row, Done.CONFLICT, _OTHER_DAYS, **shown)
            return
        if days[1] > today():
            self._say(row, Done.SKIPPED, _AHEAD, **shown)
            return
        said = (str(present.first), str(present.last))
        if said != (shown["first"], shown["last"]):
            values: dict[str, Any] = {**shown, "from": said[0], "to": said[1]}
            self.first.append(Finding(row, "days", _EXTENDED, Done.CHANGED, values))
        elif present.gaps:
            values = {"name": one.shown, "number": len(present.gaps)}
            self.first.append(Finding(row, "days", _GAPS, Done.CHANGED, values))
        self.report.count(Done.IMPORTED)
        self.report.show(Sample(row, "", one.iso3 or "", one.name, None, "", ["", shown["first"], shown["last"]]))
        self.sorted.attended.append((one, days))

    def _say(self, at: int, done: Done, reason: str, **values: Any) -> None:
        self.report.count(done)
        self.first.append(Finding(at, "row", reason, done, values))

    def end(self) -> Sorted:
        """The whole answer: remarks on rows, who is not in the file, who is not known here."""
        left = missing(self.everybody, {*self.above, *self.unclear})
        self.sorted.not_in_file = left
        self.report.findings = [*self.first, *(_expected(one) for one in left), *self.unknown]
        return self.sorted


def _expected(one: Traveller) -> Finding:
    return Finding(0, "row", _EXPECTED, Done.EXPECTED, {"name": one.shown})


def _called(present: Present) -> str:
    return present.name or present.email


def seat_ids(found: Sorted) -> Sequence[int]:
    """The seats that a file would change or say something of."""
    return [one.seat_id for one, _days in found.attended] + [one.seat_id for one in found.not_in_file]
