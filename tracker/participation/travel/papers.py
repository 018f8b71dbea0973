"""The papers of a journey, described once: the authorisation that a manager signs, the letter for the visa."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.documents import Column, Document, Facts, Heading, Kind, Paragraph, Signature, Table
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day, format_days
from tracker.money import FUND_CURRENCY
from tracker.participation.advances.lifecycle import Allowance
from tracker.participation.advances.presenting import parts_in_brief
from tracker.participation.lifecycle import PAYER_LABELS
from tracker.participation.models import Delegate
from tracker.participation.travel.lifecycle import Lack
from tracker.participation.travel.queries import Travelling
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.reference.models import Session
from tracker.reference.names import state_name


def authorisation(rows: Sequence[Travelling], session: Session, *, notice: str) -> Document:
    """Who travels when and from where, and line by line what is approved for it by which pledge."""
    blocks = [block for one in rows for block in (Heading(one.person.name), Facts(_who(one, session)), _lines(one))]
    total = sum(line.money.approved_minor for one in rows for line in one.money.lines)
    whole = Table(
        _("All journeys"),
        (Column(_("People"), Kind.NUMBER), Column(_("Approved"), Kind.AMOUNT, currency=FUND_CURRENCY)),
        ((len(rows), total),),
    )
    asked = _("The journeys below are authorised, at most for the sums that are approved for them.")
    signed = Signature((_("Programme manager"), _("Place and date")))
    return Document(
        title=_("Travel authorisation"),
        subtitle=_session_words(session),
        blocks=(Paragraph(asked), *blocks, whole, signed),
        issued_on=today(),
        number=session.code,
        notice=notice,
    )


def invitation(one: Travelling, session: Session, *, notice: str) -> Document:
    """That somebody is invited to a session, when and where, and who pays what; to be shown where a visa is asked."""
    said = {"name": one.person.name, "state": _state(one), "session": session.title(current_language())}
    who_pays = Table(
        _("Who pays"),
        (Column(_("Line"), wide=True), Column(_("Paid by"))),
        tuple((str(LINE_LABELS[kind]), payer) for kind, payer in _payers(one).items()),
    )
    return Document(
        title=_("Letter of invitation"),
        subtitle=_session_words(session),
        blocks=(
            Paragraph(_("To the authority that issues the visa")),
            Paragraph(_("%(name)s, nominated by %(state)s, is invited to take part in: %(session)s.", **said)),
            Facts(_who(one, session)),
            who_pays,
            Paragraph(_("We ask you to give this person every help with a visa in time for the session.")),
            Signature((_("For UNODC"), _("Place and date"))),
        ),
        issued_on=today(),
        number=f"{one.request.reference} / {one.seat.number}",
        notice=notice,
    )


def pay_list(
    rows: Sequence[Travelling], session: Session, day: date, allowances: Mapping[int, Allowance], *, notice: str
) -> Document:
    """Who gets how much in cash on a day, from which advance, with a place to sign for it."""
    columns = (
        Column(_("Name"), wide=True),
        Column(_("State")),
        Column(_("Advance")),
        Column(_("Allowance")),
        Column(_("To be paid"), Kind.AMOUNT, currency=FUND_CURRENCY),
        Column(_("Signature"), wide=True),
    )
    parts = {seat_id: parts_in_brief(allowance) for seat_id, allowance in allowances.items()}
    listed = tuple(
        (
            *(
                f"{one.person.name} *" if one.lacks(Lack.CONDITIONS) else one.person.name,
                _state(one),
                (one.record and one.record.advance) or "",
            ),
            *(parts.get(one.seat.id, ""), one.due_minor, ""),
        )
        for one in rows
    )
    total = (_("Sum"), "", "", "", sum(one.due_minor for one in rows), "")
    unread = _("* has not accepted the conditions: have them accepted or signed before you pay.")
    marked = [Paragraph(unread)] if any(one.lacks(Lack.CONDITIONS) for one in rows) else []
    return Document(
        title=_("Pay list of %(day)s", day=format_day(day)),
        subtitle=_session_words(session),
        blocks=(
            Paragraph(_("Whoever signs has received the sum in cash. Who did not come is not paid.")),
            *marked,
            Table("", columns, listed, total=total),
            Signature((_("Paid out by"), _("Place and date"))),
        ),
        issued_on=today(),
        number=session.code,
        notice=notice,
    )


def _session_words(session: Session) -> str:
    language = current_language()
    days = format_days(session.starts_on, session.ends_on) if session.starts_on else ""
    return ", ".join(part for part in (session.title(language), session.place(language) or "", days) if part)


def _who(one: Travelling, session: Session) -> tuple[tuple[str, str], ...]:
    person, language = one.person, current_language()
    pairs = [
        (_("State"), _state(one)),
        (_("Function"), person.function),
        (_("Institution"), person.office),
        (_("Nationality"), state_name(person.nationality_iso3, language) if person.nationality_iso3 else ""),
        (_("Itinerary"), itinerary(one, session)),
        (_("At the place of the session"), _days(person)),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _days(person: Delegate) -> str:
    return format_days(person.arrives_on, person.leaves_on) if person.arrives_on and person.leaves_on else ""


def itinerary(one: Travelling, session: Session) -> str:
    """The route of the ticket; before there is one from where one leaves to where the session is."""
    if one.record is not None and one.record.ticket_route is not None:
        return one.record.ticket_route
    home = one.person.departure_iata or one.person.departure_airport
    there = session.airport_iata or session.place(current_language()) or ""
    return "–".join((home, there, home)) if home and there else home or there


def _state(one: Travelling) -> str:
    return state_name(one.iso3, current_language()) if one.iso3 else ""


def _lines(one: Travelling) -> Table:
    rows = [
        (str(LINE_LABELS[line.money.kind]), line.pledge, line.money.approved_minor)
        for line in one.money.lines
        if line.allocation is not None
    ]
    amount = Column(_("Approved"), Kind.AMOUNT, currency=FUND_CURRENCY)
    columns = (Column(_("Line"), wide=True), Column(_("Pledge")), amount)
    return Table("", columns, tuple(rows), total=(_("Sum"), "", sum(row[2] for row in rows)))


def _payers(one: Travelling) -> dict[str, str]:
    """Who pays each line, in the order of the lines; this fund stands as the office."""
    payers = {line.money.kind: line.payer for line in one.money.lines}
    return {
        kind: _("UNODC") if payer == "fund" else _(PAYER_LABELS[payer])
        for kind, payer in payers.items()
        if kind in LINE_LABELS and kind != "contingency"
    }
