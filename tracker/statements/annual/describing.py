"""An annual report in words: its tables, from which its page, PDF, spreadsheet and CSV are made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.documents import Column, Document, Heading, Paragraph, Table
from tracker.documents.describing import Amount, Block, Cell, Kind
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day, format_days
from tracker.money import FUND_CURRENCY, from_usd
from tracker.participation.seats.queries import Genders
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.reference.names import state_name
from tracker.reporting.describing import BEARS, Plots, added, amount, number, words
from tracker.reporting.files import written
from tracker.statements.annual.facts import PledgeYear
from tracker.statements.annual.figures import APART, BY_REQUEST, TECHNICAL, Annual, OfGroup, OfRequest
from tracker.statements.annual.queries import Result


@dataclass(frozen=True, slots=True)
class Told:
    """A report for one reader: the figures of `made_at`, and what is read with the consents of today."""

    donor: str
    year: int
    made_at: datetime
    figures: Annual
    results: Sequence[Result]
    genders: Sequence[tuple[str, Genders]]
    explanation: str


def title_of(told: Told) -> str:
    """What the report is called."""
    return _("Annual report %(year)s: %(donor)s", year=str(told.year), donor=told.donor)


def document(told: Told, *, notice: str, as_file: bool) -> Document:
    """The report with all its tables; a page says apart what is explained."""
    blocks = (_about(told, notice), *(_explained(told) if as_file else ()), *_blocks(told))
    return Document(title_of(told), blocks, today(), number=str(told.year), notice=notice)


def plots(told: Told) -> Plots:
    """What is drawn above a table, by the table's name: what was paid of each line, and what a seat cost."""
    figures = told.figures
    paid = [(line_name(one.key), one.done, written(one.done)) for one in figures.money]
    cost = [
        (_(one.label), one.average or 0, "–" if one.average is None else written(one.average))
        for one in figures.regions
    ]
    return {_("Money by line"): ("bars", paid), _("Seats by regional group"): ("bars", cost)}


def line_name(key: str) -> str:
    """What a line of the money is called."""
    names = {
        BY_REQUEST: _("Participation, for a request as a whole"),
        TECHNICAL: _("Technical assistance"),
        APART: _("Strictly confidential: the amount alone"),
    }
    return names.get(key) or str(LINE_LABELS[key])


def _about(told: Told, notice: str) -> Table:
    days = [date.fromisoformat(one) for one in (told.figures.first, told.figures.last)]
    rows = [
        (_("Donor"), told.donor),
        (_("Days"), format_days(*days)),
        (_("Counted on"), format_day(day_of(told.made_at))),
        (_("Amounts"), _("United States dollars, by the day on which a step was posted; support cost stands apart")),
        (_("Planned"), _("What was held when the year began, and what was set aside in it")),
        (_("What is told"), _("What this money pays. Strictly confidential requests stand as amounts alone.")),
        *([(_("Origin"), notice)] if notice else []),
    ]
    return Table(_("About this report"), (words(_("What")), words(_("Says"), wide=True)), tuple(rows))


def _explained(told: Told) -> Iterator[Block]:
    yield Heading(_("What differs from the plan, and why"))
    yield Paragraph(told.explanation or _("Nothing is explained yet."))


def _blocks(told: Told) -> Iterator[Block]:
    figures = told.figures
    yield _counts(told)
    yield _money(figures)
    yield _requests(figures.requests)
    yield _results(told)
    yield Paragraph(
        _("Titles and the State’s own words stand here where it agrees today to show donors the title, the summary."),
        small=True,
    )
    yield _women(told.genders)
    yield Paragraph(
        _(
            "Women and men are told over the whole life of a pledge, as on its page, and from three seats on: a total "
            "of one year could be subtracted from it."
        ),
        small=True,
    )
    yield _groups(_("Seats by regional group"), _("Regional group"), figures.regions, total=True)
    yield _groups(_("Seats by list"), _("List"), figures.lists, total=False)
    yield Paragraph(
        _(
            "The cost of a seat is what was paid until the last day for seats in which somebody travelled and that "
            "this money pays alone. A State on two lists counts in both."
        ),
        small=True,
    )
    yield _unused(figures)
    yield _pledges(figures.pledges)
    yield _unspent(figures.pledges)
    yield _own_currency(figures.pledges)
    yield Paragraph(_("The rate is the average of all receipts until the last day, by their amounts."), small=True)


def _counts(told: Told) -> Table:
    labels = {"requests": _("Requests with money, and those paid"), "seats": _("Seats, and those travelled in")}
    rows: list[tuple[Cell, ...]] = [
        (labels[one.key], one.planned, one.done, one.done - one.planned) for one in told.figures.counts
    ]
    given = sum(one.on is not None and _within(told, one.on) for one in told.results)
    rows.append((_("Activities, and those delivered"), len(told.results), given, given - len(told.results)))
    columns = (words(_("What"), wide=True), number(_("Planned")), number(_("Done")), number(_("Difference")))
    return Table(_("Planned and done"), columns, tuple(rows))


def _within(told: Told, day: date) -> bool:
    return told.figures.first <= day.isoformat() <= told.figures.last


def _money(figures: Annual) -> Table:
    columns = (words(_("Line"), wide=True), amount(_("Planned")), amount(_("Paid")), amount(_("Difference")))
    rows = tuple((line_name(one.key), one.planned, one.done, one.done - one.planned) for one in figures.money)
    return Table(_("Money by line"), columns, rows, added(rows) if rows else None)


def _requests(requests: Sequence[OfRequest]) -> Table:
    columns = (
        *(words(_("State"), wide=True), words(_("For what")), number(_("Seats")), number(_("Travelled"))),
        *(amount(_("Planned")), amount(_("Paid")), amount(_("Back with the pledge")), amount(_("Held at the end"))),
    )
    rows = tuple(
        (
            *((_state(one.request.iso3), one.request.what) if one.request else (line_name(APART), "")),
            *((one.seats, one.used) if one.request else (None, None)),
            *(one.planned, one.paid, one.back, one.held),
        )
        for one in requests
    )
    return Table(_("By request"), columns, rows, added(rows, 2) if rows else None)


def _state(iso3: str) -> str:
    return state_name(iso3, current_language())


def _results(told: Told) -> Table:
    columns = (
        *(words(_("State")), words(_("Activity"), wide=True), Column(_("Delivered on"), Kind.DAY)),
        *(number(_("People")), number(_("of them women")), number(_("Rating, of 5"))),
        words(_("In the State’s own words"), wide=True),
    )
    rows = tuple(
        (
            *(_state(one.iso3), one.title, one.on),
            *((one.people, one.women, one.rating) if one.on else (None, None, None)),
            one.words,
        )
        for one in told.results
    )
    return Table(_("Results"), columns, rows)


def _women(genders: Sequence[tuple[str, Genders]]) -> Table:
    columns = (words(_("Pledge"), wide=True), number(_("Women")), number(_("Men")))
    return Table(_("Women and men"), columns, tuple((reference, one.women, one.men) for reference, one in genders))


def _groups(name: str, heading: str, groups: Sequence[OfGroup], *, total: bool) -> Table:
    columns = (
        *(words(heading, wide=True), number(_("Travelled")), amount(_("Paid in the year"))),
        amount(_("Cost of a seat")),
    )
    rows = tuple((_(one.label), one.used, one.paid, one.average) for one in groups)
    whole = OfGroup("", *(sum(getattr(one, key) for one in groups) for key in ("used", "paid", "alone", "alone_paid")))
    return Table(name, columns, rows, (_("All"), whole.used, whole.paid, whole.average) if total else None)


def _unused(figures: Annual) -> Table:
    columns = (words(_("Who bears it"), wide=True), number(_("Seats")), amount(_("Paid in the year")))
    rows = tuple((_(BEARS[one.borne_by]), one.seats, one.paid) for one in figures.unused)
    return Table(_("Paid without a journey"), columns, rows, added(rows) if rows else None)


def _pledges(pledges: Sequence[PledgeYear]) -> Table:
    columns = (
        *(words(_("Pledge"), wide=True), amount(_("At the beginning")), amount(_("Came in"))),
        *(amount(_("Paid")), amount(_("Returned")), amount(_("Held at the end")), amount(_("Not set aside"))),
    )
    rows = tuple(
        (one.reference, one.opening, one.came, one.paid, one.returned, one.held, one.available) for one in pledges
    )
    return Table(_("Pledges from the first to the last day"), columns, rows, added(rows) if rows else None)


def _unspent(pledges: Sequence[PledgeYear]) -> Table:
    columns = (words(_("Pledge")), amount(_("Not set aside")), words(_("What we propose"), wide=True))
    rows = tuple((one.reference, one.available, _proposal(one)) for one in pledges)
    return Table(_("Unspent, and what we propose"), columns, rows, (*added(rows)[:2], "") if rows else None)


def _proposal(pledge: PledgeYear) -> str:
    if not pledge.available:
        return _("Nothing is left to propose.")
    if pledge.gives_until is None:
        return _("It gives no more: what is left is paid back, or used for something else if you agree.")
    if not pledge.gives_until:
        return _("It stays for requests that its rules allow.")
    day = format_day(date.fromisoformat(pledge.gives_until))
    return _("It stays for requests that its rules allow, until %(day)s.", day=day)


def _own_currency(pledges: Sequence[PledgeYear]) -> Table:
    columns = (
        *(words(_("Pledge"), wide=True), words(_("Currency")), number(_("For one dollar"))),
        *(number(_("Paid")), number(_("Support cost earned")), number(_("Together")), number(_("Not set aside"))),
    )
    rows = tuple((one.reference, one.currency, *_converted(one)) for one in pledges)
    return Table(_("In your own currency"), columns, rows)


def _converted(pledge: PledgeYear) -> tuple[Cell, ...]:
    """What a pledge says in its own currency; nothing before its first receipt."""
    if not pledge.rate:
        return (None, None, None, None, None)
    rate = Decimal(1) if pledge.currency == FUND_CURRENCY else Decimal(pledge.rate)
    minors = (pledge.paid, pledge.earned, pledge.paid + pledge.earned, pledge.available)
    return (rate, *(Amount(_turned(one, pledge.currency, rate), pledge.currency) for one in minors))


def _turned(cents: int, currency: str, rate: Decimal) -> int:
    """Also of what is below zero: more came back in the year than was paid."""
    turned = from_usd(abs(cents), currency, rate)
    return turned if cents >= 0 else -turned
