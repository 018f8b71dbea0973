"""A statement as a document: its tables and what it says of itself, from which PDF, spreadsheet and CSV are made."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.calendar.now import today
from tracker.documents import Column, Document, Facts, Heading, Kind, Paragraph, Table
from tracker.documents.describing import Block, Cell
from tracker.languages.formatting import format_amount, format_day, format_days, format_number
from tracker.money import FUND_CURRENCY
from tracker.pledges.ledger_columns import RECEIVED
from tracker.pledges.lifecycle import ACTS, AccountKind
from tracker.statements.figures import GROUPS, SET_ASIDE, Line, Movement, Sums, together
from tracker.statements.told import RequestUse, Told, total_of
from tracker.statements.wholes import Moved

REQUEST_GROUPS = ("allocated", "released", "paid", "recovered")


def amount(heading: str, currency: str = FUND_CURRENCY) -> Column:
    """A column of amounts with all their decimals."""
    return Column(heading, Kind.AMOUNT, currency, exact=True)


def exact(minor: int, currency: str = FUND_CURRENCY) -> str:
    """An amount with all its decimals, and its currency."""
    return f"{currency}\u00a0{format_amount(minor, currency, cents=True)}"


def document(told: Told, *, notice: str, whole: bool) -> Document:
    """The statement; `whole` with every step, which paper goes without."""
    tables: list[Block] = [received(told), movements(told), *by_request(told)]
    if whole:
        tables.append(steps(told))
    issued = told.issued
    return Document(
        title=title_of(told),
        subtitle=f"{told.donor} · {issued.reference if issued else told.pledge.reference}",
        blocks=(
            Facts(tuple(about(told))),
            Heading(_("Since the beginning")),
            Facts(tuple(since_the_beginning(told))),
            *tables,
            Heading(_("What this statement says")),
            *(Paragraph(sentence, small=True) for sentence in says(told)),
        ),
        issued_on=issued.issued_on if issued else today(),
        number=f"{issued.reference} · {issued.hash[:16]}" if issued else told.pledge.reference,
        notice=notice,
    )


def not_the_paper(described: Document) -> Document:
    """The document of an issued statement for who may not read its paper, which it says first."""
    return replace(described, blocks=(Paragraph(made_for_the_reader()), *described.blocks))


def made_for_the_reader() -> str:
    """What a file says that is made anew because its reader may not know what the kept paper names."""
    return _(
        "This is not the paper that the donor got: it was made for you, because you may not know every request in it."
    )


def title_of(told: Told) -> str:
    """What the statement is called."""
    period = told.figures.period
    return _("Statement, %(days)s", days=format_days(period.first, period.last))


def about(told: Told) -> Iterator[tuple[str, str]]:
    """Whose statement it is, and which one."""
    pledge, issued = told.pledge, told.issued
    yield _("Donor"), told.donor
    yield _("Pledge"), f"{pledge.reference}, {pledge.title}"
    if pledge.agreement_reference:
        signed = format_day(pledge.agreement_date)
        yield _("Agreement"), _("%(reference)s of %(day)s", reference=pledge.agreement_reference, day=signed)
    if issued is None:
        yield _("Issued"), _("not issued: counted on %(day)s", day=format_day(today()))
        return
    yield _("Issued as"), issued.reference
    yield _("Issued on"), format_day(issued.issued_on)
    yield _("Hash of its steps"), issued.hash
    if issued.note:
        yield _("About earlier statements"), issued.note


def since_the_beginning(told: Told) -> Iterator[tuple[str, str]]:
    """Where everything stands on the last day, and what the support cost is of it."""
    closing = told.figures.closing
    support = told.figures.support(closing)
    paid = closing[AccountKind.PAID]
    yield _("Received, less what was returned"), exact(together(closing))
    yield _("Paid, less what was recovered"), exact(paid)
    yield _("Held for requests"), exact(closing[AccountKind.HELD])
    yield _("Available"), exact(closing[AccountKind.AVAILABLE])
    yield _("Support cost"), earned_of_set_aside(told)
    if support.returned_minor:
        yield _("Support cost returned"), exact(support.returned_minor)
    yield _("Paid and support cost earned"), exact(paid + support.earned_minor)


def earned_of_set_aside(told: Told) -> str:
    """The support cost that payments earned, of what receipts set aside."""
    support = told.figures.support(told.figures.closing)
    return _(
        "%(earned)s earned of %(set_aside)s set aside",
        earned=exact(support.earned_minor),
        set_aside=exact(support.set_aside_minor),
    )


def received(told: Told) -> Table:
    """What came in: in the donor's currency, at which rate, with which charges."""
    own = told.pledge.currency
    columns = (
        Column(_("Step"), Kind.NUMBER),
        Column(_("Value date"), Kind.DAY),
        Column(_("What"), wide=True),
        amount(_("Amount received"), own),
        amount(_("Charges"), own),
        Column(_("%(currency)s per USD", currency=own), Kind.NUMBER),
        amount(_("In the fund")),
        amount(_("of it support cost")),
    )
    return Table(_("Money received"), columns, tuple(_received(line) for line in told.receipts))


def _received(line: Line) -> tuple[Cell, ...]:
    changes = line.changes
    rate = line.rate.normalize() if line.rate is not None else None
    fund = changes[AccountKind.AVAILABLE] + changes[AccountKind.SUPPORT]
    own = (changes[RECEIVED], changes[AccountKind.LOST])
    return (line.number, line.value_date, what(line), own[0], own[1], rate, fund, changes[SET_ASIDE])


def what(line: Line) -> str:
    """What a step was; of a reversal, which step it took back."""
    label = str(ACTS[line.name].label)
    if line.reverses is None:
        return label
    return _("%(step)s, step %(number)d taken back", step=label, number=line.reverses)


def movements(told: Told) -> Table:
    """From opening to closing, in columns that add up."""
    figures, own = told.figures, told.pledge.currency
    columns = [amount(str(column.label), column.currency(own)) for column in told.columns]
    rows: list[tuple[Cell, ...]] = [(opening_words(told), *balances(told, figures.opening))]
    rows += [(words_of(movement), *balances(told, movement.changes)) for movement in figures.movements]
    return Table(
        _("From opening to closing"),
        (Column(_("Line"), wide=True), *columns, amount(_("Together"))),
        tuple(rows),
        (closing_words(told), *balances(told, figures.closing)),
    )


def balances(told: Told, sums: Sums) -> tuple[int, ...]:
    """What stands in the columns of the table, and what of it is the fund's together."""
    return (*(sums.get(column.name, 0) for column in told.columns), together(sums))


def opening_words(told: Told) -> str:
    """The head of the first row."""
    return _("Opening, %(day)s", day=format_day(told.figures.period.first))


def closing_words(told: Told) -> str:
    """The head of the last row."""
    return _("Closing, %(day)s", day=format_day(told.figures.period.last))


def words_of(movement: Movement | Moved) -> str:
    """The head of a row in between."""
    label = str(GROUPS[movement.group])
    return _("%(line)s, concerning earlier periods", line=label) if movement.earlier else label


def by_request(told: Told) -> Iterator[Table]:
    """What was held and paid for each request; nothing where none was."""
    if not (rows := told.requests):
        return
    columns = (
        Column(_("Request"), wide=True),
        amount(_("Held, opening")),
        *(amount(str(GROUPS[group])) for group in REQUEST_GROUPS),
        amount(_("Held, closing")),
        amount(_("Paid since the beginning")),
    )
    yield Table(
        _("By request"), columns, tuple(_request_row(row) for row in rows), _request_row(total_of(rows, _("Total")))
    )


def _request_row(row: RequestUse) -> tuple[Cell, ...]:
    moved = [row.by_group.get(group, 0) for group in REQUEST_GROUPS]
    return (row.words, row.opening, *moved, row.closing, row.paid)


def steps(told: Told) -> Table:
    """Every step, with what it changed."""
    own = told.pledge.currency
    columns = (
        Column(_("Step"), Kind.NUMBER),
        Column(_("Posted on"), Kind.DAY),
        Column(_("Value date"), Kind.DAY),
        Column(_("Line")),
        Column(_("What"), wide=True),
        Column(_("What it pays for")),
        Column(_("Reference")),
        *(amount(str(column.label), column.currency(own)) for column in told.columns),
    )
    rows = tuple(_step(told, movement, line) for movement in told.figures.movements for line in movement.lines)
    return Table(_("Steps of the ledger"), columns, rows)


def _step(told: Told, movement: Movement, line: Line) -> tuple[Cell, ...]:
    said = (words_of(movement), what(line), told.purpose(line), line.reference)
    changes = [line.changes[column.name] for column in told.columns]
    return (line.number, line.posted_on, line.value_date, *said, *changes)


def says(told: Told) -> Iterator[str]:
    """What every statement says of itself."""
    yield _("Cash basis, by the day of posting; value dates are shown.")
    yield _("Not audited, and not the certified financial statement.")
    if told.issued and not told.on_paper:
        yield _("Its paper says up to which day the books were compared with the finance system.")
    elif told.reconciled is None:
        yield _("Not reconciled with the finance system yet.")
    else:
        yield _("Reconciled with the finance system up to %(day)s.", day=format_day(told.reconciled))
    number, planned = told.planned
    if number:
        yield ngettext(
            "Open commitments apart: %(amount)s planned in %(num)d allocation that nobody has approved.",
            "Open commitments apart: %(amount)s planned in %(num)d allocations that nobody has approved.",
            number,
            amount=exact(planned),
        )
    else:
        yield _("Open commitments apart: nothing is planned beyond what is held.")
    rate = Decimal(told.figures.support_rate_bp) / 100
    yield _(
        "Support cost: %(rate)s of every %(whole)s received is set aside; %(rate)s %% of what was paid is earned.",
        rate=format_number(rate),
        whole=format_number(rate + 100),
    )
    if told.issued:
        yield _("Kept as issued: what is posted later stands in the next statement.")
