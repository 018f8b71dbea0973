"""The settlements of a session as a list to be taken away: of a strictly confidential request the amounts alone."""

from flask_babel import gettext as _

from tracker.assistance.lifecycle import Marking
from tracker.documents.describing import Cell, Column, Kind
from tracker.documents.lists import Filters, Line, Listed, ListKind
from tracker.events import on_record
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.settling import queries
from tracker.participation.settling.queries import Settling
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.reference.names import state_name
from tracker.rights.actor import REQUEST_READERS, Actor


def _opened(actor: Actor, parts: Filters) -> Session:
    return on_record(lambda: reference.get_session(parts.get("code", "")), actor=actor)


def _settlements(actor: Actor, parts: Filters, limit: int) -> Listed:
    session = reference.get_session(parts.get("code", ""))
    amounts = (_("Estimate"), _("Due"), _("Paid"), _("To pay"), _("Owed back"), _("Back to the pledge"))
    columns = (
        *(Column(_("Delegate"), wide=True), Column(_("State")), Column(_("Request")), Column(_("Stands"))),
        *(Column(label, Kind.AMOUNT, FUND_CURRENCY) for label in amounts),
    )
    found = tuple(_line(one) for one in queries.of_session(session.id, actor)[:limit])
    return Listed(columns, found, titled=session.title(current_language()))


def _line(one: Settling) -> Line:
    strict = one.request.marking == Marking.STRICTLY_CONFIDENTIAL
    return Line((*_who(one, strict), *_amounts(one)), "" if strict else one.request.marking)


def _who(one: Settling, strict: bool) -> tuple[Cell, ...]:
    if strict:
        return _("strictly confidential"), "", "", ""
    name = one.name if one.described else _("Seat %(number)s", number=one.seat.number)
    state = state_name(one.iso3, current_language()) if one.described and one.iso3 else ""
    return name, state, one.request.reference or "", _(SEAT_LABELS[SeatStatus(one.seat.status)])


def _amounts(one: Settling) -> tuple[Cell, ...]:
    known = one.settlement is not None
    return (
        *(one.total("estimate_minor"), one.total("due_minor") if known else None, one.total("paid_minor")),
        *(one.total("to_pay_minor"), one.total("owed_minor"), one.back_minor if known else None),
    )


EXPORTED = (
    ListKind(
        "settlements",
        lazy("Settlements"),
        "participation.settlements",
        REQUEST_READERS,
        _settlements,
        opens=_opened,
        filters=("code",),
    ),
)
