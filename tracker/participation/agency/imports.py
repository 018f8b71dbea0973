"""What becomes of the rows of a statement: kept with their ticket, kept without one, kept already, or wrong."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.files.damaged import refused_when_damaged
from tracker.imports.days import rewrite_days
from tracker.imports.reading import Source
from tracker.imports.report import Done, Finding, Records, Report, Sample
from tracker.imports.tables import Row, table_rows
from tracker.languages.marking import N_, lazy
from tracker.money import FUND_CURRENCY, to_major
from tracker.participation.agency import queries
from tracker.participation.agency.columns import DAYS, NAMES, Stated, by_column, check
from tracker.participation.agency.models import LineKindOfAgency
from tracker.participation.agency.queries import OurTicket
from tracker.rights.actor import Actor

MOST_ROWS = 10_000


class StatementRows(Records):
    """The rows of a statement, with who reads them."""

    def __init__(self, rows: Iterable[Row], notes: Iterable[Finding], reader: Actor) -> None:
        super().__init__(rows, notes)
        self.reader = reader


@refused_when_damaged()
def read(source: Source) -> StatementRows:
    """The rows of a statement. Raises Invalid when the columns are others."""
    if source.type not in ("csv", "xlsx"):
        raise Invalid(lazy("A statement is read from a table: CSV or XLSX."))
    rows: list[Row] = list(table_rows(source, NAMES))
    if not rows:
        raise Invalid(lazy("The file has no rows."))
    if len(rows) > MOST_ROWS:
        raise Invalid(lazy("The file has more than %(most)d rows.", most=MOST_ROWS))
    rows = by_column(rows)
    return StatementRows(rows, rewrite_days(rows, DAYS, source.hints.dates), source.reader)


@dataclass
class Sorted:
    """The report on a file, and its new lines, each with our ticket where one has its number."""

    report: Report
    new: list[tuple[Stated, OurTicket | None]] = field(default_factory=list)

    def refuse(self, number: int, done: Done, reason: str, **values: Any) -> None:
        """One more row that is not taken over, and why."""
        self.report.count(done)
        self.report.remark(Finding(number, "row", reason, done, values))


_AGAIN = N_("The same row stands at %(row)d.")
_TWICE = N_("The same step of this ticket stands at %(row)d with other figures; the first was taken.")
_STANDS = N_("The same step of this ticket stands with other figures from an earlier file, which is not changed.")
_NO_TICKET = N_("No ticket here has the number %(number)s. The line is kept and stands in the list.")
_SEVERAL = N_("Several tickets here have the number %(number)s: %(names)s. The line is kept without one.")
_DIFFERS = N_("%(name)s, ticket %(number)s: the ticket costs %(ours)s here, the statement says %(theirs)s in all.")
_NOT_COMPARED = N_("%(name)s, ticket %(number)s: the statement is in %(currency)s, tickets here in USD: not compared.")
_NOT_STATED = N_("%(name)s has the ticket %(number)s, issued by %(day)s, and no statement has a sale of it.")


def sort_out(rows: StatementRows, run_id: int | None = None) -> Sorted:
    """What becomes of each row; those that this run took already count as new."""
    found, tickets = Sorted(Report(findings=list(rows.notes))), queries.our_tickets(rows.reader, but_run=run_id)
    standing = queries.standing(but_run=run_id)
    above: dict[tuple[str, ...], tuple[int, Stated]] = {}
    day = today()
    for number, cells in rows:
        stated, findings = check(number, cells, day)
        found.report.findings += findings
        if stated is None:
            found.report.count(Done.SKIPPED)
        elif stated.key in above:
            row, first = above[stated.key]
            found.refuse(number, *((Done.DUPLICATE, _AGAIN) if first == stated else (Done.CONFLICT, _TWICE)), row=row)
        elif stated.key in standing:
            _stands(found, number, same=standing[stated.key] == (stated.amount_minor, stated.currency))
        else:
            above[stated.key] = number, stated
            _take(found, number, stated, tickets)
    _compare(found, above, tickets)
    return found


def _stands(found: Sorted, number: int, *, same: bool) -> None:
    if same:
        found.report.count(Done.UNCHANGED)
    else:
        found.refuse(number, Done.CONFLICT, _STANDS)


def _take(found: Sorted, number: int, stated: Stated, tickets: dict[str, list[OurTicket]]) -> None:
    ours = tickets.get(stated.ticket, [])
    found.report.count(Done.IMPORTED)
    found.new.append((stated, ours[0] if len(ours) == 1 else None))
    name = ours[0].name if len(ours) == 1 else ""
    amount = (stated.amount_minor, stated.currency)
    iso3 = ours[0].iso3 or "" if len(ours) == 1 else ""
    found.report.show(Sample(number, stated.number, iso3, name, *amount, [stated.stated_on.isoformat()]))
    if not ours:
        _say(found, number, "ticket", _NO_TICKET, number=stated.number)
    elif len(ours) > 1:
        _say(found, number, "ticket", _SEVERAL, number=stated.number, names="; ".join(one.name for one in ours))


def _compare(found: Sorted, above: dict[Any, tuple[int, Stated]], tickets: dict[str, list[OurTicket]]) -> None:
    """Say of each ticket whether the statement says another amount, and which tickets no statement has."""
    charged: dict[str, list[tuple[int, Stated]]] = defaultdict(list)
    for row, stated in above.values():
        if stated.kind != LineKindOfAgency.REFUND:
            charged[stated.ticket].append((row, stated))
    for ticket, lines in charged.items():
        ours = tickets.get(ticket, [])
        if len(ours) == 1:
            _differs(found, ours[0], lines)
    days = [stated.stated_on for _row, stated in above.values()]
    for one in _not_stated(tickets, set(charged), max(days, default=None)):
        values = {"name": one.name, "number": one.number, "day": one.issued_on.isoformat()}
        found.report.remark(Finding(0, "ticket", _NOT_STATED, Done.EXPECTED, values))


def _differs(found: Sorted, one: OurTicket, lines: list[tuple[int, Stated]]) -> None:
    row, first = lines[0]
    named = {"name": one.name, "number": first.number}
    other = next((line.currency for _row, line in lines if line.currency != FUND_CURRENCY), None)
    total = sum(line.amount_minor for _row, line in lines) + one.charged_minor
    if other is not None:
        _say(found, row, "currency", _NOT_COMPARED, **named, currency=other)
    elif total != one.cost_minor:
        sums = {"ours": _written(one.cost_minor or 0), "theirs": _written(total)}
        _say(found, row, "amount", _DIFFERS, **named, **sums)


def _written(minor: int) -> str:
    """An amount as a remark keeps it for readers of every language."""
    return f"{FUND_CURRENCY} {to_major(minor, FUND_CURRENCY)}"


def _not_stated(tickets: dict[str, list[OurTicket]], here: set[str], day: date | None) -> list[OurTicket]:
    """Tickets issued by the day of the statement that are in no statement."""
    if day is None:
        return []
    every = (one for ticket, ours in tickets.items() if ticket not in here for one in ours)
    return [one for one in every if not one.is_stated and one.issued_on <= day and one.cost_minor]


def _say(found: Sorted, row: int, field_: str, reason: str, **values: Any) -> None:
    found.report.remark(Finding(row, field_, reason, Done.CHANGED, values))
