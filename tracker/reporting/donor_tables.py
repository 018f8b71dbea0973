"""What a donor reads of a session, in tables: what its own money pays, then what is published."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from tracker.documents import Document, Paragraph, Table
from tracker.documents.describing import Block
from tracker.languages.choosing import current_language
from tracker.reference.models import Session
from tracker.reference.names import state_name
from tracker.reporting.describing import (
    about,
    added,
    amount,
    by_line,
    by_pledge,
    costs,
    document,
    ledger,
    number,
    tickets,
    title_of,
    without_journey,
    words,
)
from tracker.reporting.facts import Edition
from tracker.reporting.figures import Report


def for_donor(session: Session, report: Report, published: Sequence[Block], *, notice: str) -> Document:
    """A donor's edition: what its own money pays, then what is published of the whole session."""
    own = _("What your own money pays, without strictly confidential requests; then what is published of the session")
    blocks = [about(Edition.DONOR, notice, session, filters=own), *_donor_blocks(report), *published]
    return document(title_of(session), f"{session.code} · {Edition.DONOR}", blocks, notice=notice)


def _donor_blocks(report: Report) -> Iterator[Block]:
    yield Paragraph(
        _(
            "Seats and amounts of your own money. Of strictly confidential requests you learn amounts alone, on the "
            "pages of your pledges; women and men stand there, too, as totals of three seats or more."
        )
    )
    yield by_pledge(_("Your pledges"), report.pledges)
    yield Paragraph(_("A seat that two pledges pay counts with the one that pays its fare."), small=True)
    yield _paid_states(report)
    yield costs(report, own=True)
    yield Paragraph(_("The cost of a seat is counted over seats that your money pays alone."), small=True)
    yield by_line(report)
    yield tickets(report)
    yield without_journey(report.unused)
    if report.before:
        yield by_pledge(_("Support from before there were rounds, by request"), report.before, seats=False)
    yield ledger(report)


def _paid_states(report: Report) -> Table:
    """By State what a donor's money gave: seats whole or in part, and amounts."""
    columns = (
        *(words(_("State"), wide=True), number(_("Seats, whole or in part")), number(_("Travelled"))),
        *(amount(_("Held")), amount(_("Paid"))),
    )
    language = current_language()
    rows = tuple(
        (state_name(one.iso3, language), one.given, one.used, one.held_minor, one.paid_minor) for one in report.states
    )
    return Table(_("Your money by State"), columns, rows, added(rows) if rows else None)
