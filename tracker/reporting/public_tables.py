"""What is published, in tables: of one session, and over all of them."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.documents import Document, Paragraph, Table
from tracker.documents.describing import Block, Cell
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_number
from tracker.reference.models import Session
from tracker.reference.names import state_name
from tracker.reporting.describing import Plots, about, amount, document, number, title_of, words
from tracker.reporting.equity import EarlierShown, Equity
from tracker.reporting.facts import Edition
from tracker.reporting.files import written
from tracker.reporting.publishing import CostShown, Figure, Named, Publication, Row, Shown


def for_public(session: Session, published: Publication, *, notice: str) -> Document:
    """The public edition of a session's report."""
    limit = Paragraph(_("Nothing that is shown here tells of fewer than three States, by itself or by subtraction."))
    left_out = _("Strictly confidential requests are left out, and what is of fewer than three States is merged")
    blocks = [about(Edition.PUBLIC, notice, session, filters=left_out), limit, *public_blocks(published)]
    return document(title_of(session), f"{session.code} · {Edition.PUBLIC}", blocks, notice=notice)


def public_blocks(published: Publication) -> Iterator[Block]:
    """The tables of what is published of a session."""
    yield Paragraph(_("States are named where they agreed to publish a summary of their request."))
    yield _whole(published)
    yield shown_table(_("Asked and given by regional group"), _("Regional group"), published.regions, merged=True)
    yield shown_table(_("Asked and given by list"), _("List"), published.lists)
    yield Paragraph(_("A State on two lists counts in both."), small=True)
    if not published.recorded:
        yield Paragraph(_("Who travelled follows when it is known of every seat."))
    if not published.settled:
        yield Paragraph(_("Amounts follow when all seats of the session are settled."))
    yield _costs(published.costs)
    yield _money(published)
    yield _named(published.named)


def _told(figure: Figure, *, public: bool = True) -> Cell:
    return _("nothing published") if public and not figure else figure


def _whole(published: Publication) -> Table:
    whole, women = published.regions.whole, published.women
    days = published.ticket_days
    in_time = ngettext(
        "Bought %(num)d day or more before the session", "Bought %(num)d days or more before the session", days
    )
    rows: list[tuple[str, Figure]] = [
        (_("States that asked"), published.states),
        (_("People nominated for a seat"), whole.asked),
        (_("In a seat"), whole.given),
        (_("Travelled"), whole.used),
        (_("Women in a seat"), women[0] if women else None),
        (_("In a seat, of whom it is said whether they are a woman or a man"), women[1] if women else None),
        (_("Tickets bought"), published.tickets),
        (in_time, published.in_time),
        (_("Donors whose pledges paid"), published.donors),
    ]
    told = tuple((label, _told(figure)) for label, figure in rows)
    return Table(_("Who asked and who came"), (words(_("What"), wide=True), number(_("Number"))), told)


def shown_table(name: str, heading: str, shown: Shown, *, merged: bool = False, public: bool = True) -> Table:
    """Asked and given by group; `merged` has a row of what the groups without a figure have together."""
    columns = (
        *(words(heading, wide=True), number(_("Asked")), number(_("In a seat"))),
        *(number(_("Without a seat")), number(_("Travelled"))),
    )
    rows = [(_(one.label), *cells(one, public=public)) for one in shown.groups]
    if merged and any((shown.merged.asked, shown.merged.given, shown.merged.used)):
        rows.append((_("Merged: groups behind which too few States stand"), *cells(shown.merged, public=public)))
    return Table(name, columns, tuple(rows), (_("All"), *cells(shown.whole, public=public)) if merged else None)


def cells(row: Row, *, public: bool) -> tuple[Cell, ...]:
    """Asked, in a seat, without a seat, travelled."""
    asked, given, used = (_told(figure, public=public) for figure in (row.asked, row.given, row.used))
    return asked, given, _("nothing published") if row.without is None else row.without, used


def _costs(costs: Sequence[CostShown]) -> Table:
    columns = (
        *(words(_("Regional group"), wide=True), number(_("Travelled"))),
        *(amount(_("Paid")), amount(_("For one seat"))),
    )
    rows = [
        (_(one.label) if one.label else _("All"), *map(_told, (one.seats, one.paid_minor, one.average_minor)))
        for one in costs
    ]
    return Table(_("Cost of a seat"), columns, tuple(rows[:-1]), rows[-1])


def _money(published: Publication) -> Table:
    rows = (
        (_("Without a journey, or before it was made"), _told(published.without_journey_minor)),
        (_("For all seats"), _told(published.paid_minor)),
    )
    return Table(_("Paid for seats"), (words(_("What"), wide=True), amount(_("Paid"))), rows)


def _named(named: Sequence[Named]) -> Table:
    columns = (
        *(words(_("State"), wide=True), number(_("Asked")), number(_("In a seat"))),
        *(number(_("Travelled")), amount(_("Paid"))),
    )
    language = current_language()
    rows = tuple(
        (state_name(one.iso3, language), *map(_told, (one.asked, one.given, one.used, one.paid_minor))) for one in named
    )
    return Table(_("States that agreed to be named"), columns, rows)


def equity_document(found: Equity, edition: Edition, *, notice: str, left_out: int = 0) -> Document:
    """Who asked and who was given over all sessions; `left_out` requests are in no figure."""
    public = edition is Edition.PUBLIC
    scope = _("None: all sessions that are over") if public else _("None: all sessions for which a State asked")
    title = _("Asked and given over all sessions")
    hidden = ngettext(
        "%(num)d request, of which nothing is counted", "%(num)d requests, of which nothing is counted", left_out
    )
    more = [(_("Left out"), hidden)] if left_out else []
    blocks = [about(edition, notice, None, more, filters=scope), *_equity_blocks(found, public=public)]
    return document(title, f"{title} · {edition}", blocks, notice=notice)


def _equity_blocks(found: Equity, *, public: bool) -> Iterator[Block]:
    if public:
        yield Paragraph(
            _("This adds up what the reports of the sessions publish; what they merge is merged here, too.")
        )
        of_both = _("Without a seat: of the sessions that publish both who asked and who is in a seat.")
        yield Paragraph(of_both, small=True)
    yield shown_table(
        _("Asked and given by regional group"), _("Regional group"), found.regions, merged=True, public=public
    )
    yield shown_table(_("Asked and given by list"), _("List"), found.lists, public=public)
    yield Paragraph(
        _("A State on two lists counts in both. Lists are those of the day on which nominations closed."), small=True
    )
    yield _sessions(found, public=public)
    if found.earlier is not None:
        yield _earlier(found.earlier, public=public)


def _sessions(found: Equity, *, public: bool) -> Table:
    columns = (
        *(words(_("Session"), wide=True), number(_("Asked")), number(_("In a seat"))),
        *(number(_("Without a seat")), number(_("Travelled"))),
    )
    language = current_language()
    rows = tuple((session.title(language), *cells(row, public=public)) for session, row in found.sessions)
    return Table(_("By session"), columns, rows, (_("All"), *cells(found.regions.whole, public=public)))


def _earlier(earlier: EarlierShown, *, public: bool) -> Table:
    rows = [(_(label), _told(figure, public=public)) for label, figure in earlier.groups]
    if earlier.merged:
        rows.append((_("Merged: groups behind which too few States stand"), earlier.merged))
    columns = (words(_("Regional group"), wide=True), number(_("Seats used")))
    total = (_("All"), _told(earlier.whole, public=public))
    return Table(_("Seats of earlier sessions, from the office’s files"), columns, tuple(rows), total)


NOTHING = "–"
"""What a plot says where its table says that nothing is published: the words are wider than a telephone leaves."""


def drawn(shown: Shown, costs: Sequence[CostShown] = (), *, public: bool = True) -> Plots:
    """The plots of what is published: who asked and was given by group, and what a seat cost."""
    groups = [(_(one.label), [one.given or 0, one.without or 0], _in_words(one, public=public)) for one in shown.groups]
    averages = [(_(one.label), one.average_minor or 0) for one in costs[:-1]]
    bars = [(label, minor, written(minor) if minor else NOTHING) for label, minor in averages]
    plots: Plots = {_("Asked and given by regional group"): ("stacked", groups)}
    return {**plots, _("Cost of a seat"): ("bars", bars)} if bars else plots


def _in_words(row: Row, *, public: bool) -> str:
    if public and not row.given:
        return NOTHING if not row.asked else _("of %(asked)s", asked=format_number(row.asked))
    if row.asked is None or row.given is None or (public and not row.asked):
        return NOTHING
    return _("%(given)s of %(asked)s", given=format_number(row.given), asked=format_number(row.asked))
