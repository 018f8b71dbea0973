"""The journeys to a session as a list that can be taken away as a file; sealed papers are none of it."""

from flask_babel import gettext as _

from tracker.documents.describing import Cell, Column, Kind
from tracker.documents.lists import Filters, Line, Listed, ListKind
from tracker.events import on_record
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.travel import queries
from tracker.participation.travel.filtering import FILTERS, is_meant
from tracker.participation.travel.lifecycle import LACK_LABELS
from tracker.participation.travel.queries import Travelling
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.reference.names import state_name
from tracker.rights.actor import TRAVEL_READERS, Actor


def _opened(actor: Actor, parts: Filters) -> Session:
    return on_record(lambda: reference.get_session(parts.get("code", "")), actor=actor)


def _journeys(actor: Actor, parts: Filters, limit: int) -> Listed:
    session = reference.get_session(parts.get("code", ""))
    shown = parts.get("show", "") if parts.get("show", "") in FILTERS else ""
    sought = parts.get("q", "").strip()
    rows = [one for one in queries.of_session(session, actor) if FILTERS[shown][1](one) and is_meant(one, sought)]
    words = [_(FILTERS[shown][0])] if shown else []
    words += [_("Search: %(words)s", words=sought)] if sought else []
    found = tuple(Line(_journey(one), one.request.marking) for one in rows[:limit])
    return Listed(_columns(), found, tuple(words), session.title(current_language()))


def _columns() -> tuple[Column, ...]:
    return (
        *(Column(_("Person"), wide=True), Column(_("State")), Column(_("Seat")), Column(_("Missing"), wide=True)),
        *(Column(_("Papers"), Kind.DAY), Column(_("Visa since"), Kind.DAY)),
        *(Column(_("Quotation"), Kind.AMOUNT, FUND_CURRENCY), Column(_("Quotation until"), Kind.DAY)),
        *(Column(_("Ticket")), Column(_("Leaves on"), Kind.DAY), Column(_("Payee number"))),
        *(Column(label, Kind.AMOUNT, FUND_CURRENCY) for label in (_("Allowance paid"), _("Terminals paid"))),
    )


def _journey(one: Travelling) -> tuple[Cell, ...]:
    record, known = one.record, one.record if one.described else None
    payee = "" if record is None else _("on arrival") if record.on_arrival else record.payee_number or ""
    return (
        *(one.name, state_name(one.iso3, current_language()) if one.iso3 else "", _(SEAT_LABELS[one.status])),
        ", ".join(_(LACK_LABELS[due.what]) for due in one.missing),
        *((known.papers_on, known.visa_on, known.quoted_minor, known.quoted_until) if known else (None,) * 4),
        *((known.ticket_number or "", known.ticket_out_on) if known else ("", None)),
        *(payee, one.money.paid("allowance"), one.money.paid("terminals")),
    )


EXPORTED = (
    ListKind(
        "journeys",
        lazy("Who travels"),
        "participation.travel_desk",
        TRAVEL_READERS,
        _journeys,
        opens=_opened,
        filters=("code", "show", "q"),
    ),
)
