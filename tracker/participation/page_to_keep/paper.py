"""The page of a journey on one side of paper, described once: what is paid, when, where, whom to call, what to bring.
Nothing that is sealed is read for it, and nobody else is named in it. How far papers, visa and conditions are stands
first, in the words of the page."""

from collections.abc import Iterator

from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.documents import Column, Document, Facts, Heading, Kind, Paragraph, Table
from tracker.documents.describing import Block
from tracker.languages.formatting import format_day, format_days
from tracker.money import FUND_CURRENCY
from tracker.participation.delegate_page.presenting import Page, PaidLine
from tracker.participation.travel.queries import Travelling
from tracker.web.components import labelled

_FROM_THE_LEFT, _AS_BEFORE = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def paper_of(page: Page, found: Travelling, *, heading: str, notice: str) -> Document:
    """The page of a journey on paper, in the language of the moment."""
    days = format_days(page.starts_on, page.ends_on) if page.starts_on and page.ends_on else ""
    return Document(
        title=heading,
        subtitle=", ".join(part for part in (page.title, page.place, days) if part),
        blocks=(
            Facts(tuple(_about(page))),
            *_money(page),
            Heading(_("Your itinerary")),
            Facts(tuple(_trip(page))),
            Heading(_("Whom to call")),
            Facts(tuple(_calls(page))),
            Heading(_("What to bring")),
            *(Paragraph(said) for said in _to_bring(page, found)),
        ),
        issued_on=today(),
        notice=notice,
    )


def _about(page: Page) -> Iterator[tuple[str, str]]:
    yield _("Name"), page.name
    yield from ((thing.name, thing.note) for thing in page.things)
    yield _("As of"), format_day(today())


def _money(page: Page) -> Iterator[Block]:
    if page.paid:
        amount = Column(_("Amount"), Kind.AMOUNT, currency=FUND_CURRENCY)
        rows = tuple((line.name, " ".join(line.notes), line.amount_minor) for line in page.paid)
        yield Table(_("What is paid"), (Column(_("Line")), Column("", wide=True), amount), rows)
    else:
        yield Paragraph(_("This fund pays no line of your journey."))
    yield Heading(_("What is not paid"))
    unpaid = "; ".join(_in_one(line) for line in page.unpaid)
    private = _("Private days, extra luggage, and changes for private reasons.")
    yield Paragraph(f"{unpaid}. {private}" if unpaid else private, small=True)


def _in_one(line: PaidLine) -> str:
    return labelled(line.name, " ".join(line.notes)) if line.notes else line.name


def _trip(page: Page) -> Iterator[tuple[str, str]]:
    """The days of the journey in their order, and the ticket."""
    record = page.record
    ticket = record if record and record.ticket_number else None
    days = [
        (
            ticket and ticket.ticket_out_on,
            labelled(_("Journey there"), _as_written(ticket.ticket_route) if ticket else ""),
        ),
        (page.arrives_on, _("First day at the place of the session")),
        (page.starts_on, _("The session opens")),
        (page.leaves_on, _("Last day at the place of the session")),
        (ticket and ticket.ticket_back_on, _("Journey back")),
    ]
    known = sorted(((day, said) for day, said in days if day), key=lambda pair: pair[0])
    yield from ((format_day(day), said) for day, said in known)
    number = f"{_as_written(ticket.ticket_number)} ({ticket.ticket_agency})" if ticket else ""
    if number or page.ticket_is_bought:
        yield _("Ticket"), number or _("Your ticket has not been bought yet.")


def _calls(page: Page) -> Iterator[tuple[str, str]]:
    none = _("no number yet")
    yield labelled(_("Travel officer"), _("In office hours, in Vienna")), _as_written(page.phone_day) or none
    when = _("When a flight was missed or cancelled")
    yield labelled(_("At night and at weekends"), when), _as_written(page.phone_night) or none


def _as_written(number: str | None) -> str:
    """A number or route from left to right, also between words from right to left."""
    return f"{_FROM_THE_LEFT}{number}{_AS_BEFORE}" if number else ""


def _to_bring(page: Page, found: Travelling) -> Iterator[str]:
    yield _("Your passport: bring it to registration.")
    if found.visa_days:
        yield _("Your visa, and the letter of invitation.")
    if page.record and page.record.on_arrival:
        yield _("You are paid in cash on arrival: sign for it with your passport in hand.")
    if page.allowance_is_paid:
        yield _("You book your lodging; it is paid out of the allowance.")
    yield _("Keep your boarding passes.")
