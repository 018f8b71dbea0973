"""A report in words: its tables, from which its page, PDF, spreadsheet and CSV are made."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.calendar.now import today
from tracker.documents import Column, Document, Paragraph, Table
from tracker.documents.describing import Block, Cell, Kind
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day, format_days
from tracker.languages.marking import N_
from tracker.money import FUND_CURRENCY
from tracker.participation.board.groups import Share
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.reference.models import Session
from tracker.reference.names import state_name
from tracker.reporting.facts import Edition
from tracker.reporting.figures import Counts, OfPledge, Report, Unused

EDITIONS: dict[Edition, str] = {
    Edition.OFFICE: N_("Edition of the office, not to be passed on"),
    Edition.DONOR: N_("Edition of a donor: what its own money paid, and what is published"),
    Edition.PUBLIC: N_("Public edition: figures behind which fewer than three States stand are merged"),
}
BEARS = {
    "pledge": N_("The pledge that paid it"),
    "state": N_("The State, which is asked to pay it back"),
    None: N_("Not said yet"),
}
WOMEN_OF = {"nominated": N_("Nominated"), "seats": N_("In a seat"), "used": N_("Travelled")}


def number(heading: str) -> Column:
    """A column of whole numbers."""
    return Column(heading, Kind.NUMBER)


def amount(heading: str) -> Column:
    """A column of cents of the dollar."""
    return Column(heading, Kind.AMOUNT, FUND_CURRENCY)


def words(heading: str, *, wide: bool = False) -> Column:
    """A column of words."""
    return Column(heading, wide=wide)


def title_of(session: Session) -> str:
    """What the report of a session is called."""
    return _("Report of a session: %(title)s", title=session.title(current_language()))


def document(title: str, number_: str, blocks: Sequence[Block], *, notice: str, subtitle: str = "") -> Document:
    """A report with these blocks, as it stands today."""
    return Document(title, tuple(blocks), today(), number=number_, subtitle=subtitle, notice=notice)


def for_office(session: Session, report: Report, *, as_file: bool, notice: str) -> Document:
    """The office's edition."""
    blocks = [about(Edition.OFFICE, notice, session, _left_out(report, as_file)), *_office_blocks(report)]
    return document(title_of(session), f"{session.code} · {Edition.OFFICE}", blocks, notice=notice)


def about(
    edition: Edition, notice: str, session: Session | None, more: Sequence[tuple[str, str]] = (), filters: str = ""
) -> Table:
    """Which edition this is, of which day, and what is in it: the first table of every report."""
    rows: list[tuple[str, str]] = [(_("Edition"), _(EDITIONS[edition]))]
    if session is not None:
        language = current_language()
        when = format_days(session.starts_on, session.ends_on) if session.starts_on else _("dates not known yet")
        rows += [(_("Session"), f"{session.code}, {session.title(language)}")]
        rows += [(_("When and where"), ", ".join(filter(None, (session.place(language), when))))]
    rows += [(_("As it stands on"), format_day(today()))]
    rows += [(_("Filters"), filters or _("None: every seat and request of the session"))]
    rows += [(_("Amounts"), _("United States dollars, by the ledger; support cost is not in them"))]
    rows += more
    rows += [(_("Origin"), notice)] if notice else []
    return Table(_("About this report"), (words(_("What")), words(_("Says"), wide=True)), tuple(rows))


def _left_out(report: Report, as_file: bool) -> list[tuple[str, str]]:
    found = []
    if report.withheld:
        hidden = ngettext(
            "%(num)d request that you may not read; nothing of it is counted",
            "%(num)d requests that you may not read; nothing of them is counted",
            report.withheld,
        )
        found.append((_("Left out"), hidden))
    if as_file and report.apart.requests:
        found.append((_("Strictly confidential"), _("Not exported: such requests stand as amounts alone.")))
    return found


def _office_blocks(report: Report) -> Iterator[Block]:
    yield stages(report.counts)
    yield by_group(_("Asked and given by regional group"), _("Regional group"), report.regions, total=True)
    yield by_group(_("Asked and given by list"), _("List"), report.lists)
    yield Paragraph(_("A State on two lists counts in both."), small=True)
    yield from women(report)
    yield _by_state(report)
    yield by_pledge(_("By donor"), report.pledges)
    yield Paragraph(_("A seat that two pledges pay counts with the one that pays its fare."), small=True)
    yield from _states_named(report)
    yield costs(report)
    yield by_line(report)
    yield tickets(report)
    yield without_journey(report.unused)
    yield from unmet(report)
    if report.before:
        yield by_pledge(_("Support from before there were rounds, by request"), report.before, seats=False)
    yield ledger(report)


def stages(counts: Counts) -> Table:
    """How far requests, people and seats came."""
    rows = [
        (_("States that asked"), counts.states),
        (_("Requests"), counts.requests),
        (_("People nominated for a seat"), counts.asked),
        (_("Of these in requests found eligible"), counts.eligible),
        (_("Seats given"), counts.given),
        (_("Ended before the journey"), counts.ended),
        (_("Travelled"), counts.used),
        (_("Did not travel"), counts.missed),
        (_("Still open"), counts.open),
    ]
    return Table(_("Who asked and who came"), (words(_("What"), wide=True), number(_("Number"))), tuple(rows))


def by_group(name: str, heading: str, shares: Sequence[Share], *, total: bool = False) -> Table:
    """People nominated, seats that stand and journeys made; `total` where each State is in one group only."""
    columns = (
        *(words(heading, wide=True), number(_("Asked")), number(_("In a seat"))),
        *(number(_("Without a seat")), number(_("Travelled"))),
    )
    rows = tuple((_(one.label), one.asked, one.given, one.without, one.used) for one in shares)
    return Table(name, columns, rows, added(rows) if total else None)


def added(rows: Sequence[tuple[Cell, ...]], words_: int = 1) -> tuple[Cell, ...]:
    """The last row, which adds up the figures above it; the first `words_` columns are words."""
    sums = [sum(cell for cell in column if isinstance(cell, int)) for column in zip(*rows, strict=True)][words_:]
    return (_("All"), *("" for _place in range(words_ - 1)), *(sums or ()))


def women(report: Report) -> Iterator[Block]:
    """Women, from three people on who said it."""
    columns = (words(_("Stage"), wide=True), number(_("Women")), number(_("Of whom it is said")), number(_("Per cent")))
    rows = tuple((_(WOMEN_OF[one.of]), one.women, one.stated, one.percent) for one in report.women)
    if rows:
        yield Table(_("Women"), columns, rows)
    yield Paragraph(_("The share of women is told from three people on who said it."), small=True)


def _by_state(report: Report) -> Table:
    columns = (
        *(words(_("State"), wide=True), number(_("Asked")), number(_("In a seat"))),
        *(number(_("Travelled")), amount(_("Held")), amount(_("Paid"))),
    )
    language = current_language()
    rows = tuple(
        (state_name(one.iso3, language), one.asked, one.given, one.used, one.held_minor, one.paid_minor)
        for one in report.states
    )
    return Table(_("By State"), columns, rows, added(rows) if rows else None)


def by_pledge(name: str, pledges: Sequence[OfPledge], *, seats: bool = True) -> Table:
    """What each pledge pays, and how many seats count with it."""
    counts = (number(_("Seats")), number(_("Travelled"))) if seats else ()
    columns = (
        *(words(_("Donor"), wide=True), words(_("Pledge")), *counts),
        *(amount(_("Held")), amount(_("Paid")), amount(_("Back with the pledge"))),
    )
    rows = tuple(
        (
            *(one.pledge.donor, one.pledge.reference, *((one.seats, one.used) if seats else ())),
            *(one.held_minor, one.paid_minor, one.back_minor),
        )
        for one in pledges
    )
    return Table(name, columns, rows, added(rows, 2) if rows else None)


def _states_named(report: Report) -> Iterator[Block]:
    """The pledges that name single States, where some do."""
    language = current_language()
    rows = tuple(
        (one.pledge.reference, one.pledge.donor, ", ".join(state_name(iso3, language) for iso3 in one.pledge.names))
        for one in report.pledges
        if one.pledge.names
    )
    columns = (words(_("Pledge")), words(_("Donor")), words(_("States"), wide=True))
    if rows:
        yield Table(_("Pledges that name single States"), columns, rows)


def costs_name(*, own: bool) -> str:
    """What the table of costs is called: a donor's `own` stands above that of the whole session."""
    return _("Cost of a seat that your money pays") if own else _("Cost of a seat")


def costs(report: Report, *, own: bool = False) -> Table:
    """What a seat cost in which somebody travelled, by regional group; of a donor's `own` money alone."""
    columns = (
        *(words(_("Regional group"), wide=True), number(_("Travelled"))),
        *(amount(_("Paid")), amount(_("For one seat"))),
    )
    whole = report.cost
    rows = tuple((_(one.label), one.seats, one.paid_minor, one.average_minor) for one in report.costs)
    last = (_("All"), whole.seats, whole.paid_minor, whole.average_minor)
    return Table(costs_name(own=own), columns, rows, last)


def by_line(report: Report) -> Table:
    """What was estimated and paid of each line."""
    columns = (words(_("Line"), wide=True), amount(_("Estimated")), amount(_("Paid")))
    rows = tuple((str(LINE_LABELS[one.kind]), one.estimate_minor, one.paid_minor) for one in report.lines)
    return Table(_("By line"), columns, rows, added(rows) if rows else None)


def tickets(report: Report) -> Table:
    """Tickets bought in time."""
    days = report.tickets.days
    early = ngettext(
        "Bought %(num)d day or more before the session", "Bought %(num)d days or more before the session", days
    )
    rows = ((_("Tickets bought"), report.tickets.bought), (early, report.tickets.in_time))
    return Table(_("Tickets"), (words(_("What"), wide=True), number(_("Number"))), rows)


def without_journey(unused: Sequence[Unused]) -> Table:
    """What was paid for seats on which nobody travelled."""
    rows = tuple((_(BEARS[one.borne_by]), one.seats, one.paid_minor) for one in unused)
    columns = (words(_("Who bears it"), wide=True), number(_("Seats")), amount(_("Paid")))
    return Table(_("Paid without a journey"), columns, rows, added(rows) if rows else None)


def unmet(report: Report) -> Iterator[Block]:
    """Eligible people without a seat, and what their seats would have cost."""
    if report.unmet is None:
        return
    need = report.unmet.uncovered
    columns = (words(_("What"), wide=True), number(_("People")), amount(_("Estimated")))
    yield Table(_("Need that is not met"), columns, ((_("Eligible, without a seat"), need.seats, need.minor),))
    if report.unmet.uncovered_incomplete:
        lacking = ngettext(
            "%(num)d estimate lacks something and counts with what is known.",
            "%(num)d estimates lack something and count with what is known.",
            report.unmet.uncovered_incomplete,
        )
        yield Paragraph(lacking, small=True)


def ledger(report: Report) -> Table:
    """Every amount of the session, as it stands in the ledger."""
    before = [sum(getattr(one, name) for one in report.before) for name in ("held_minor", "paid_minor")]
    rows: list[tuple[Cell, ...]] = [(_("For seats"), report.held_minor, report.paid_minor)]
    if report.before:
        rows.append((_("For requests, from before there were rounds"), *before))
    if report.apart.requests:
        rows.append((_("Strictly confidential requests"), report.apart.held_minor, report.apart.paid_minor))
    columns = (words(_("What"), wide=True), amount(_("Held")), amount(_("Paid")))
    return Table(_("The ledger"), columns, tuple(rows), added(rows))


Plots = dict[str, tuple[str, list[Any]]]


def plots(shown: Document, report: Report, said: Callable[[int], str], *, own: bool = False) -> Plots:
    """What is drawn above a table, by the table's name: who asked and was given by group, and what a seat cost; for a
    donor's `own` money the cost alone."""
    groups = [
        (_(one.label), [one.given, one.without], _("%(given)s of %(asked)s", given=one.given, asked=one.asked))
        for one in report.regions
    ]
    cost = [
        (_(one.label), one.average_minor or 0, "–" if one.average_minor is None else said(one.average_minor))
        for one in report.costs
    ]
    drawn: Plots = {costs_name(own=own): ("bars", cost)}
    return drawn if own else {_("Asked and given by regional group"): ("stacked", groups), **drawn}
