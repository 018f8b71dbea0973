"""A statement of several pledges, or of what their allocations pay for, as tables.

Where a figure leads stands apart, so that page and files are made of the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.documents import Amount, Column, Document, Facts, Heading, Kind, Paragraph, Table
from tracker.documents.describing import Block, Cell
from tracker.languages.formatting import format_day, format_days
from tracker.pledges.ledger_columns import COLUMNS
from tracker.statements.describing import amount, exact, what, words_of
from tracker.statements.figures import Line, together
from tracker.statements.wholes import Moved, Part, Row, Whole, added_rows, cells

Rows = tuple[tuple[Cell, ...], ...]
FUND = [column for column in COLUMNS if not column.own]
OWN = [column for column in COLUMNS if column.own]
PLEDGES, STEPS = "h-pledges", "h-steps"
"""Where the pledges and the steps stand on the page."""


@dataclass(frozen=True, slots=True)
class Leading:
    """A table whose rows lead somewhere: `heads` the first cell of each, `figures` the others; "" for nowhere."""

    anchor: str
    table: Table
    heads: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Titled:
    """What a statement is of: `name` and `reference` of its subject, `file` in the name of its files."""

    name: str
    reference: str
    file: str
    donors: bool = False
    of_requests: bool = False


def tables(whole: Whole, titled: Titled, *, staff: bool) -> list[Leading]:
    """The tables of the page; steps where single allocations count, because there is no other page with them."""
    if not whole.names:
        own = [_own(whole.in_currency(currency), currency) for currency in whole.currencies]
        return [_in_the_fund(whole), *own, _by_pledge(whole, titled)]
    by_request = [_by_request(whole)] if titled.of_requests else []
    return [*by_request, _uses_by_pledge(whole), _steps_of_uses(whole, staff=staff)]


def document(whole: Whole, titled: Titled, *, staff: bool, notice: str, with_steps: bool) -> Document:
    """The statement as a file; paper goes without steps."""
    shown: list[Block] = [one.table for one in tables(whole, titled, staff=staff) if with_steps or one.anchor != STEPS]
    if with_steps and not whole.names:
        shown.append(_every_step(whole))
    return Document(
        title=title_of(whole),
        subtitle=titled.name,
        blocks=(
            Heading(_("Since the beginning")),
            Facts(tuple(standing(whole))),
            *shown,
            Heading(_("What this statement says")),
            *(Paragraph(sentence, small=True) for sentence in says(whole)),
        ),
        issued_on=today(),
        number=titled.reference,
        notice=notice,
    )


def title_of(whole: Whole) -> str:
    """What the statement is called."""
    return _("Statement, %(days)s", days=format_days(whole.period.first, whole.period.last))


def standing(whole: Whole) -> Iterator[tuple[str, str]]:
    """Where everything stands on the last day."""
    closing = whole.closing
    if whole.names:
        yield _("Held for requests"), exact(closing["held"])
        yield _("Paid, less what was recovered"), exact(closing["paid"])
        return
    yield _("Received, less what was returned"), exact(together(closing))
    yield _("Paid, less what was recovered"), exact(closing["paid"])
    yield _("Held for requests"), exact(closing["held"])
    yield _("Available"), exact(closing["available"])
    both = {"earned": exact(whole.earned), "set_aside": exact(whole.set_aside)}
    yield _("Support cost"), _("%(earned)s earned of %(set_aside)s set aside", **both)
    yield _("Paid and support cost earned"), exact(closing["paid"] + whole.earned)


def says(whole: Whole) -> Iterator[str]:
    """What such a statement says of itself."""
    yield _("Cash basis, by the day of posting; value dates are shown.")
    yield _("Not issued and not audited: it adds up what the statements of its pledges say of the same days.")
    if whole.names:
        yield _("Support cost belongs to whole pledges: it stands in their statements.")
        yield _("What you may not know of is left out.")
    if whole.reconciled is None:
        yield _("Not reconciled with the finance system yet.")
    else:
        yield _("Reconciled with the finance system up to %(day)s.", day=format_day(whole.reconciled))


def _movements(whole: Whole, name: str, columns: list[Column], figures: Callable[..., tuple[Cell, ...]]) -> Leading:
    first, last = format_day(whole.period.first), format_day(whole.period.last)
    moved: list[Moved] = [one for one in whole.moved if any(figures(one.changes))]
    opening = (_("Opening, %(day)s", day=first), *figures(whole.opening))
    rows = (opening, *((words_of(one), *figures(one.changes)) for one in moved))
    closing = (_("Closing, %(day)s", day=last), *figures(whole.closing))
    table = Table(name, (Column(_("Line"), wide=True), *columns), rows, closing)
    return Leading("h-movements", table, ("",) * (len(rows) + 1), (f"#{PLEDGES}",) * (len(rows) + 1))


def _in_the_fund(whole: Whole) -> Leading:
    columns = [*(amount(str(column.label)) for column in FUND), amount(_("Together"))]
    names = [column.name for column in FUND]
    return _movements(
        whole, _("From opening to closing"), columns, lambda sums: (*(sums.get(n, 0) for n in names), together(sums))
    )


def _own(whole: Whole, currency: str) -> Leading:
    names = [column.name for column in OWN]
    columns = [amount(str(column.label), currency) for column in OWN]
    name = _("In the currency of the pledges, %(currency)s", currency=currency)
    found = _movements(whole, name, columns, lambda sums: tuple(sums.get(n, 0) for n in names))
    return Leading(f"h-{currency.lower()}", found.table, found.heads, found.figures)


def _address(part: Part, anchor: str = "") -> str:
    """The pledge's own statement of the same days."""
    days = part.figures.period
    return url_for(
        "statements.of_pledge", public_id=part.pledge.public_id, first=days.first, last=days.last, _anchor=anchor
    )


def _by_pledge(whole: Whole, titled: Titled) -> Leading:
    columns = (
        Column(_("Pledge"), wide=True),
        *([Column(_("Donor"))] if titled.donors else []),
        amount(_("Opening")),
        amount(_("Received")),
        amount(_("Support cost set aside")),
        amount(_("Support cost earned")),
        amount(_("Allocated")),
        amount(_("Released")),
        amount(_("Paid")),
        amount(_("Recovered")),
        amount(_("Returned")),
        amount(_("Closing")),
    )
    rows: Rows = tuple(
        (part.pledge.reference, *([part.donor] if titled.donors else []), *cells(part.row)) for part in whole.parts
    )
    added = cells(added_rows([part.row for part in whole.parts]))
    total: tuple[Cell, ...] = (_("Total"), *([""] if titled.donors else []), *added)
    return Leading(
        PLEDGES,
        Table(_("Pledge by pledge"), columns, rows, total),
        (*(_address(part) for part in whole.parts), ""),
        (*(_address(part, "h-movements") for part in whole.parts), ""),
    )


def _use_columns(first: str) -> tuple[Column, ...]:
    return (
        Column(first, wide=True),
        amount(_("Held, opening")),
        amount(_("Allocated")),
        amount(_("Released")),
        amount(_("Paid")),
        amount(_("Recovered")),
        amount(_("Held, closing")),
        amount(_("Paid since the beginning")),
    )


def _by_request(whole: Whole) -> Leading:
    found = whole.of_requests()
    rows: Rows = tuple((named.words, *cells(row)) for named, row in found)
    table = Table(_("By request"), _use_columns(_("Request")), rows, _total([row for _named, row in found]))
    return Leading("h-requests", table, ("",) * (len(rows) + 1), (f"#{STEPS}",) * (len(rows) + 1))


def _uses_by_pledge(whole: Whole) -> Leading:
    rows: Rows = tuple((part.pledge.reference, *cells(part.use)) for part in whole.parts)
    total = _total([part.use for part in whole.parts])
    table = Table(_("Pledge by pledge"), _use_columns(_("Pledge")), rows, total)
    heads = (*(_address(part) for part in whole.parts), "")
    return Leading(PLEDGES, table, heads, (f"#{STEPS}",) * len(heads))


def _total(rows: list[Row]) -> tuple[Cell, ...] | None:
    return (_("Total"), *cells(added_rows(rows))) if rows else None


def _steps_of_uses(whole: Whole, *, staff: bool) -> Leading:
    """Each step with what it pays for; it leads to the allocation, which shows its papers, or to its pledge."""
    columns = (
        Column(_("Step"), wide=True),
        Column(_("Pledge")),
        Column(_("Posted on"), Kind.DAY),
        Column(_("Value date"), Kind.DAY),
        Column(_("What it pays for")),
        Column(_("Reference")),
        amount(_("Held")),
        amount(_("Paid")),
    )
    rows, heads = [], []
    for part, line in whole.lines:
        named = whole.names[line.allocation_id or 0]
        head = (f"{line.number} {what(line)}", part.pledge.reference, line.posted_on, line.value_date)
        rows.append((*head, named.words, line.reference, line.changes["held"], line.changes["paid"]))
        page = url_for("finance.allocation", public_id=named.page) if staff and named.page else ""
        heads.append(page or _address(part, f"s-{line.number}"))
    return Leading(STEPS, Table(_("Steps of the ledger"), columns, tuple(rows)), tuple(heads), ("",) * len(rows))


def _every_step(whole: Whole) -> Table:
    """All steps of all pledges, for the files."""
    columns = (
        Column(_("Step"), Kind.NUMBER),
        Column(_("Pledge")),
        Column(_("Posted on"), Kind.DAY),
        Column(_("Value date"), Kind.DAY),
        Column(_("What"), wide=True),
        Column(_("Reference")),
        *(Column(str(column.label), Kind.NUMBER) for column in OWN),
        *(amount(str(column.label)) for column in FUND),
    )
    return Table(_("Steps of the ledger"), columns, tuple(_step(part, line) for part, line in whole.lines))


def _step(part: Part, line: Line) -> tuple[Cell, ...]:
    said = (line.posted_on, line.value_date, what(line), line.reference)
    changes = [line.changes[column.name] for column in FUND]
    return (line.number, part.pledge.reference, *said, *_own_amounts(part, line), *changes)


def _own_amounts(part: Part, line: Line) -> Iterator[Cell]:
    for column in OWN:
        changed = line.changes[column.name]
        yield Amount(changed, part.figures.currency) if changed else None
